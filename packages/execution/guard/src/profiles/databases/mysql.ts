// MySQL's and MariaDB's shell.
import { grammar, type Options, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { oddWords, shown } from "../_words.ts";
import { judgeSql, judgeSqlFile, judgeSqlStream } from "./_statements.ts";

const options = grammar(
  "e,execute= D,database= h,host= u,user= p P,port= S,socket= B,batch N,skip-column-names s,silent t,table v,verbose V,version r,raw f,force A,no-auto-rehash E,vertical H,html X,xml q,quick w,wait C,compress b,no-beep c,comments " +
    "G,named-commands i,ignore-spaces L,skip-line-numbers n,unbuffered o,one-database O,set-variable= T,debug-info U,safe-updates I,help ?,help delimiter= password=? init-command= init-command-add= defaults-file= defaults-extra-file= " +
    "defaults-group-suffix= login-path= no-defaults ssl=? ssl-mode= ssl-ca= ssl-cert= ssl-key= ssl-capath= ssl-cipher= ssl-verify-server-cert=? tls-version= default-character-set= character-sets-dir= pager=? no-pager tee= no-tee protocol= connect-timeout= " +
    "max-allowed-packet= max_allowed_packet= net-buffer-length= select-limit= max-join-size= local-infile=? binary-mode binary-as-hex column-names column-type-info skip-ssl skip-named-commands skip-comments skip-reconnect reconnect sigint-ignore show-warnings syslog " +
    "prompt= plugin-dir= default-auth= get-server-public-key enable-cleartext-plugin compression-algorithms= skip-binary-as-hex auto-rehash auto-vertical-output " +
    // the client with completion
    "list-dsn list-ssh-config dsn= ssh-user= ssh-host= ssh-port= ssh-password= ssh-key-filename= csv myclirc= logfile= audit-log= warn=? no-warn row-limit= charset= format= checkpoint= progress throttle= noninteractive use-keyring= auto-completion= less-chatty",
);

// `-pSECRET` has its value glued on, or none.
const withoutPassword = (call: Call): Call => ({
  ...call,
  args: call.args.map((arg) => (/^-p./.test(arg.text) ? { ...arg, text: "-p" } : arg)),
});

export const profile: Profile = {
  names: ["mysql", "mariadb", "mycli", "mysql.exe", "mysql5", "mysql8"],
  summary: "runs statements in a database",
  judge: (given: Call, on: Evaluation): Outcome => {
    const call = withoutPassword(given);
    const read = readOptions(call.args, options);
    const odd = oddWords(on, call.name, [...read.unknown, ...read.uncertain]);
    if (read.has("help", "version", "list-dsn", "list-ssh-config") && odd.length === 0) return on.fine();
    return on.join(...odd, ...runs(call, on, read), ...statements(call, on, read), on.fine());
  },
  matches: [
    { line: "mysql app < drop_all.sql", decision: "ask", effect: "infra.database" },
    { line: "mysql -uroot -psecret -e 'DROP DATABASE app'", decision: "ask", effect: "infra.database" },
    { line: "mysql -e '/*!50001 DROP TABLE users */'", decision: "ask", effect: "infra.database" },
    { line: "echo 'system sudo id' | mysql", decision: "deny", effect: "privilege.elevate" },
    { line: "mysql --pager='sh -c id' -e 'select 1'", decision: "deny", effect: "code-injection.tool-exec" },
    { line: 'mysql -e "GRANT ALL ON *.* TO x"', decision: "ask", effect: "infra.database" },
  ],
  spares: [
    "mysql -e 'select 1'",
    "mysql -uroot -psecret app -e 'show tables'",
    "mysql --version",
    "echo \"insert into t values ('drop table x')\" | mysql app",
  ],
};

function runs(call: Call, on: Evaluation, read: Options): readonly Outcome[] {
  const { name } = call;
  return [
    ...read
      .values("pager")
      .filter(({ text }) => !/^(?:cat|less|more)(?: -[A-Za-z]+)*$/.test(text))
      .map((text) => on.effect("code-injection.tool-exec", `pipe what is found into \`${shown(text)}\``)),
    ...read.values("tee").map((path) => on.write(path, "append")),
    ...[...read.values("init-command"), ...read.values("init-command-add")].map((text) => judgeSql(on, { name, text })),
    ...read
      .values("plugin-dir")
      .map((text) => on.effect("code-injection.tool-exec", `load plugins from \`${shown(text)}\``)),
  ];
}

function statements(call: Call, on: Evaluation, read: Options): readonly Outcome[] {
  const { name } = call;
  const texts = read.values("execute").map((text) => judgeSql(on, { name, text }));
  const batches = read.values("checkpoint").map((path) => judgeSqlFile(on, { name, text: path }));
  return texts.length === 0 ? [...batches, judgeSqlStream(on, name, call.stdin)] : [...texts, ...batches];
}
