// The small readers: sed, SQL with its clients, Redis, MongoDB, dc, m4.
import { describe, expect, test } from "vitest";
import { readDc } from "../../src/languages/dc.ts";
import { readM4 } from "../../src/languages/m4.ts";
import { readMongo } from "../../src/languages/mongo.ts";
import { readRedis } from "../../src/languages/redis.ts";
import { readSed } from "../../src/languages/sed.ts";
import { readSql } from "../../src/languages/sql.ts";
import { brief, type Row } from "./brief.ts";

const sed: readonly Row[] = [
  ["s/foo/bar/g", "pure"],
  ["1,80p", "pure"],
  ["/sudo/p", "pure"],
  ["s/rm -rf/trash-put/", "pure"],
  ["$!N;s/\\n/ /", "pure"],
  [":a;N;$!ba;s/\\n/,/g", "pure"],
  ["y/abc/def/;=;l;x;G", "pure"],
  ["/a/,/b/{s/x/y/;d}", "pure"],
  ["/^#/d;/^$/d;2q", "pure"],
  ["s|/|_|g;s,a,e b,", "pure"],
  ["s/[/]/e/;s/[]/]/w/", "pure"],
  ["\\,a,d;0~4d;5,+2p", "pure"],
  ["a\\\nhello e rm\nw out", "overwrite out"],
  ["i text; e rm", "pure"],
  ["s/x/id/e", "spawn?"],
  ["s/a/b/pew", "overwrite ?", "spawn?"],
  ["s/a/b/;e id", "shell id"],
  ["1e rm -rf x", "shell rm -rf x"],
  ["e", "spawn?"],
  ["/x/{e id\n}", "shell id"],
  ["s/a/b/w out.txt", "overwrite out.txt"],
  ["W out", "overwrite out"],
  ["w /dev/stdout", "pure"],
  ["r in", "read in"],
  ["s/a/b", "dynamic"],
  ["k", "dynamic"],
  ["s/\u0000/x/", "unknown"],
];

const sql: readonly Row[] = [
  ["select 1", "pure"],
  ["select count(*) from c where text like '%drop table x; rm -rf%'", "pure"],
  ["insert into t values ('it''s; drop table x')", "pure"],
  ["-- drop table x\nselect 1", "pure"],
  ['/* drop table x */ select "drop" from `truncate`', "pure"],
  ["select $$ drop table x $$, $a$ '$$ $a$", "pure"],
  ["update a set b = 1 where id in (select 1)", "pure"],
  ["delete from a where id = 1", "pure"],
  ["explain delete from x", "pure"],
  ["alter table a add column b int; create index i on a (b)", "pure"],
  ["\\dt\n\\d+ users\n\\timing\n.tables\n.schema x", "pure"],
  ["select system(1), source from t", "pure"],
  ["BEGIN;\nINSERT INTO a VALUES (1);\nCOMMIT;", "pure"],
  ["DROP TABLE x", "destroy"],
  ["select 1; drop database app", "destroy"],
  ["BEGIN;\nDROP SCHEMA public CASCADE;\nCOMMIT;", "destroy"],
  ["TRUNCATE orders CASCADE", "destroy"],
  ["DELETE FROM a", "destroy"],
  ["delete from a where 1=1", "destroy"],
  ["update a set b = (select c from d where e = 1)", "destroy"],
  ["with x as (select 1) delete from y", "destroy"],
  ["explain analyze delete from x", "destroy"],
  ["alter table a drop column b", "destroy"],
  ["GRANT ALL ON x TO y", "destroy"],
  ["/*!50000 drop table x */", "destroy"],
  ["do $$ begin delete from x; end $$", "destroy", "dynamic"],
  ["COPY (select 1) TO PROGRAM 'rm x'", "spawn?"],
  ["select load_extension('x')", "spawn?"],
  ["\\! rm -rf x", "shell rm -rf x"],
  ["select 1 \\! id", "shell id"],
  [".shell rm -rf x", "shell rm -rf x"],
  ["select 1;\n.system id", "shell id"],
  ["system rm x", "shell rm x"],
  ["\\o |sh", 'shell printf %s "$unknown" | {\nsh\n}'],
  ["\\i x.sql\n.read y.sql\nsource z.sql", "load x.sql", "load y.sql", "load z.sql"],
  ["\\copy t to 'x.csv'", "overwrite x.csv"],
  [".output x.txt\n.dump", "overwrite x.txt"],
  ["select 'a\\' ; drop table x; --'", "unknown"],
  ["select 'open", "unknown"],
  ["select '\u0000'", "unknown"],
];

