// Cloudflare's clients.
import { literal } from "../../arg.ts";
import type { Profile } from "../../profile.ts";
import { judgeSubcommands, sensed, type Special } from "../_subcommands.ts";

const sql: Special = ({ on, options, name }) => {
  const text = options.value("command");
  if (text !== undefined) return on.run([literal("psql"), literal("-c"), text], { elsewhere: true });
  const file = options.value("file");
  return file === undefined ? sensed(on, "database", name) : on.run([literal("psql"), literal("-f"), file]);
};

export const profile: Profile = {
  names: ["wrangler", "wrangler2", "flarectl"],
  summary: "works on an edge network",
  judge: judgeSubcommands({
    colons: true,
    options:
      "c,config= e,env= cwd= env-file= name= namespace-id= binding= preview local remote persist-to= command= file= y,yes json zone= id= type= content= ttl= proxy account= account-id= output= key= path= compatibility-date= v,version experimental-json-config j,experimental-json-config",
    means: {
      read:
        "dev, whoami, tail, types, init, generate, check *, docs, build, deployments list|status, versions list|view, d1 list|info|insights|time-travel info, d1 migrations list|create, kv namespace list, kv key list, r2 bucket list|info, r2 bucket * list|get, queues list|info, pages dev, pages project list, pages deployment list|tail, " +
        "pages functions *, secret list, hyperdrive list|get, vectorize list|get|info|query, workflows list|describe, workflows instances list|describe, ai models, ai finetune list, cert list, mtls-certificate list, telemetry *, " +
        "zone list|info|plan|check, dns list|l, ips, user info, user-agents list, firewall rules list, pagerules list, railgun list, version, help, pipelines list|get, zone|z l|list|i|info, dns l",
      fetch: "kv key get, r2 object get",
      destroy: "d1 time-travel restore, delete, rollback, workflows instances terminate, zone purge, z purge",
      apply:
        "deploy, publish, kv key put, kv bulk *, kv namespace create, r2 object put, d1 create, d1 migrations apply, d1 export, pages deploy|publish, versions upload|deploy|secret, secret put|bulk, triggers deploy, queues *, dispatch-namespace *, hyperdrive *, vectorize *, containers *, cloudchamber *",
      admin: "login, logout, user *, access *",
    },
    special: { "d1 execute": sql },
    otherwise: "verbs",
    trial: ["dry-run"],
  }),
  matches: [
    { line: "wrangler kv:namespace delete --namespace-id 1", decision: "ask", effect: "infra.destroy" },
    { line: "wrangler r2 object delete b/x", decision: "ask", effect: "infra.destroy" },
    { line: "wrangler d1 delete app -y", decision: "ask", effect: "infra.destroy" },
    { line: "wrangler deploy", decision: "ask", effect: "infra.apply" },
    { line: "wrangler secret put TOKEN", decision: "ask", effect: "infra.apply" },
    { line: "flarectl dns delete --zone x --id 1", decision: "ask", effect: "infra.destroy" },
  ],
  spares: [
    "wrangler dev",
    "wrangler whoami",
    "wrangler deploy --dry-run",
    "wrangler kv key list --binding X",
    "flarectl zone list",
  ],
};
