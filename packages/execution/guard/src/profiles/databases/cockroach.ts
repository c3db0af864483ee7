// Databases whose one program is server, shell and administration.
import type { Profile } from "../../profile.ts";
import { judgeSubcommands, type Special } from "../_subcommands.ts";
import { judgeSql, judgeSqlFile, judgeSqlStream } from "./_statements.ts";

const sql: Special = ({ on, options, call, rest }) => {
  const { name } = call;
  const texts = [
    ...options.values("execute"),
    ...options.values("query"),
    ...rest.filter(({ text }) => /\s/.test(text) && !text.includes("://")),
  ];
  const files = [...options.values("file"), ...options.values("queries-file"), ...options.values("filename")];
  const stdin = texts.length + files.length === 0 ? [judgeSqlStream(on, name, call.stdin)] : [];
  return on.join(
    on.fine(),
    ...texts.map((text) => judgeSql(on, { name, text })),
    ...files.map((path) => judgeSqlFile(on, { name, text: path })),
    ...stdin,
  );
};

const query: Special = (here) =>
  here.call.name === "influx" || here.call.name === "influxd" ? here.on.fine() : sql(here);

export const profile: Profile = {
  names: ["cockroach", "clickhouse", "bq", "snow", "surreal", "questdb", "influxd", "tiup", "ysql"],
  summary: "serves and queries a database",
  judge: judgeSubcommands({
    options:
      "e,execute= f,file,filename= q,query= queries-file= url= host= port= u,user= d,database= format= certs-dir= insecure c,config,connection= project_id= dataset_id= location= use_legacy_sql=? nouse_legacy_sql n,max_rows= r,recursive t,table " +
      "headless quiet apilog= service_account= maximum_bytes_billed= destination_table= replace append_table dry_run=? parameter= batch=? role= warehouse= schema= account= ns= db= endpoint= pass= org= token= stdin i self",
    means: {
      read: "ls, show, head, version, info, help, wait, get-iam-policy, node ls|status, demo, debug zip, gen *, doctor, statement-diag list, connection list|test, object list|describe, stage list, warehouse list, app list, is-ready, list, status, start-single-node, config list",
      destroy:
        "rm, cancel, node drain|decommission, quit, object drop, stage remove, app teardown, nodelocal delete, userfile delete, clean, stop, undelete, uninstall, truncate",
      apply:
        "mk, cp, load, insert, update, extract, partition, init, start, workload *, import, nodelocal upload, userfile upload|get, stage copy|create, app run|deploy|create, object create, snowpark *, streamlit *, git *, upgrade, playground, cluster *, server, node recommission, export",
      admin:
        "add-iam-policy-binding, remove-iam-policy-binding, set-iam-policy, auth-session *, cert *, connection add|set-default, convert-url",
    },
    special: { sql, "client|local": sql, "query|shell": query },
    otherwise: "verbs",
    trial: ["dry_run"],
  }),
  matches: [
    { line: "cockroach sql -e 'DROP DATABASE app'", decision: "ask", effect: "infra.database" },
    { line: "clickhouse client --query 'DROP TABLE t'", decision: "ask", effect: "infra.database" },
    { line: "bq query --use_legacy_sql=false 'DELETE FROM d.t'", decision: "ask", effect: "infra.database" },
    { line: "bq rm -r -f dataset", decision: "ask", effect: "infra.destroy" },
    { line: "snow sql -q 'DROP DATABASE app'", decision: "ask", effect: "infra.database" },
  ],
  spares: ["cockroach sql -e 'select 1'", "bq ls", "bq query 'select 1'", "clickhouse local -q 'select 1'"],
};
