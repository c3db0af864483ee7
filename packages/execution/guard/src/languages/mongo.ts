// Reads a program for mongosh: JavaScript with a database in it.
import { HOLE } from "../arg.ts";
import { javascriptDialect } from "./javascript/dialect.ts";
import { argument, loads, pure, reporting, reportSpawn, wordsFrom } from "./walk/acts.ts";
import type { Act, Dialect, Names, Site } from "./walk/dialect.ts";
import { lazily, listed, namesOf } from "./walk/names.ts";
import { local, type Value } from "./walk/value.ts";
import { readWith } from "./read-with.ts";
import type { ReadHow } from "./read-how.ts";
import { type StatementFinding, type StatementReading, statementReading } from "./statement.ts";
import { shown } from "./finding.ts";

const mark = "destroys ";
const note = (site: Site): void => {
  if (site.walk.pass === "report") site.walk.notes.add(`${mark}${site.what}`);
};
const destroys: Act = reporting(note);

// A filter that leaves nothing out destroys everything.
const filtered: Act = reporting((site) => {
  const filter = argument(site, 0);
  const isEmpty = filter === undefined || (filter.kind === "record" && filter.entries.size === 0);
  if (!site.called || isEmpty) note(site);
});

const verbs =
  /^(?:drop|delete|shutdown|killOp|remove|compact|fsync|replSetReconfig|setParameter|eval|renameCollection|grant|revoke|createUser|updateUser|convertToCapped)/i;
const command: Act = reporting((site) => {
  const given: Value | undefined = argument(site, 0);
  const names = given?.kind === "record" ? [...given.entries.keys()] : given?.kind === "text" ? [given.text] : null;
  if (names === null || names.some((name) => verbs.test(name) || name.startsWith(HOLE))) note(site);
});

const runs: Act = reporting((site) => reportSpawn(site, wordsFrom(site, 0)));

const methods = lazily(
  (): Names =>
    new Map([
      ...javascriptDialect().methods,
      ...namesOf(
        listed(
          pure,
          `find findOne aggregate count countDocuments estimatedDocumentCount distinct limit skip sort pretty toArray hasNext next forEach map
          explain itcount size stats getIndexes getIndexKeys createIndex createIndexes insertOne insertMany insert save updateOne replaceOne
          findOneAndUpdate bulkWrite getCollection getCollectionNames getCollectionInfos getSiblingDB getName getMongo getUsers getUser getRoles
          serverStatus hostInfo version currentOp isMaster hello createCollection listDatabases getDBs getDBNames watch projection batchSize
          validate dataSize storageSize totalSize totalIndexSize latencyStats getShardDistribution status conf printReplicationInfo deleteOne
          findOneAndDelete findOneAndReplace getReplicationInfo allowDiskUse hint comment collation maxTimeMS readPref toISOString getTimestamp isCapped`,
        ),
        listed(
          destroys,
          `drop dropDatabase dropIndex dropIndexes dropUser dropAllUsers dropRole dropAllRoles shutdownServer renameCollection
          convertToCapped killOp removeUser fsyncLock createUser updateUser grantRolesToUser changeUserPassword copyDatabase removeShard
          reconfig stepDown setProfilingLevel initiate removeTag`,
        ),
        listed(filtered, "deleteMany remove updateMany update"),
        listed(command, "runCommand adminCommand"),
      ),
    ]),
);

const names = lazily(
  (): Names =>
    new Map([
      ...javascriptDialect().names,
      ...namesOf(
        listed(
          pure,
          "ObjectId ISODate NumberLong NumberInt NumberDecimal UUID BinData Timestamp MinKey MaxKey db rs sh print printjson show use help it tojson EJSON.* Mongo connect sleep exit quit version pwd ls cat hostname",
        ),
        listed(
          runs,
          "run runProgram runNonMongoProgram _runMongoProgram start startMongoProgram rawMongoProgramOutput",
        ),
        listed(loads(), "load"),
        listed(destroys, "removeFile"),
      ),
    ]),
);

const dialect = lazily((): Dialect => {
  const javascript = javascriptDialect();
  // Members of a database or a collection are collections: what is called on them decides.
  const member: Dialect["member"] = (walk, on, name) =>
    on.kind === "ref" && /^(?:db|rs|sh)$/.test(on.path)
      ? { kind: "member", on: local, name }
      : javascript.member(walk, on, name);
  return { ...javascript, names: names(), methods: methods(), member };
});

/** What a program for mongosh would do to the database and to this machine. `show dbs` and `use name` are taken out first. */
export function readMongo(text: string, how: ReadHow = {}): StatementReading {
  const code = text.replaceAll(/^[ \t]*(?:show|use|it|help|cls)\b[^\n;(]*$/gm, "");
  const { reading, notes } = readWith(dialect(), code, how);
  const destroyed = [...notes].filter((one) => one.startsWith(mark));
  const found: StatementFinding[] = destroyed.map((one) => ({ kind: "destroy", what: shown(one.slice(mark.length)) }));
  return statementReading([...found, ...reading.findings]);
}