const redis: readonly Row[] = [
  ["GET a\nKEYS *\nINFO\nSET b 'flushall'", "pure"],
  ["CONFIG GET dir\nCLIENT LIST\n3 PING", "pure"],
  ["FLUSHALL", "destroy"],
  ["flushdb async", "destroy"],
  ["DEL a b", "destroy"],
  ["CONFIG SET dir /tmp", "destroy"],
  ["SHUTDOWN NOSAVE", "destroy"],
  ['EVAL "return 1" 0', "dynamic"],
  ["MODULE LOAD /tmp/x.so", "load /tmp/x.so"],
  ["FROBNICATE", "unknown"],
  ["\u0000 x", "unknown"],
];

const mongo: readonly Row[] = [
  ["db.users.find({a: 1}).sort({b: -1}).limit(5).toArray()", "pure"],
  ["use app\ndb.x.countDocuments()", "pure"],
  ["show dbs", "pure"],
  ["db.x.insertOne({a: 'dropDatabase()'})", "pure"],
  ["db.x.deleteMany({a: 1})", "pure"],
  ["db.runCommand({ping: 1})", "pure"],
  ["db.dropDatabase()", "destroy"],
  ["db.users.drop()", "destroy"],
  ["db['users']['drop']()", "destroy"],
  ["db.getCollection('x').deleteMany({})", "destroy"],
  ["db.x.remove()", "destroy"],
  ["db.x.updateMany({}, {$set: {a: 1}})", "destroy"],
  ["db.runCommand({dropDatabase: 1})", "destroy"],
  ["db.adminCommand({shutdown: 1})", "destroy"],
  ["db.getCollectionNames().forEach(n => db[n].drop())", "destroy"],
  ["require('child_process').execSync('id')", "shell id"],
  ["run('rm', 'x')", "spawn rm x"],
  ["load('x.js')", "load x.js"],
];

const dc: readonly Row[] = [
  ["2 3 + p", "pure"],
  ["[hello]p [a!<b]sa # !id", "pure"],
  ["1 2 !=x 3 !<y", "pure"],
  ["!sudo id", "shell sudo id"],
  ["1p!sudo id\n2p", "shell sudo id"],
  ["[!sudo id]x", "shell sudo id"],
  ["[[!id]x 1]x", "shell id"],
  ["!\u0000", "spawn?", "unknown"],
];

const m4: readonly Row[] = [
  ["define(`x', `1')x and eval(1 + 2)", "pure"],
  ["ifelse(A, `b', `don''t', `no')dnl", "pure"],
  ["include(`a.m4')", "load a.m4"],
  ["undivert(`f.txt')\nundivert(1)", "read f.txt"],
  ["syscmd(sudo id)", "shell sudo id"],
  ["esyscmd(`sudo id')", "shell sudo id"],
  ["syscmd(x(`id'))", "spawn?"],
  ["define(`run', defn(`syscmd'))", "spawn?", "unknown"],
  ["define(`a',`sys')a()cmd(id)", "unknown"],
  ["builtin(`sys'`cmd', id)", "unknown"],
];

describe("dc", () => {
  test.for(dc)("%s", ([text, ...found]) => expect(brief(readDc(text).findings)).toEqual(found));
});
describe("m4", () => {
  test.for(m4)("%s", ([text, ...found]) => expect(brief(readM4(text).findings)).toEqual(found));
});
describe("sed", () => {
  test.for(sed)("%s", ([text, ...found]) => expect(brief(readSed(text).findings)).toEqual(found));
});
describe("SQL", () => {
  test.for(sql)("%s", ([text, ...found]) => expect(brief(readSql(text).findings)).toEqual(found));
});
describe("Redis", () => {
  test.for(redis)("%s", ([text, ...found]) => expect(brief(readRedis(text).findings)).toEqual(found));
  test("one command as words", () => {
    expect(brief(readRedis(["flushall"]).findings)).toEqual(["destroy"]);
    expect(brief(readRedis(["set", "a", "flushall"]).findings)).toEqual(["pure"]);
  });
});
describe("MongoDB", () => {
  test.for(mongo)("%s", ([text, ...found]) => expect(brief(readMongo(text).findings)).toEqual(found));
});
