// InfluxDB's client: statements in its first version, subcommands in its second.
import type { Profile } from "../../profile.ts";
import { judgeSubcommands, type Special } from "../_subcommands.ts";
import { judgeSql, judgeSqlFile, judgeSqlStream } from "./_statements.ts";

const statements: Special = ({ on, options, call }) => {
  const { name } = call;
  const texts = options.values("execute");
  const files = options.has("import") ? options.values("path") : [];
  return on.join(
    on.fine(),
    ...texts.map((text) => judgeSql(on, { name, text })),
    ...files.map((path) => judgeSqlFile(on, { name, text: path })),
    ...(texts.length === 0 ? [judgeSqlStream(on, name, call.stdin)] : []),
  );
};

export const profile: Profile = {
  names: ["influx", "influx3"],
  summary: "works on a time series database",
  judge: judgeSubcommands({
    single: true,
    bare: statements,
    options:
      "execute= host= port= database= username= password= precision= format= ssl unsafeSsl import path= compressed type= socket= http-debug trace-debug-id= skip-verify o,org= org-id= t,token= c,active-config= configs-path= b,bucket= bucket-id= n,name= i,id= f,file= start= stop= p,predicate= r,retention= json hide-headers version",
    means: {
      read: "ping, query, q, v1 shell, bucket list, org list|members list, user list, auth list, task list|log list|run list, dashboards, telegrafs, config, config list, version, help, bucket-schema list, remote list, replication list, secret list, stacks, template validate, export",
      apply:
        "write, bucket create|update, org create|update, task create|update|retry*|run retry, setup, apply, backup, bucket-schema *, remote *, replication *, telegrafs *, pkg *, scripts *, v1 dbrp create",
      destroy: "delete, restore, stacks rm|remove",
      admin: "user *, auth *, config *, org members *, secret *, v1 auth *, create token",
    },
    otherwise: "verbs",
  }),
  matches: [
    { line: "influx -execute 'DROP DATABASE app'", decision: "ask", effect: "infra.database" },
    {
      line: "influx delete --bucket app --start 1970-01-01 --stop 2030-01-01",
      decision: "ask",
      effect: "infra.destroy",
    },
    { line: "influx bucket delete -n app", decision: "ask", effect: "infra.destroy" },
  ],
  spares: ["influx -execute 'show databases'", "influx bucket list", "influx ping"],
};
