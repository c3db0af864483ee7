import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { getTableConfig } from "drizzle-orm/sqlite-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyLedger } from "@ces/ledger";
import { testDraft } from "@ces/ledger/testing";
import { openAudit } from "../src/audit-reader.ts";
import * as tables from "../src/tables.ts";
import { advance, DELIVERY, driver, openStore, projectAt, remove, scratch, snapshot, step } from "./project.ts";
import { columnsOf, tablesOf } from "./tampering.ts";

let directory: string;
const file = () => join(directory, "state.db");
beforeEach(() => {
  directory = scratch();
});
afterEach(() => remove(directory));

const codeOf = (run: () => unknown): unknown => {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
};
const opening = (): unknown => codeOf(() => openStore(projectAt(directory).place).close());

describe("openStore", () => {
  it("remembers a step whole, also in the next process", () => {
    const store = openStore(projectAt(directory).place);
    const fence = store.grantFence(DELIVERY, driver);
    advance(store, fence);
    advance(store, fence);
    store.close();
    const again = openStore(projectAt(directory).place);
    expect(again.snapshot(DELIVERY)).toEqual(snapshot(2));
    expect(again.deliveries(10)).toEqual([snapshot(2)]);
    expect(again.record("run", "R-1")).toMatchObject({
      rowid: 1,
      kind: "run",
      id: "R-1",
      delivery_id: DELIVERY,
      body: { version: 1 },
    });
    expect(again.records("decision", { delivery_id: DELIVERY }).map((row) => row.id)).toEqual(["R-1/1", "R-2/1"]);
    expect(again.records("run", { delivery_id: "D-ffffffffffff" })).toEqual([]);
    expect(again.pendingEffects(DELIVERY).map((effect) => effect.effect_id)).toEqual(["2".padStart(64, "0")]);
    expect(again.entryCount()).toBe(2);
    expect(again.leaseOf(DELIVERY)).toEqual({ ...driver, fence });
    again.close();
  });

  it("keeps its files to itself", () => {
    const store = openStore(projectAt(directory).place);
    store.commit(step({ entries: [testDraft()] }));
    for (const name of ["state.db", "state.db-wal", "head.json"])
      expect([name, statSync(join(directory, name)).mode & 0o777]).toEqual([name, 0o600]);
    store.close();
  });

  it("makes the tables that drizzle is told of", () => {
    openStore(projectAt(directory).place).close();
    const told = Object.values(tables).map((table) => getTableConfig(table));
    expect(told.map(({ name }) => name).sort()).toEqual(tablesOf(file()));
    for (const { name, columns } of told)
      expect(columns.map((column) => column.name)).toEqual(columnsOf(file(), name).map((column) => column.name));
  });
});

