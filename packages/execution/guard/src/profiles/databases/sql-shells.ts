// Shells of other databases that are given SQL, or something close to it.
import type { Arg, Stream } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { judgeSql, judgeSqlFile, judgeSqlStream } from "./_statements.ts";

/** Where a shell's statements stand: values of options, files, operands. */
interface Shell {
  /** Its options with a value; `text` and `file` are what carries statements. */
  readonly options: string;
  /** Operands are statements as well (`bq query 'SELECT 1'`), after this subcommand if it is named. */
  readonly operands?: string | true;
  /** Operands that begin with this are files (`@script.sql`). */
  readonly files?: RegExp;
  readonly single?: true;
  /** Words of its own language that lose data. */
  readonly loses?: RegExp;
}

const hosts = "h,host= u,user= p,port= d,database= ";

const shells: Readonly<Record<string, Shell>> = {
  sqlcmd: {
    options:
      "Q,q,query,text= i,input-file,file= S,server= U,user-name= P,password= d,database-name= o,output-file,output= s= w= l= t= v= h= y= Y= m= V= r=? a= c= H= K= A C N E b e f= x X W k=? j R I L=? p",
  },
  "mssql-cli": {
    options: "Q,query,text= i,input_file,file= S,server= U,username= P,password= d,database= o,output_file,output= E",
  },
  osql: { options: "Q,q,text= i,file= S= U= P= d= o,output= E" },
  isql: { options: "i,file= o,output= S= U= P= d= x= b v" },
  sqlplus: { options: "S s L l M= R= C= F H V v", files: /^@/, single: true },
  sql: { options: "S s L l M= R= C= F H V name= c,text=", files: /^@/, single: true },
  db2: { options: "f,td,file= z,output= r= l= t v x s", operands: true },
  cqlsh: {
    options:
      "e,execute,text= f,file= u,username= p,password= k,keyspace= C color no-color encoding= cqlversion= protocol-version= connect-timeout= request-timeout= ssl t tty cqlshrc= credentials= debug",
  },
  "clickhouse-client": {
    options:
      "q,query,text= queries-file,file= h,host= port= u,user= password= d,database= f,format= s,secure m,multiline n,multiquery t,time c,config-file= max_threads= external param= stacktrace vertical",
  },
  snowsql: {
    options:
      "q,query,text= f,filename,file= a,accountname= u,username= d,dbname= s,schemaname= r,rolename= w,warehouse= o,option= c,connection= D,variable= P",
  },
  trino: {
    options:
      "execute,text= f,file= server= catalog= schema= user= output-format= source= session= debug password client-tags= access-token=",
  },
  presto: {
    options:
      "execute,text= f,file= server= catalog= schema= user= output-format= source= session= debug password client-tags=",
  },
  beeline: {
    options: "e,text= f,file= u= n= p= d= i= w= r hiveconf= hivevar= outputformat= silent= showHeader= verbose=",
  },
  hive: { options: "e,text= f,i,file= d= hiveconf= hivevar= database= S v" },
  "spark-sql": { options: "e,text= f,i,file= d= hiveconf= hivevar= database= master= conf= name= S v jars= packages=" },
  "impala-shell": { options: "q,query,text= f,query_file,file= i,impalad= d,database= u= k B o,output_file,output=" },
  "cypher-shell": {
    options:
      "f,file= a,u,address= u,username= p,password= d,database= P= format= encryption= fail-fast non-interactive",
    operands: true,
    loses:
      /\b(?:delete|drop|remove|terminate|stop\s+database|alter\s+(?:user|database)|create\s+user|load\s+csv|apoc\.\w+)\b/i,
  },
  crash: { options: "c,command,text= hosts= format= schema= username= sysinfo" },
};

const grammars = new Map<string, ReturnType<typeof grammar>>();

function grammarOf(name: string, { options, single }: Shell): ReturnType<typeof grammar> {
  const known = grammars.get(name) ?? grammar(`${options} help version`, single === true ? { single } : {});
  grammars.set(name, known);
  return known;
}

/** Statements handed to one of these shells. */
export function judgeSqlShell(call: Call, on: Evaluation, shell: Shell): Outcome {
  const { name } = call;
  const read = readOptions(call.args, grammarOf(name, shell));
  if (read.has("help", "version") && read.unknown.length === 0) return on.fine();
  const words = read.operands.filter((word: Arg) => shell.operands === true && /\s|\0/.test(word.text));
  const files = [
    ...read.values("file"),
    ...read.operands.flatMap((word) =>
      shell.files?.test(word.text) === true ? [{ ...word, text: word.text.slice(1), at: null }] : [],
    ),
  ];
  const texts = [...read.values("text"), ...words];
  const stdin = texts.length + files.length === 0 ? [judgeSqlStream(on, name, call.stdin)] : [];
  return on.join(
    on.fine(),
    ...texts.map((text) => judgeSql(on, { name, text })),
    ...(shell.loses !== undefined && loses(texts, call.stdin, shell.loses)
      ? [on.effect("infra.database", `lose data by \`${name}\``)]
      : []),
    ...files.map((path) => judgeSqlFile(on, { name, text: path })),
    ...stdin,
    ...read.values("output").map((path) => on.write(path, "overwrite")),
  );
}

const loses = (texts: readonly Arg[], stdin: Stream, words: RegExp): boolean =>
  texts.some(({ text }) => words.test(text)) || words.test(stdin.text ?? "");

export const profile: Profile = {
  names: Object.keys(shells),
  summary: "runs statements in a database",
  judge: (call, on) => judgeSqlShell(call, on, shells[call.name] ?? { options: hosts }),
  matches: [
    { line: "sqlcmd -S db -Q 'DROP TABLE users'", decision: "ask", effect: "infra.database" },
    { line: "sqlcmd -Q \"EXEC xp_cmdshell 'dir'\"", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "cqlsh -e 'DROP KEYSPACE app'", decision: "ask", effect: "infra.database" },
    { line: "clickhouse-client -q 'TRUNCATE TABLE hits'", decision: "ask", effect: "infra.database" },
    { line: "echo 'DROP TABLE x;' | sqlplus app/app", decision: "ask", effect: "infra.database" },
    { line: "snowsql -f missing.sql", decision: "ask", effect: "infra.database" },
  ],
  spares: ["sqlcmd -S db -Q 'SELECT 1'", "cqlsh -e 'DESCRIBE KEYSPACES'", "clickhouse-client -q 'SELECT 1'"],
};
