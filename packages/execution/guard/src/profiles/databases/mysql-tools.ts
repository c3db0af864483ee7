// MySQL's and MariaDB's other programs.
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { judgeSubcommands } from "../_subcommands.ts";

const common =
  "h,host= u,user= p password=? P,port= S,socket= defaults-file= defaults-extra-file= login-path= ssl-mode= protocol= default-character-set= f,force v,verbose V,version w,wait=? i,sleep= c,count= r,relative s,silent E,vertical t,connect-timeout=";
const dumpOptions = grammar(
  `${common} T,tab= result-file= R,routines B,databases A,all-databases d,no-data D,delete L,local ignore replace fields-terminated-by= where= ignore-table= single-transaction help`,
);

const admin = judgeSubcommands({
  options: common,
  means: {
    read: "ping, status, extended-status, version, variables, processlist, proc, flush-status, help",
    database: "drop, create-drop, shutdown, kill",
    admin: "password, old-password, reload, flush-privileges",
    apply:
      "create, refresh, flush-hosts, flush-logs, flush-tables, flush-threads, start-slave, stop-slave, start-replica, stop-replica, debug, start-all-slaves, stop-all-slaves",
  },
});

// `mysqladmin -f drop app status`: several commands in one call; the one that loses most counts.
function administer(call: Call, on: Evaluation): Outcome {
  const { operands } = readOptions(call.args, grammar(common));
  const drops = operands.some(({ text }) => /^(?:drop|shutdown|kill)$/.test(text));
  return drops
    ? on.effect(
        "infra.database",
        `run \`${call.name} ${operands
          .map(({ text }) => text)
          .join(" ")
          .slice(0, 80)}\``,
      )
    : admin(call, on);
}

const withoutPassword = (call: Call): Call => ({
  ...call,
  args: call.args.map((arg) => (/^-p./.test(arg.text) ? { ...arg, text: "-p" } : arg)),
});

export const profile: Profile = {
  names:
    "mysqladmin mariadb-admin mysqldump mariadb-dump mysqlpump mysqlimport mariadb-import mysqlcheck mariadb-check mysqlshow mariadb-show mysqlslap mysqlbinlog mariadb-binlog mysqldumpslow mysql_config mysql_config_editor mysql_secure_installation mysql_upgrade mysql_install_db mydumper myloader mariabackup xtrabackup".split(
      " ",
    ),
  summary: "dumps, restores and administers databases",
  judge: (given: Call, on: Evaluation): Outcome => {
    const call = withoutPassword(given);
    if (/admin$/.test(call.name)) return administer(call, on);
    const read = readOptions(call.args, dumpOptions);
    const written = call.args.flatMap((arg, at) =>
      /^(?:-r|-o|--outputdir|--target-dir|--backup-dir)$/.test(arg.text) ? call.args.slice(at + 1, at + 2) : [],
    );
    const outcomes = [...read.values("result-file"), ...read.values("tab"), ...written].map((path) =>
      on.write(path, "overwrite"),
    );
    const loses =
      (/import$/.test(call.name) && read.has("delete")) ||
      /^(?:myloader|mysql_upgrade|mysqlslap)$/.test(call.name) ||
      call.args.some(({ text }) =>
        /^--(?:copy-back|move-back|overwrite-tables|force-non-empty-directories)$/.test(text),
      );
    const changes = /_(?:secure_installation|install_db|config_editor)$/.test(call.name);
    return on.join(
      on.fine(),
      ...outcomes,
      ...(loses ? [on.effect("infra.database", `overwrite tables by \`${call.name}\``)] : []),
      ...(changes ? [on.effect("infra.admin", `run \`${call.name}\``)] : []),
    );
  },
  matches: [
    { line: "mysqladmin -uroot -psecret drop app -f", decision: "ask", effect: "infra.database" },
    { line: "mysqladmin status shutdown", decision: "ask", effect: "infra.database" },
    { line: "mysqlimport --delete app t.txt", decision: "ask", effect: "infra.database" },
    { line: "mysqldump app -r /etc/app.sql", decision: "deny", effect: "system.write" },
    { line: "mysqladmin $VERB", decision: "ask", effect: "unknown.option" },
  ],
  spares: [
    "mysqldump app > app.sql",
    "mysqldump -uroot -psecret --single-transaction app",
    "mysqladmin ping",
    "mysqlshow app",
    "mysqlcheck app",
  ],
};
