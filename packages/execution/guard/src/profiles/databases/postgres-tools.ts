// PostgreSQL's other programs: dumps are free, what drops or overwrites a database is asked.
import { grammar, type Options, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";

const options = grammar(
  "a,data-only b,blobs,large-objects B,no-blobs c,clean C,create d,dbname= D,pgdata= e,echo,extension= E,encoding= f,file= F,format= g,globals-only h,host= i,initialize,interactive I,index= j,jobs= k l,log,list= L,use-list= m,mode= " +
    "n,schema= N,exclude-schema= o,options= O,no-owner p,port= q,quiet R,write-recovery-conf s,schema-only,single-user S,superuser= t,table= T,exclude-table= U,username= v,verbose V,version w,no-password W,password x,no-privileges " +
    "X,wal-method= z,gzip Z,compress= 1,single-transaction if-exists no-acl exclude-table-data= section= disable-triggers column-inserts inserts rows-per-insert= snapshot= lock-wait-timeout= no-sync help=? " +
    "full analyze force maintenance-db= template= owner= locale= role= pwprompt target-pgdata= source-server= source-pgdata= lc-collate= lc-ctype= strict-names transaction-size= exit-on-error no-comments no-data-for-failed-tables no-publications no-security-labels no-subscriptions no-tablespaces use-set-session-authorization",
);

const reads: ReadonlySet<string> = new Set(
  "pg_dump pg_dumpall pg_controldata pg_waldump pg_amcheck pg_verifybackup pg_checksums pg_test_fsync pg_test_timing pg_basebackup pg_recvlogical pg_receivewal createdb vacuumdb reindexdb clusterdb pg_top pg_activity pgbadger pg_lsclusters".split(
    " ",
  ),
);

/** What a call of one of these loses. */
function loses({ name, args }: Call, read: Options): string | null {
  if (name === "dropdb") return "drop a database";
  if (name === "pg_restore") return read.has("clean", "create") ? "drop what a database holds and restore it" : null;
  if (name === "pgbench") return read.has("initialize") ? "make the tables of a benchmark anew" : null;
  if (
    /^(?:pg_resetwal|pg_rewind|pg_upgrade|pg_archivecleanup|pg_dropcluster|pg_combinebackup|pg_repack|pg_createsubscriber)$/.test(
      name,
    )
  )
    return `change the files of a database by \`${name}\``;
  void args;
  return null;
}

export const profile: Profile = {
  names: [
    ...reads,
    ..."dropdb dropuser createuser pg_restore pgbench pg_resetwal pg_rewind pg_upgrade pg_archivecleanup pg_dropcluster pg_createcluster pg_ctl pg_ctlcluster initdb pg_combinebackup pg_repack pg_createsubscriber".split(
      " ",
    ),
  ],
  summary: "dumps, restores, makes and drops databases",
  judge: (call: Call, on: Evaluation): Outcome => {
    const read = readOptions(call.args, options);
    if (read.has("help", "version") && read.unknown.length === 0) return on.fine();
    const written =
      call.name === "pg_basebackup" || call.name === "initdb" || /^pg_rec/.test(call.name)
        ? read.values("pgdata")
        : read.values("file");
    const lost = loses(call, read);
    const users = call.name === "createuser" || call.name === "dropuser";
    const server = /^pg_ctl/.test(call.name) && !call.args.some(({ text }) => text === "status");
    return on.join(
      on.fine(),
      ...written.filter(({ text }) => text !== "-").map((path) => on.write(path, "overwrite")),
      ...(lost === null ? [] : [on.effect("infra.database", lost)]),
      ...(users ? [on.effect("infra.admin", `change the users of a database by \`${call.name}\``)] : []),
      ...(server ? [on.effect("system.service", "start or stop a database server")] : []),
    );
  },
  matches: [
    { line: "dropdb app", decision: "ask", effect: "infra.database" },
    { line: "dropuser app", decision: "ask", effect: "infra.admin" },
    { line: "pg_restore --clean -d app app.dump", decision: "ask", effect: "infra.database" },
    { line: "pg_ctl stop -D data", decision: "ask", effect: "system.service" },
    { line: "pg_dump app -f /etc/app.sql", decision: "deny", effect: "system.write" },
    { line: "pg_resetwal -f data", decision: "ask", effect: "infra.database" },
  ],
  spares: [
    "pg_dump app > app.sql",
    "pg_dump -Fc app -f app.dump",
    "pg_restore -l app.dump",
    "createdb app_test",
    "pg_ctl status -D data",
  ],
};
