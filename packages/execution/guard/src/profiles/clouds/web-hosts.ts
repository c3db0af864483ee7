// Hosts of web projects: a build here is free, a deployment is asked.
import type { Profile } from "../../profile.ts";
import { judgeSubcommands, sensed, type Special } from "../_subcommands.ts";
import { onThisMachine } from "./_inside-app.ts";

/** `vercel`, `vercel ./dist`: a deployment. */
const deploys: Special = ({ on, call, name }) =>
  sensed(on, /^(?:vercel|vc|now|surge)$/.test(call.name) ? "apply" : "read", name);

export const profile: Profile = {
  names: [
    "vercel",
    "vc",
    "now",
    "netlify",
    "ntl",
    "railway",
    "render",
    "surge",
    "koyeb",
    "northflank",
    "porter",
    "qovery",
    "deployctl",
    "shuttle",
    "nhost",
  ],
  summary: "deploys web projects",
  judge: judgeSubcommands({
    colons: true,
    bare: deploys,
    options:
      "t,token,type= S,scope= Q,global-config= A,local-config= s,site,service= e,environment,env= a,auth,app= d,dir,debug,deployment= m,message,meta= p,project,prod= o,output,open,offline= f,filter,force= context= alias= cwd= yes y json verbose no-color v,version prod prebuilt",
    means: {
      read:
        "ls, list, inspect, logs, log, whoami, help, dev, develop, build, status, open, docs, link, unlink, env ls, env list-names, domains ls|inspect, dns ls, certs ls, teams ls, teams list, project ls|inspect, projects ls, alias ls, target ls, integration list, telemetry *, " +
        "sites list|search, functions list|serve|build|create, completion, serve, watch, recipes, lm info, status hooks, blobs list, logs *, starship, environment list, service list, bisect, httpstat, metrics, completions, types, upgrade, check",
      secret: "env pull|get|list, pull, variables, variable list, vars, blobs get, curl",
      admin: "login, logout, switch, teams *, team *, env *, secrets *",
      destroy:
        "env rm|remove|unset, secrets rm|remove, down, sites delete, domains rm, alias rm, dns rm, certs rm, project rm, projects rm, rolling-release *, blobs delete, teardown, volume delete",
      apply:
        "up, add, deploy, redeploy, promote, alias, alias set, dns *, domains *, certs *, link-site, init, api, functions invoke, blobs set, lm *, hooks *, clone, environment, volume *, domain, scale, integration *, install, target *, git connect, database *, project *, projects *, microfrontends *",
      remote: "ssh, connect, shell, psql, redis-cli, exec, forward, port-forward",
    },
    special: {
      run: onThisMachine,
      "dev exec": onThisMachine,
      "env exec": onThisMachine,
      api: ({ on, rest, name }) =>
        sensed(
          on,
          /^(?:get|list)/i.test(rest[0]?.text ?? "") || rest.length === 0
            ? "read"
            : /delete|cancel|remove/i.test(rest[0]?.text ?? "")
              ? "destroy"
              : "apply",
          name,
        ),
    },
    otherwise: "verbs",
  }),
  matches: [
    { line: "vercel --prod --yes", decision: "ask", effect: "infra.apply" },
    { line: "vercel rm web --yes", decision: "ask", effect: "infra.destroy" },
    { line: "vercel env pull", decision: "ask", effect: "exfil.secret-read" },
    { line: "netlify deploy --prod --dir dist", decision: "ask", effect: "infra.apply" },
    { line: "netlify sites:delete 1", decision: "ask", effect: "infra.destroy" },
    { line: "railway down", decision: "ask", effect: "infra.destroy" },
    { line: "railway run sudo id", decision: "deny", effect: "privilege.elevate" },
  ],
  spares: ["vercel ls", "vercel build", "netlify dev", "netlify status", "railway status"],
};
