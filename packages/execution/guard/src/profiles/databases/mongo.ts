// MongoDB: the shell's programs are JavaScript; the tools dump and restore.
import { type Arg, HOLE, literal } from "../../arg.ts";
import { grammar, type Options, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { textOfFile, textOfStream } from "../_known-text.ts";
import { oddWords } from "../_words.ts";

const options = grammar(
  "eval= f,file= h,host,help p,password= u,username= port= db= d,db= c,collection= o,out= q,query= authenticationDatabase= authenticationMechanism= gssapiServiceName= tls ssl tlsCAFile= tlsCertificateKeyFile= tlsAllowInvalidCertificates tlsAllowInvalidHostnames sslCAFile= sslPEMKeyFile= " +
    "uri= quiet norc nodb shell json=? verbose v version retryWrites=? apiVersion= apiStrict awsIamSessionToken= build-info drop archive=? gzip dir= type= mode= jsonArray headerline fields= fieldFile= columnsHaveTypes upsertFields= ignoreBlanks stopOnError maintainInsertionOrder " +
    "nsInclude= nsExclude= nsFrom= nsTo= oplogReplay oplogLimit= objcheck dryRun restoreDbUsersAndRoles noIndexRestore noOptionsRestore preserveUUID writeConcern= numInsertionWorkersPerCollection= numParallelCollections= j,numParallelCollections= queryFile= readPreference= excludeCollection= excludeCollectionsWithPrefix= dumpDbUsersAndRoles oplog " +
    "pretty noHeaderLine sort= limit= skip= forceTableScan rowcount= n,rowcount= discover all interactive= humanReadable= noheaders",
);

const dropping =
  /\b(?:dropDatabase|dropIndex(?:es)?|dropUser|dropRole|dropAllUsersFromDatabase|dropAllRolesFromDatabase|dropSearchIndex|shutdownServer|removeShard|stepDown|reconfig|removeUser|emptyCapped|convertToCapped|killOp|fsyncLock|resync|deleteAll|renameCollection)\s*["'\]]*\s*(?:\(|:)|(?:\.|\[["'])drop["'\]]*\s*\(|\bdrop(?:Indexes|Database)?["']?\s*:|["'](?:drop|shutdown|killAllSessions|replSet\w+)["']?\s*:|\b(?:run|admin)Command\s*\(\s*\{?\s*["']?(?:drop\w*|shutdown|kill\w*|replSet\w*|renameCollection|fsync|setParameter|compact|moveChunk|removeShard)\b|\$out\b|\$merge\b/;
const every =
  /\b(?:deleteMany|remove|updateMany|deleteOne)\s*\(\s*(?:\{\s*\}|\)|\{\s*\}\s*,|\{\s*_id\s*:\s*\{\s*\$(?:exists|ne)\b)|\bdeleteMany\s*["'\]]*\s*\(\s*(?![{\s])/;
const accounts =
  /\b(?:createUser|updateUser|changeUserPassword|grantRolesToUser|revokeRolesFromUser|createRole|grantPrivilegesToRole|addShard|setFeatureCompatibilityVersion)\b/;
const programs =
  /\b(?:runProgram|runMongoProgram|run|startMongoProgram|shellHelper|removeFile|copyFile|writeFile|fuzzFile|_runMongoProgram)\s*\(/;

/** A program for the shell. */
export function readMongo(on: Evaluation, name: string, source: Arg): Outcome {
  const { text } = source;
  // Members by computed names are not followed.
  const plain = text.replaceAll(/\/\*[\s\S]*?\*\//g, " ").replaceAll(/(^|[\s;])\/\/[^\n]*/g, "$1");
  const hidden =
    /\b(?:db|coll|collection)\s*\[\s*(?!["'][\w.-]+["']\s*\])/.test(plain) || /\["?'?\w*["']?\s*\+/.test(plain);
  const found: Outcome[] = [];
  if (dropping.test(plain) || every.test(plain))
    found.push(on.effect("infra.database", `run a program by \`${name}\` that drops or empties`));
  if (accounts.test(plain)) found.push(on.effect("infra.admin", `change accounts or shards by \`${name}\``));
  if (programs.test(plain)) found.push(on.effect("code-injection.tool-exec", `let \`${name}\` run a program`));
  if (hidden || plain.includes(HOLE) || /\b(?:load|eval)\s*\(/.test(plain))
    found.push(on.effect("infra.database", `run a program by \`${name}\` that is only known when it runs`));
  return on.join(...found, ownCode(on, plain, source));
}

// The shell is a JavaScript interpreter: what starts programs or touches files counts, what the driver offers is read above.
function ownCode(on: Evaluation, plain: string, source: Arg): Outcome {
  if (!/\b(?:require|import|process|child_process|Function|globalThis|fs)\b/.test(plain)) return on.fine();
  const ran = on.code("javascript", { ...source, text: plain, at: null });
  return {
    ...ran,
    effects: ran.effects.filter(({ kind }) => kind !== "code-injection.code-unknown" && !kind.startsWith("unknown.")),
  };
}

function shell(call: Call, on: Evaluation, read: Options): Outcome {
  const { name } = call;
  const files = [...read.values("file"), ...read.operands.filter(({ text }) => /\.(?:js|mjs|cjs)$/.test(text))];
  const texts = read.values("eval");
  const input =
    files.length + texts.length === 0 && call.stdin.from !== "none"
      ? [fromText(on, name, textOfStream(on, call.stdin) ?? call.stdin.text)]
      : [];
  return on.join(
    on.fine(),
    ...texts.map((text) => readMongo(on, name, text)),
    ...files.map((path) => fromText(on, name, textOfFile(on, path))),
    ...input,
  );
}

const fromText = (on: Evaluation, name: string, text: string | null): Outcome =>
  text === null
    ? on.effect("infra.database", `run a program by \`${name}\` that is only known when it runs`)
    : readMongo(on, name, literal(text));

function tool(call: Call, on: Evaluation, read: Options): Outcome {
  const written =
    call.name === "mongodump" || call.name === "mongoexport" || call.name === "bsondump"
      ? [...read.values("out"), ...(call.name === "mongodump" ? read.values("archive") : [])]
      : [];
  const loses = read.has("drop", "oplogReplay") || /^(?:delete)$/.test(read.value("mode")?.text ?? "");
  return on.join(
    on.fine(),
    ...written.filter(({ text }) => text !== "-").map((path) => on.write(path, "overwrite")),
    ...(loses && !read.has("dryRun")
      ? [on.effect("infra.database", `drop what is there and load anew by \`${call.name}\``)]
      : []),
    ...(read.has("restoreDbUsersAndRoles") ? [on.effect("infra.admin", "restore accounts of a database")] : []),
  );
}

export const profile: Profile = {
  names: [
    "mongosh",
    "mongo",
    "mongodump",
    "mongorestore",
    "mongoimport",
    "mongoexport",
    "mongostat",
    "mongotop",
    "mongofiles",
    "bsondump",
  ],
  summary: "runs programs in a database, dumps and restores it",
  judge: (call: Call, on: Evaluation): Outcome => {
    const read = readOptions(call.args, options);
    const odd = oddWords(on, call.name, [...read.unknown, ...read.uncertain]);
    if (read.has("version") && odd.length === 0) return on.fine();
    if (call.name === "mongofiles" && read.operands.some(({ text }) => /^delete/.test(text)))
      return on.join(...odd, on.effect("infra.database", "delete stored files"));
    return on.join(
      ...odd,
      call.name === "mongosh" || call.name === "mongo" ? shell(call, on, read) : tool(call, on, read),
    );
  },
  matches: [
    { line: "mongosh app --eval 'db.dropDatabase()'", decision: "ask", effect: "infra.database" },
    { line: "mongosh app --eval 'db.users.deleteMany({})'", decision: "ask", effect: "infra.database" },
    { line: "mongosh --eval 'db[x]()'", decision: "ask", effect: "infra.database" },
    { line: "echo 'db.users.drop()' | mongo app", decision: "ask", effect: "infra.database" },
    {
      line: 'mongosh --eval \'require("child_process").execSync("sudo id")\'',
      decision: "deny",
      effect: "privilege.elevate",
    },
    { line: "mongorestore --drop dump", decision: "ask", effect: "infra.database" },
    { line: "mongosh missing.js", decision: "ask", effect: "infra.database" },
  ],
  spares: [
    "mongosh app --eval 'db.users.find({a: 1}).limit(5)'",
    "mongosh app --quiet --eval 'db.stats()'",
    "mongodump --db app --out dist/dump",
    "mongoexport -d app -c users",
  ],
};
