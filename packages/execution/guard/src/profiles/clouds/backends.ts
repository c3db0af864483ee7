// Backends as a platform: databases, functions and hosting that a project deploys to.
import { literal } from "../../arg.ts";
import type { Profile } from "../../profile.ts";
import { judgeSubcommands, sensed, type Special } from "../_subcommands.ts";
import { onThisMachine } from "./_inside-app.ts";

/** A reset: of the project's own local database, or of the one it is linked to. */
const reset: Special = ({ on, tail, name }) =>
  sensed(on, tail.some(({ text }) => /^--(?:linked|db-url)/.test(text)) ? "destroy" : "database", name);

const sql: Special = ({ on, rest, name }) => {
  const text = rest[1] ?? rest[0];
  return text === undefined || rest.length < 2
    ? sensed(on, "remote", name)
    : on.run([literal("psql"), literal("-c"), text], { elsewhere: true });
};

export const profile: Profile = {
  names: ["firebase", "supabase", "pscale", "neonctl", "neon", "turso", "appwrite", "convex", "xata", "eb"],
  summary: "works on a backend platform",
  judge: judgeSubcommands({
    colons: true,
    options:
      "P,project= j,json token= account= non-interactive interactive i debug c,config,command= only= except= m,message= f,format,force,file= org= database= api-token= service-token= service-token-id= no-color output,o= workdir= project-ref= project-id= api-key= context-file= branch= " +
      "db-url= linked local dns-resolver= experimental create-ticket network-id= yes y r,region= p,platform= e,environment= profile= v,verbose,version timeout= n",
    means: {
      read:
        "projects list, apps list|sdkconfig, functions list|log|serve|new|download, hosting channel list, hosting sites list|get, firestore indexes, firestore databases list|get, remoteconfig get, remoteconfig versions list, experiments *, target, ext list|info, ext dev list, database instances list, database get, open, serve, emulators start|export, help, " +
        "setup *, appdistribution testers list, apphosting backends list|get, dataconnect sdk generate, login list, crashlytics *, init, " +
        "start, stop, status, services, link, unlink, db diff|lint, db start, migration list|new, gen *, inspect *, branches list|get, storage ls, test *, orgs list, snippets list, network-bans get, postgres-config get, ssl-enforcement get, network-restrictions get, domains get, sso list|show|info, completion, " +
        "branch list|show|schema|diff, deploy-request list|show|diff, database list|show, audit-log list, region list, size list, org list|show, auth check, me, operations list, databases list, roles list, branches schema-diff, projects get, " +
        "db list|show, group list|show, plan show, org members list, dev, logs, codegen, dashboard, health, events, platform list|show, local *, config list",
      secret:
        "login ci, auth export, functions config get, functions secrets access|get, projects api-keys, password create|reset, service-token create, connection-string, cs, env get|list, printenv, db tokens create, group tokens create, auth token, roles reset-password, auth api-tokens mint, encryption get-root-key",
      database: "db push, db remote *, migration up|squash|repair|down|fetch, db pull, seed *, db inspect, import",
      destroy:
        "hosting disable, database remove, firestore delete, functions delete, terminate, abort, db destroy, branch demote, deploy-request close|revert|cancel, ext uninstall, db wakeup, auth logout-all, restore",
      apply:
        "deploy, use, functions config set|unset|clone, functions secrets set|prune, functions shell, database set|push|update|profile|settings|import, auth import, hosting channel *, hosting clone, remoteconfig rollback, ext install|update|configure|export, apps create, target *, db dump, connect, branches switch, deploy-request *, backup *, data-imports *, set-context, create, clone, upgrade, scale, setenv, swap, config, run, push, pull, codesource *, tags *, appdistribution *, apphosting *, dataconnect *, branch promote|safe-migrations *, database dump|restore-dump, db create|replicate|update|import, env set",
      admin:
        "login, logout, login add|use, auth login|logout|signup, service-token *, password *, orgs *, org *, api-keys *, sso *, network-restrictions *, ip-allow *, appcheck *, vpc *",
      remote: "ssh, ssh *",
      url: "ext dev *",
    },
    special: { "emulators exec": onThisMachine, "db reset": reset, "db shell": sql, shell: sql, "database shell": sql },
    otherwise: "verbs",
    trial: ["dry-run"],
  }),
  matches: [
    { line: "firebase firestore:delete --all-collections -f", decision: "ask", effect: "infra.destroy" },
    { line: "firebase deploy --only hosting", decision: "ask", effect: "infra.apply" },
    { line: "firebase emulators:exec 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "supabase db reset --linked", decision: "ask", effect: "infra.destroy" },
    { line: "supabase projects delete x", decision: "ask", effect: "infra.destroy" },
    { line: "pscale branch delete app dev", decision: "ask", effect: "infra.destroy" },
    { line: "eb terminate prod --force", decision: "ask", effect: "infra.destroy" },
  ],
  spares: [
    "firebase emulators:start",
    "firebase projects:list",
    "supabase status",
    "pscale branch list app",
    "eb status",
  ],
};
