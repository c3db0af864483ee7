// Redis and its kin: reading and single keys are free, what empties or reconfigures a server is asked.
import { type Arg, HOLE, literal } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { textOfStream } from "../_known-text.ts";
import { oddWords, shown, splitText } from "../_words.ts";

const options = grammar(
  "h,host= p,port= t,timeout= s,socket= a,pass= u,uri= r,repeat= i,interval= n,db= 2 3 x X,tag= d,delimiter= D,output-delimiter= c,cluster-mode e,errors raw no-raw quoted-input csv json quoted-json show-pushes= stat latency latency-history latency-dist lru-test= replica slave " +
    "rdb= functions-rdb= pipe pipe-timeout= bigkeys memkeys memkeys-samples= hotkeys keystats keystats-samples= cursor= top= scan pattern= quoted-pattern= count= type= intrinsic-latency= eval= ldb ldb-sync-mode cluster= cluster-yes cluster-only-masters cluster-only-replicas verbose no-auth-warning user= pass= askpass sni= tls insecure cacert= cacertdir= cert= key= tls-ciphers= tls-ciphersuites= help version",
  { posix: true },
);

const destroys =
  /^(?:FLUSHALL|FLUSHDB|SHUTDOWN|SWAPDB|REPLICAOF|SLAVEOF|MIGRATE|FAILOVER|RESET|DEBUG|PSYNC|SYNC|RESTORE|RESTORE-ASKING|FT\.DROPINDEX|FT\.DROP|GRAPH\.DELETE|TOPK\.RESERVE|EVAL|EVALSHA|FCALL)$/;
const destroysWith: Readonly<Record<string, RegExp>> = {
  CONFIG: /^(?:SET|REWRITE|RESETSTAT)$/,
  CLIENT: /^(?:KILL|PAUSE|UNBLOCK|NO-EVICT)$/,
  CLUSTER:
    /^(?!INFO$|NODES$|SLOTS$|SHARDS$|MYID$|LINKS$|KEYSLOT$|COUNTKEYSINSLOT$|GETKEYSINSLOT$|COUNT-FAILURE-REPORTS$|REPLICAS$|SLAVES$|HELP$)/,
  SCRIPT: /^(?:FLUSH|KILL)$/,
  FUNCTION: /^(?:FLUSH|DELETE|KILL|LOAD|RESTORE)$/,
  MODULE: /^(?:UNLOAD|LOAD|LOADEX)$/,
  ACL: /^(?:SETUSER|DELUSER|LOAD|SAVE|LOG)$/,
  XGROUP: /^DESTROY$/,
  SENTINEL: /^(?:RESET|REMOVE|FAILOVER|SET|MONITOR|FLUSHCONFIG)$/,
};
// Settings by which a server writes files of any name, or loads code.
const takesOver =
  /^(?:dir|dbfilename|logfile|appendfilename|appenddirname|aclfile|loadmodule|unixsocket|pidfile|enable-module-command|enable-debug-command)$/i;

/** One command: its words. */
function judgeCommand(on: Evaluation, name: string, words: readonly Arg[]): Outcome {
  const [verb, second, third] = words;
  if (verb === undefined) return on.fine();
  const what = `run \`${words.slice(0, 3).map(shown).join(" ").slice(0, 100)}\` by \`${name}\``;
  if (verb.text.includes(HOLE)) return on.effect("infra.database", what);
  const upper = verb.text.toUpperCase();
  const sub = second?.text.toUpperCase() ?? "";
  if (upper === "MODULE" && sub.startsWith("LOAD")) return on.effect("code-injection.tool-exec", what);
  if (upper === "CONFIG" && sub === "SET" && takesOver.test(third?.text ?? HOLE))
    return on.effect("code-injection.config", what);
  if (
    destroys.test(upper) ||
    destroysWith[upper]?.test(sub) === true ||
    (destroysWith[upper] !== undefined && sub.includes(HOLE))
  )
    return on.effect("infra.database", what);
  return /^(?:DEL|UNLINK|JSON\.DEL|HDEL|SREM)$/.test(upper) && words.slice(1).some(isMany)
    ? on.effect("infra.database", what)
    : on.fine();
}

// More keys than one can see.
const isMany = ({ text, splits, glob }: Arg): boolean =>
  (splits && text.includes(HOLE)) || (glob && /[*?[]/.test(text));

/** Lines for the shell's standard input. */
export function readRedis(on: Evaluation, name: string, text: string): Outcome {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && !/^[*$]\d+$/.test(line.trim()));
  return on.join(on.fine(), ...lines.slice(0, 2000).map((line) => judgeCommand(on, name, splitText(literal(line)))));
}

export const profile: Profile = {
  names: ["redis-cli", "valkey-cli", "keydb-cli", "iredis", "rdcli", "redis6-cli"],
  summary: "runs commands in a key store",
  judge: (call: Call, on: Evaluation): Outcome => {
    const { name } = call;
    const read = readOptions(call.args, options);
    const odd = oddWords(on, name, [...read.unknown, ...read.uncertain]);
    if (read.has("help", "version") && odd.length === 0) return on.fine();
    const files = [...read.values("rdb"), ...read.values("functions-rdb")]
      .filter(({ text }) => text !== "-")
      .map((path) => on.write(path, "overwrite"));
    const script = read.has("eval") ? [on.effect("infra.database", `run a script by \`${name}\``)] : [];
    const cluster = read
      .values("cluster")
      .filter(({ text }) => !/^(?:check|info|help|backup)$/.test(text))
      .map((verb) => on.effect("infra.database", `change a cluster by \`${shown(verb)}\``));
    return on.join(
      ...odd,
      ...files,
      ...script,
      ...cluster,
      judgeCommand(on, name, read.operands),
      ...(read.operands.length === 0 || read.has("pipe") ? [input(call, on)] : []),
      on.fine(),
    );
  },
  matches: [
    { line: "redis-cli FLUSHALL", decision: "ask", effect: "infra.database" },
    { line: "redis-cli -n 2 flushdb", decision: "ask", effect: "infra.database" },
    { line: "echo FLUSHALL | redis-cli", decision: "ask", effect: "infra.database" },
    { line: "redis-cli <<< FLUSHALL", decision: "ask", effect: "infra.database" },
    { line: "redis-cli CONFIG SET dir /root/.ssh", decision: "deny", effect: "code-injection.config" },
    { line: "redis-cli --scan --pattern 'a:*' | xargs redis-cli del", decision: "ask", effect: "infra.database" },
    { line: "redis-cli EVAL 'return 1' 0", decision: "ask", effect: "infra.database" },
    { line: "redis-cli -h db $CMD", decision: "ask", effect: "infra.database" },
  ],
  spares: [
    "redis-cli ping",
    "redis-cli -h db -p 6380 get flushall",
    "redis-cli config get maxmemory",
    "redis-cli --scan --pattern 'a:*'",
  ],
};

function input({ name, stdin }: Call, on: Evaluation): Outcome {
  if (stdin.from === "none") return on.fine();
  const text = textOfStream(on, stdin) ?? stdin.text;
  if (text === null)
    return on.effect("infra.database", `run commands by \`${name}\` that are only known when they run`);
  return readRedis(on, name, text);
}
