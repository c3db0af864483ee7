// Deploying to machines of one's own: Kamal, Dokku, Capistrano and their kin.
import type { Profile } from "../../profile.ts";
import { judgeSubcommands } from "../_subcommands.ts";
import { insideApp } from "./_inside-app.ts";

export const profile: Profile = {
  names: ["kamal", "mrsk", "dokku", "cap", "clever", "upsun", "platform", "modal", "replit", "caprover"],
  summary: "deploys to machines of one's own",
  judge: judgeSubcommands({
    colons: true,
    options:
      "d,destination= c,config-file= h,hosts= r,roles= p,primary= P,skip-push version= q,quiet v,verbose e,environment= app= remote= force yes y project= A,app= s,service= n lines=",
    means: {
      read: "config, details, audit, app logs|details|images|containers|version|stale_containers, proxy logs|details, accessory logs|details, lock status, docs, init, help, version, logs, status, apps list|report, ps report|inspect, domains report, config show, certs report, activity, curl, T",
      secret: "secrets print|fetch|extract, config get|export, variable get",
      apply:
        "deploy, redeploy, setup, upgrade, app boot|start|live, build *, server *, registry *, proxy *, traefik *, accessory *, env push, lock *, volume, activate, serve, run-function",
      destroy:
        "remove, rollback, app stop|remove, prune *, accessory remove|stop, proxy remove|stop, lock release, apps destroy, certs remove, environment delete, ps stop, app maintenance",
      admin: "login, logout, ssh-keys *, token *, profile *",
    },
    special: {
      "app exec": insideApp,
      "accessory exec": insideApp,
      "run|enter|exec|ssh": insideApp,
      "server exec": insideApp,
    },
    otherwise: "verbs",
  }),
  matches: [
    { line: "kamal deploy", decision: "ask", effect: "infra.apply" },
    { line: "kamal remove -y", decision: "ask", effect: "infra.destroy" },
    { line: "kamal app exec 'rm -rf /rails'", decision: "ask", effect: "infra.destroy" },
    { line: "dokku apps:destroy web", decision: "ask", effect: "infra.destroy" },
    { line: "cap production deploy", decision: "ask", effect: "infra.apply" },
  ],
  spares: ["kamal app logs", "kamal details", "dokku apps:list"],
};
