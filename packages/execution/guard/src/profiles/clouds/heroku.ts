// Heroku and platforms with the same command line.
import { literal } from "../../arg.ts";
import type { Profile } from "../../profile.ts";
import { judgeSubcommands, sensed, type Special } from "../_subcommands.ts";
import { insideApp } from "./_inside-app.ts";

const sql: Special = ({ on, options, name }) => {
  const text = options.value("command");
  return text === undefined
    ? sensed(on, "remote", name)
    : on.run([literal("psql"), literal("-c"), text], { elsewhere: true });
};

export const profile: Profile = {
  names: ["heroku", "scalingo", "gigalixir"],
  summary: "runs apps on a platform",
  judge: judgeSubcommands({
    colons: true,
    options:
      "a,app= r,remote= t,team= s,space,source,shell= o,org= p,pipeline,process= d,dyno= c,command,confirm= n,num= e,expires-in= i,index= json v,version tail confirm= force f region= stack= buildpack= addon= wait type= region= ssh-git prompt credential=",
    means: {
      read:
        "apps, info, status, logs, log, addons, domains, pipelines, regions, stack, features, labs, teams, members, spaces, drains, certs, access, buildpacks, webhooks, reviewapps, notifications, releases, releases info|output, authorizations, clients, keys, sessions, maintenance, ps, " +
        "pg, pg info|ps|locks|outliers|bloat|diagnose|backups|wait|long-running-queries|index-usage|table-size|vacuum-stats|blocking|cache-hit, redis, redis info, addons plans|services|docs|open, auth whoami, ci, builds, update, autocomplete, plugins, help, commands, config names, " +
        "open, features info, orgs, local, local version, data *-list, pg links|settings, which, collaborators, deployments, container",
      secret:
        "config, config get, pg credentials|credentials url, redis credentials, auth token, authorizations create|info, addons info-secret, env, pg connection-info",
      admin:
        "auth, auth login|logout|2fa, login, logout, 2fa, access *, keys *, authorizations *, clients *, members *, teams *, orgs *, git remote, collaborators-add",
      destroy:
        "pg reset|unfollow|promote|kill|killall|copy|pull|push|upgrade, pg credentials destroy|rotate|repair-default, pg backups delete|restore|cancel|unschedule, ps stop|kill|restart, releases rollback, maintenance on, redis maintenance|promote, labs disable, features disable, dyno stop|kill, drains remove",
      apply:
        "pg backups capture|schedule|download|url, container push|release, addons create|attach|upgrade, maintenance off, ps scale|type|resize|autoscale, git clone, rake, update-stack, deploy, redis timeout|maxmemory, certs auto, pg *",
      remote:
        "redis cli, ps exec|socks|copy|forward, pg *-shell, mongo-console, pgsql-console, mysql-console, redis-console, db-tunnel, one-off",
      url: "plugins *",
    },
    special: { "run|console|ssh": insideApp, "run detached|inside": insideApp, "pg psql": sql, psql: sql },
    otherwise: "verbs",
  }),
  matches: [
    { line: "heroku apps:destroy -a web --confirm web", decision: "ask", effect: "infra.destroy" },
    { line: "heroku pg:reset DATABASE", decision: "ask", effect: "infra.destroy" },
    { line: "heroku config -a web", decision: "ask", effect: "exfil.secret-read" },
    { line: "heroku run -a web 'rm -rf /app'", decision: "ask", effect: "infra.destroy" },
    { line: "heroku ps:scale web=0", decision: "ask", effect: "infra.apply" },
    { line: "heroku plugins:install x", decision: "ask", effect: "remote-exec.run-url" },
  ],
  spares: [
    "heroku logs --tail -a web",
    "heroku apps",
    "heroku pg:info -a web",
    "heroku releases:info v1",
    "heroku ps -a web",
  ],
};
