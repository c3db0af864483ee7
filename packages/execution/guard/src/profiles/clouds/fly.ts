// Fly, and Concourse, whose client has the same name.
import type { Profile } from "../../profile.ts";
import { judgeSubcommands } from "../_subcommands.ts";
import { insideApp } from "./_inside-app.ts";

export const profile: Profile = {
  names: ["fly", "flyctl"],
  summary: "runs apps on a platform; builds pipelines",
  judge: judgeSubcommands({
    options:
      "a,app= c,config,command= t,access-token,target= j,json,job= o,org= r,region= i,image= verbose debug p,pipeline,pg= b,build= n,team-name= y,yes v,var= l,load-vars-from= print-table-headers select s,size,step= d dockerfile= build-arg= strategy= ha=? remote-only local-only build-only",
    means: {
      read:
        "status, logs, info, releases, version, help, doctor, platform *, image show, config show|validate|env, checks list, dig, ping, apps, apps releases|open, scale show, history, services list, docs, dashboard, settings *, jobs, curl, agent *, " +
        "targets, workers, pipelines, builds, containers, volumes, teams, get-pipeline, gp, validate-pipeline, vp, format-pipeline, fp, watch, w, userinfo, resources, resource-versions, rvs, checklist, auth whoami, orgs show, proxy, ps, ts, bs, ws, cs, vs, rs, completion, certs show|check, mcp list",
      secret: "auth token, tokens create|attenuate, config env-secrets, ssh issue",
      destroy:
        "dp, ab, machine|machines|m cordon, ips release, dt, prune-worker, land-worker, clear-*, destroy-*, abort-*, pw, lw, pp, scale count",
      apply:
        "launch, sp, tj, e, expose-pipeline, hide-pipeline, check-*, pin-*, up, hp, ep, rp, op, st, rjb, rerun-build, image update, deploy, wireguard *, postgres|pg|mpg import|failover|restart|config, extensions|ext *, secrets import|deploy|sync, scale *, certs add, ips *, redis *, storage *, volumes|volume fork|extend, consul *, mysql *, launch *",
      admin:
        "auth *, login, logout, l, o, orgs *, team *, delete-target, edit-target, ssh log|establish, tokens *, sync",
      publish: "registry *",
      remote:
        "hijack, intercept, i, sftp *, ssh sftp, postgres|pg|mpg connect|attach|proxy, redis connect, mysql connect, console",
    },
    special: { "ssh console": insideApp, "machine|machines|m exec": insideApp, exec: insideApp },
    otherwise: "verbs",
    trial: ["dry-run"],
  }),
  matches: [
    { line: "fly apps destroy web --yes", decision: "ask", effect: "infra.destroy" },
    { line: "flyctl volumes destroy vol_1", decision: "ask", effect: "infra.destroy" },
    { line: "fly deploy --remote-only", decision: "ask", effect: "infra.apply" },
    { line: "fly ssh console -C 'rm -rf /data'", decision: "ask", effect: "infra.destroy" },
    { line: "fly -t ci destroy-pipeline -p web", decision: "ask", effect: "infra.destroy" },
    { line: "fly auth token", decision: "ask", effect: "exfil.secret-read" },
  ],
  spares: ["fly status", "fly logs -a web", "fly secrets list", "fly machine list", "fly -t ci pipelines"],
};