describe("commit", () => {
  it("answers what a caller branches on", () => {
    const store = openStore(projectAt(directory).place);
    const old = store.grantFence(DELIVERY, driver);
    const fence = store.grantFence(DELIVERY, driver);
    const first = step({
      delivery_id: DELIVERY,
      fence,
      snapshot: snapshot(1),
      entries: [testDraft({ delivery_id: DELIVERY })],
    });
    expect(store.commit({ ...first, fence: old })).toMatchObject({ kind: "refused", code: "FENCE_LOST" });
    expect(store.commit({ ...first, fence: null })).toMatchObject({ kind: "refused", code: "FENCE_LOST" });
    expect(store.commit({ ...first, delivery_id: null, fence: null })).toMatchObject({
      kind: "refused",
      code: "FENCE_LOST",
    });
    expect(store.commit(first)).toEqual({ kind: "committed", version: 1, seq: 1 });
    expect(store.commit(first)).toMatchObject({ kind: "refused", code: "VERSION_CONFLICT" });
    expect(store.commit({ ...first, expected_version: 1, snapshot: snapshot(3) })).toMatchObject({
      kind: "refused",
      code: "VERSION_CONFLICT",
    });
    expect(store.entryCount()).toBe(1);
    store.close();
  });

  it("stores a record once: the same again is nothing new, another body is refused", () => {
    const store = openStore(projectAt(directory).place);
    const row = { kind: "identity", id: "ada", delivery_id: null, body: { b: 1, a: [2] } } as const;
    const meter = { kind: "meter", id: "m-1", delivery_id: null, body: { tokens: 1 } } as const;
    expect(store.commit(step({ entries: [testDraft()], rows: [row, meter] }))).toMatchObject({ kind: "committed" });
    expect(
      store.commit(step({ entries: [testDraft()], rows: [{ ...row, body: { a: [2], b: 1 } }, meter] })),
    ).toMatchObject({ kind: "committed" });
    expect(store.records("identity")).toHaveLength(1);
    expect(store.commit(step({ entries: [testDraft()], rows: [{ ...row, body: {} }] }))).toMatchObject({
      kind: "refused",
      code: "RECORD_EXISTS",
    });
    expect(store.commit(step({ rows: [{ ...meter, body: {} }] }))).toMatchObject({
      kind: "refused",
      code: "RECORD_EXISTS",
    });
    expect(store.entryCount()).toBe(2);
    store.close();
  });

  it("takes meter and decision rows without an entry, no other state", () => {
    const { place, parts } = projectAt(directory);
    const store = openStore(place);
    expect(store.commit(step({ entries: [testDraft()] }))).toEqual({ kind: "committed", version: 0, seq: 1 });
    for (let i = 0; i < 5; i += 1)
      store.commit(step({ rows: [{ kind: "meter", id: `m-${i}`, delivery_id: null, body: { tokens: i } }] }));
    expect(store.records("meter").map((row) => row.body)).toEqual([0, 1, 2, 3, 4].map((tokens) => ({ tokens })));
    const halt = { kind: "halt", id: "H-1", delivery_id: null, body: { halted: true } } as const;
    expect(codeOf(() => store.commit(step({ rows: [halt] })))).toBe("STORE_UNCOVERED");
    expect(store.record("halt", "H-1")).toBeUndefined();
    store.close();
    const reader = openAudit(place);
    expect(verifyLedger(parts, reader)).toMatchObject({ kind: "valid", count: 1, trail_count: 5 });
    reader.close();
  });

  it("takes a large body", () => {
    const store = openStore(projectAt(directory).place);
    const body = { text: "ä\u2028".repeat(1_000_000) };
    store.commit(step({ entries: [testDraft()], rows: [{ kind: "evidence", id: "EP-1", delivery_id: null, body }] }));
    expect(store.record("evidence", "EP-1")?.body).toEqual(body);
    store.close();
  });

  it("combines the filters of a query", () => {
    const store = openStore(projectAt(directory).place);
    const ada = { id: "ada", kind: "human", proof: "tty" } as const;
    store.commit(
      step({
        entries: [
          testDraft(),
          testDraft({ event_type: "approval", actor: ada }),
          testDraft({ event_type: "approval" }),
        ],
      }),
    );
    const seqs = (query: Parameters<typeof store.entries>[0]) => store.entries(query).map((entry) => entry.seq);
    expect(seqs({})).toEqual([1, 2, 3]);
    expect(seqs({ event_type: "approval", actor: "ada" })).toEqual([2]);
    expect(seqs({ newest_first: true, limit: 2, offset: 1 })).toEqual([2, 1]);
    expect(seqs({ from_seq: 2, before: "2000-01-01T00:00:00.000Z" })).toEqual([]);
    expect(seqs({ after: "2000-01-01T00:00:00.000Z", actor: "ada'; DROP TABLE ledger; --" })).toEqual([]);
    store.close();
  });
});

