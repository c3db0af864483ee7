// PostgreSQL's shell: reading is free, what loses data is asked, what starts programs is refused.
import { type Arg, literal } from "../../arg.ts";
import { grammar, type Options, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { oddWords, partOf, shown } from "../_words.ts";
import { judgeSql, judgeSqlFile, judgeSqlStream } from "./_statements.ts";

const options = grammar(
  "a,echo-all A,no-align b,echo-errors c,command= d,dbname= e,echo-queries E,echo-hidden f,file= F,field-separator= h,host= H,html l,list L,log-file= n,no-readline o,output= p,port= P,pset= q,quiet " +
    "R,record-separator= s,single-step S,single-line t,tuples-only T,table-attr= U,username= v,set,variable= V,version w,no-password W,password x,expanded X,no-psqlrc z,field-separator-zero 0,record-separator-zero " +
    "1,single-transaction csv help=? ?",
);

const client = grammar(
  "u,user= w,password h,host= p,port= d,dbname= D,dsn= list-dsn v,version l,list warn=? no-warn row-limit= less-chatty prompt= prompt-dsn= auto-vertical-output log-file= c,command= f,file= o,out= q t A X C help ssh-tunnel= pgclirc= single-connection no-psqlrc U,username= n,node",
);

export const profile: Profile = {
  names: ["psql", "pgcli", "ysqlsh", "gsql", "usql", "vsql", "psql.exe"],
  summary: "runs statements in a database",
  judge: (call: Call, on: Evaluation): Outcome => {
    const read = readOptions(call.args, /^(?:pgcli|usql)$/.test(call.name) ? client : options);
    const odd = oddWords(on, call.name, [...read.unknown, ...read.uncertain]);
    if (read.has("help", "version", "?") && odd.length === 0) return on.fine();
    return on.join(...odd, ...files(on, read), ...statements(call, on, read), on.fine());
  },
  matches: [
    { line: "psql -c 'DROP DATABASE app'", decision: "ask", effect: "infra.database" },
    { line: 'psql app -c "TRUNCATE orders CASCADE"', decision: "ask", effect: "infra.database" },
    { line: "echo 'DELETE FROM users;' | psql", decision: "ask", effect: "infra.database" },
    { line: "psql app -f missing.sql", decision: "ask", effect: "infra.database" },
    { line: "psql -c '\\! sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "psql -c \"COPY t FROM PROGRAM 'id'\"", decision: "deny", effect: "code-injection.tool-exec" },
    { line: 'psql -c "$SQL"', decision: "ask", effect: "infra.database" },
    { line: "psql -o /etc/x -c 'select 1'", decision: "deny", effect: "system.write" },
  ],
  spares: [
    "psql -c 'select 1'",
    "psql -U app -h localhost app -Atc \"select count(*) from users where name = 'drop'\"",
    "psql -l",
    "echo 'select 1' | psql app",
  ],
};

// `-o FILE` and `-o '|COMMAND'`.
function files(on: Evaluation, read: Options): readonly Outcome[] {
  const outputs = [...read.values("output"), ...read.values("out")].map((path: Arg) =>
    path.text.startsWith("|")
      ? on.join(
          on.effect("code-injection.tool-exec", `pipe what is found into \`${shown(path)}\``),
          on.script(partOf(path, path.text.slice(1))),
        )
      : on.write(path, "overwrite"),
  );
  return [...outputs, ...read.values("log-file").map((path) => on.write(path, "append"))];
}

function statements(call: Call, on: Evaluation, read: Options): readonly Outcome[] {
  const { name } = call;
  const texts = read.values("command").map((text) => judgeSql(on, { name, text }));
  const named = read
    .values("file")
    .map((path) => (path.text === "-" ? judgeSqlStream(on, name, call.stdin) : judgeSqlFile(on, { name, text: path })));
  const prompts = read
    .values("variable")
    .filter(({ text }) => /`/.test(text))
    .map((text) => judgeSql(on, { name, text: literal(`\\! ${text.text}`) }));
  const rest = texts.length + named.length === 0 && !read.has("list") ? [judgeSqlStream(on, name, call.stdin)] : [];
  return [...texts, ...named, ...prompts, ...rest];
}
