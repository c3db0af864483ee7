// Reads commands for Redis, Valkey and their kin: which of them destroy data or run code in the server.
import { HOLE } from "../arg.ts";
import { shown } from "./finding.ts";
import type { ReadHow } from "./read-how.ts";
import { type StatementFinding, type StatementReading, statementReading } from "./statement.ts";

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

const destroys = set(
  `FLUSHALL FLUSHDB DEL UNLINK SHUTDOWN SWAPDB MIGRATE RESTORE REPLICAOF SLAVEOF FAILOVER GETDEL RENAME MOVE
  JSON.DEL FT.DROPINDEX FT.DROP TS.DEL CF.DEL TOPK.RESET XGROUP XTRIM LTRIM`,
);
const runs = set("EVAL EVALSHA EVAL_RO EVALSHA_RO FCALL FCALL_RO FUNCTION");
const harmless = set(
  `GET SET SETEX PSETEX SETNX GETSET GETEX MGET MSET MSETNX INCR INCRBY INCRBYFLOAT DECR DECRBY APPEND STRLEN GETRANGE SETRANGE SUBSTR EXISTS TYPE
  KEYS SCAN RANDOMKEY DBSIZE TTL PTTL EXPIRE PEXPIRE EXPIREAT PEXPIREAT EXPIRETIME PERSIST TOUCH OBJECT DUMP COPY SORT SORT_RO HGET HSET HSETNX HMGET HMSET HGETALL
  HKEYS HVALS HLEN HEXISTS HINCRBY HINCRBYFLOAT HSCAN HSTRLEN HRANDFIELD HDEL LPUSH RPUSH LPUSHX RPUSHX LPOP RPOP LRANGE LLEN LINDEX LSET LREM LINSERT LMOVE LPOS BLPOP BRPOP
  RPOPLPUSH SADD SREM SMEMBERS SISMEMBER SMISMEMBER SCARD SPOP SRANDMEMBER SINTER SUNION SDIFF SSCAN SMOVE ZADD ZREM ZRANGE ZREVRANGE ZRANGEBYSCORE ZREVRANGEBYSCORE
  ZRANGEBYLEX ZSCORE ZMSCORE ZCARD ZCOUNT ZINCRBY ZRANK ZREVRANK ZPOPMIN ZPOPMAX ZSCAN ZUNION ZINTER ZDIFF XADD XLEN XRANGE XREVRANGE XREAD XREADGROUP XACK XINFO XPENDING
  XDEL PFADD PFCOUNT PFMERGE GETBIT SETBIT BITCOUNT BITPOS BITOP BITFIELD GEOADD GEOPOS GEODIST GEOSEARCH GEOHASH PUBLISH SUBSCRIBE PSUBSCRIBE UNSUBSCRIBE PUBSUB PING ECHO AUTH
  SELECT QUIT HELLO INFO TIME LASTSAVE COMMAND MEMORY LATENCY SLOWLOG MONITOR ROLE WAIT MULTI EXEC DISCARD WATCH UNWATCH SAVE BGSAVE BGREWRITEAOF READONLY READWRITE
  ASKING JSON.GET JSON.SET JSON.MGET JSON.TYPE FT.SEARCH FT.INFO FT._LIST FT.CREATE LOLWUT HELP CLEAR EXIT LCS`,
);
const ofContainers: readonly (readonly [string, RegExp])[] = [
  ["CONFIG", /^(?:GET|HELP)$/],
  ["CLIENT", /^(?:LIST|INFO|ID|GETNAME|SETNAME|HELP|NO-EVICT|TRACKING|SETINFO)$/],
  ["CLUSTER", /^(?:INFO|NODES|SLOTS|SHARDS|KEYSLOT|MYID|LINKS|COUNTKEYSINSLOT|HELP)$/],
  ["ACL", /^(?:LIST|USERS|WHOAMI|GETUSER|CAT|LOG|GENPASS|HELP)$/],
  ["SCRIPT", /^(?:EXISTS|HELP)$/],
  ["MODULE", /^(?:LIST|HELP)$/],
  ["DEBUG", /^(?:OBJECT|HELP)$/],
  ["SLOWLOG", /^(?:GET|LEN|HELP)$/],
];

/** Commands one a line, or one command as words; the name decides. */
export function readRedis(commands: string | readonly string[], how: ReadHow = {}): StatementReading {
  const lines = typeof commands === "string" ? commands.split(/\r?\n/).map(wordsOf) : [commands];
  const found = lines.flatMap((words) => judge(words));
  const text = typeof commands === "string" ? commands : commands.join(" ");
  if (text.includes(HOLE) && how.holes_stay_inside !== true && typeof commands === "string")
    found.push({ kind: "unknown", what: "a part of the commands that is not known" });
  return statementReading(found);
}

const word = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\S+/g;
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(word)].map(([one]) => one.replaceAll(/^["']|["']$/g, ""));

// A number in front repeats the command.
function judge(words: readonly string[]): readonly StatementFinding[] {
  const [first = "", second = ""] = /^\d+$/.test(words[0] ?? "") ? words.slice(1) : words;
  if (first === "" || first.startsWith("#")) return [];
  const name = first.toUpperCase();
  const what = shown(words.slice(0, 3).join(" "));
  if (name.includes(HOLE)) return [{ kind: "unknown", what: "a command of a computed name" }];
  if (runs.has(name)) return [{ kind: "dynamic", what: name, decoded: false }];
  const container = ofContainers.find(([one]) => one === name);
  if (name === "MODULE" && !container?.[1].test(second.toUpperCase()))
    return [{ kind: "load", path: words[2] ?? null, what }];
  if (destroys.has(name)) return [{ kind: "destroy", what }];
  if (container !== undefined) return container[1].test(second.toUpperCase()) ? [] : [{ kind: "destroy", what }];
  return harmless.has(name) ? [] : [{ kind: "unknown", what }];
}