// S10: a database that somebody else made or changed is refused before anything is written.
describe("a hostile database", () => {
  const filled = () => {
    const store = openStore(projectAt(directory).place);
    store.commit(step({ entries: [testDraft()] }));
    store.close();
  };
  const doctored = (sql: string): unknown => {
    filled();
    const db = new Database(file());
    db.exec(sql);
    db.close();
    const before = readFileSync(file());
    const code = opening();
    expect(readFileSync(file()).equals(before)).toBe(true);
    return code;
  };

  it.each([
    ["a trigger", "CREATE TRIGGER evil AFTER INSERT ON records BEGIN DELETE FROM effects; END"],
    ["a view", "CREATE VIEW evil AS SELECT * FROM records"],
    ["a table", "CREATE TABLE evil (x)"],
    ["a column", "ALTER TABLE records ADD COLUMN evil TEXT"],
    ["an index", "CREATE INDEX evil ON records (body)"],
    ["a missing trigger", "DROP TRIGGER ledger_no_delete"],
    [
      "a weaker trigger",
      "DROP TRIGGER ledger_no_delete; CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN SELECT 1; END",
    ],
    ["an older schema version", "PRAGMA user_version = 0"],
  ])("with %s", (_name, sql) => expect(doctored(sql)).toBe("STORE_SCHEMA"));

  it("of a newer version, in another journal mode, or no database at all", () => {
    expect(doctored("PRAGMA user_version = 99")).toBe("STORE_NEWER");
    const db = new Database(file());
    db.pragma("journal_mode = DELETE");
    db.close();
    expect(opening()).toBe("STORE_SCHEMA");
    writeFileSync(file(), "not a database");
    expect(opening()).toBe("STORE_SCHEMA");
  });

  it("with a rollback journal, a link, a second name, an open mode, or a lonely write-ahead log beside it", () => {
    filled();
    writeFileSync(`${file()}-journal`, "hot", { mode: 0o600 });
    expect(opening()).toBe("STORE_SCHEMA");
    renameSync(`${file()}-journal`, join(directory, "away"));
    renameSync(file(), join(directory, "real.db"));
    symlinkSync(join(directory, "real.db"), file());
    expect(opening()).toBe("STATE_UNSAFE");
    renameSync(file(), join(directory, "link"));
    linkSync(join(directory, "real.db"), file());
    expect(opening()).toBe("STORE_SCHEMA");
    renameSync(join(directory, "real.db"), join(directory, "gone"));
    writeFileSync(`${file()}-wal`, "planted", { mode: 0o644 });
    expect(opening()).toBe("STORE_SCHEMA");
  });

  it("in a folder that others may enter", () => {
    filled();
    chmodSync(file(), 0o640);
    expect(opening()).toBe("STORE_SCHEMA");
    chmodSync(file(), 0o600);
    chmodSync(directory, 0o750);
    const place = { ...projectAtQuietly(), file: file() };
    expect(codeOf(() => openStore(place))).toBe("STATE_UNSAFE");
    chmodSync(directory, 0o700);
  });

  function projectAtQuietly() {
    const other = join(directory, "inner");
    mkdirSync(other, { mode: 0o700 });
    chmodSync(directory, 0o700);
    const { place } = projectAt(other);
    chmodSync(directory, 0o750);
    return place;
  }
});

// S34: the environment's key is no way in and no way out.
describe("the override of the ledger key", () => {
  const SECRET = "0123456789abcdef0123456789abcdef";
  const openWith = (hmac_secret?: string) =>
    openStore(projectAt(directory, hmac_secret === undefined ? {} : { hmac_secret }).place);

  it("set for one command only is refused, and nothing is appended under it", () => {
    const store = openWith();
    store.commit(step({ entries: [testDraft()] }));
    store.close();
    expect(codeOf(() => openWith(SECRET))).toBe("KEY_NOT_ROTATED");
    const again = openWith();
    expect(again.entries({})).toHaveLength(1);
    again.close();
  });

  it("missing after it was used makes the ledger undecidable, not broken", () => {
    const store = openWith(SECRET);
    store.commit(step({ entries: [testDraft()] }));
    store.close();
    expect(codeOf(() => openWith())).toBe("KEY_MISMATCH");
    expect(codeOf(() => openWith(`${SECRET}x`))).toBe("KEY_MISMATCH");
    const { parts, place } = projectAt(directory);
    const reader = openAudit(place);
    expect(verifyLedger(parts, reader)).toMatchObject({ kind: "undecidable", code: "KEY_MISMATCH" });
    reader.close();
    openWith(SECRET).close();
  });

  it("shorter than 32 bytes is no key", () => expect(codeOf(() => openWith("short"))).toBe("KEY_TOO_SHORT"));
});
