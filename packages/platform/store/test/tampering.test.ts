// S32: whatever is changed, deleted, put back or swapped in the state folder is found, and named by table or entry.
import { chmodSync, cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { verifyLedger } from "@ces/ledger";
import { testDraft } from "@ces/ledger/testing";
import { openAudit } from "../src/audit-reader.ts";
import { advance, DELIVERY, driver, openStore, projectAt, remove, scratch, step } from "./project.ts";
import { columnsOf, tablesOf, tamper } from "./tampering.ts";

let pristine: string;
let directory: string;
const file = () => join(directory, "state.db");
const headFile = () => join(directory, "head.json");
beforeAll(() => {
  pristine = scratch();
  fill(pristine, 5);
});
afterAll(() => remove(pristine));
beforeEach(() => {
  directory = scratch();
  restore();
});
afterEach(() => remove(directory));

function restore(): void {
  remove(directory);
  mkdirSync(directory, { mode: 0o700 });
  cpSync(pristine, directory, { recursive: true });
  chmodSync(join(directory, "keys"), 0o700);
}

function fill(at: string, versions: number): void {
  const store = openStore(projectAt(at).place);
  const fence = store.grantFence(DELIVERY, driver);
  for (let i = 0; i < versions; i += 1) advance(store, fence);
  store.commit(
    step({
      entries: [testDraft({ event_type: "halt" })],
      rows: [{ kind: "halt", id: "H-1", delivery_id: null, body: { halted: true } }],
    }),
  );
  store.close();
}

function audit(at = directory) {
  const { parts, place } = projectAt(at);
  const reader = openAudit(place);
  try {
    return verifyLedger(parts, reader);
  } finally {
    reader.close();
  }
}

function opening(at = directory): unknown {
  try {
    const store = openStore(projectAt(at).place);
    try {
      store.deliveries(100);
      for (const kind of ["run", "halt", "decision"] as const) store.records(kind);
      store.pendingEffects(DELIVERY);
      store.leaseOf(DELIVERY);
      store.entries({});
    } finally {
      store.close();
    }
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
}

describe("the untouched database", () => {
  it("opens and verifies", () => {
    expect(opening()).toBeUndefined();
    expect(audit()).toMatchObject({ kind: "valid", count: 6, trail_count: 6 });
  });
});

describe("each column of each table", () => {
  const tables = ["meta", "ledger", "snapshots", "effects", "effects_done", "records", "trail"];
  const auditOnly = [
    "snapshots.delivery_id",
    "effects.delivery_id",
    "effects_done.effect_id",
    "records.kind",
    "trail.kind",
    "trail.delivery_id",
  ];
  it("is in this list", () => expect(tablesOf(file())).toEqual([...tables].sort()));

  it.each(tables)("of %s is covered", (table) => {
    const key = table === "ledger" ? "seq" : table === "meta" ? "only" : "n";
    for (const { name, type } of columnsOf(file(), table).filter((column) => column.name !== "only")) {
      restore();
      const flip = type === "INTEGER" ? `${name} + 1000` : `'x' || substr(coalesce(${name}, ''), 2)`;
      tamper(file(), `UPDATE ${table} SET ${name} = ${flip} WHERE ${key} = (SELECT max(${key}) FROM ${table})`);
      const verdict = audit();
      expect([name, verdict]).toEqual([name, expect.objectContaining({ kind: "broken" })]);
      if (verdict.kind === "broken")
        expect([name, verdict.seq !== null || verdict.why.includes("trail") || verdict.why.includes("`meta`")]).toEqual(
          [name, true],
        );
      // What moves a row out of sight of a query is found by the audit; everything else by the first reading as well.
      if (!auditOnly.includes(`${table}.${name}`))
        expect([name, opening()]).toEqual([name, expect.stringMatching(/^(LEDGER|STATE|TRAIL)_|^KEY_MISMATCH$/)]);
    }
  });

  it.each(["snapshots", "effects", "effects_done", "records"])("a deleted or added row of %s", (table) => {
    tamper(file(), `DELETE FROM ${table} WHERE n = (SELECT max(n) FROM ${table})`);
    expect(audit()).toMatchObject({ kind: "broken", code: "STATE_MODIFIED" });
    expect(opening()).toBe("STATE_MISSING_ROWS");
    restore();
    const columns = columnsOf(file(), table).map(({ name }) =>
      name === "n"
        ? "n + 1"
        : name === "version"
          ? "version + 1"
          : /_id$|^id$/.test(name) && name !== "delivery_id"
            ? `'f' || substr(${name}, 2)`
            : name,
    );
    tamper(file(), `INSERT INTO ${table} SELECT ${columns.join(", ")} FROM ${table} ORDER BY n DESC LIMIT 1`);
    expect(audit()).toMatchObject({ kind: "broken", code: "STATE_MODIFIED" });
    expect(opening()).toBe("STATE_MISSING_ROWS");
  });

  it("a halt that is lifted by deleting its row is missed at once, by a process that is already running", () => {
    const store = openStore(projectAt(directory).place);
    expect(store.records("halt")).toHaveLength(1);
    tamper(file(), "DELETE FROM records WHERE kind = 'halt'");
    expect(() => store.records("halt")).toThrow(expect.objectContaining({ code: expect.stringMatching(/^STATE_/) }));
    store.close();
  });
});

describe("the ledger", () => {
  it.each([1, 2, 6])("without its last %i entries", (cut) => {
    tamper(file(), `DELETE FROM ledger WHERE seq > ${6 - cut}`);
    expect(audit()).toMatchObject({ kind: "broken", seq: 7 - cut });
    expect(opening()).toBe("LEDGER_BEHIND_HEAD");
  });
  it("without its last entries and everything stored with them", () => {
    tamper(
      file(),
      "DELETE FROM ledger WHERE seq > 3",
      ...["snapshots", "effects", "effects_done", "records"].map((table) => `DELETE FROM ${table} WHERE seq > 3`),
      "DELETE FROM trail WHERE after_seq >= 3",
    );
    expect(audit()).toMatchObject({ kind: "broken", seq: 4, code: "LEDGER_TRUNCATED" });
    expect(opening()).toBe("LEDGER_BEHIND_HEAD");
  });
  it("with two entries swapped, one deleted, one replaced", () => {
    tamper(
      file(),
      "UPDATE ledger SET seq = 99 WHERE seq = 2",
      "UPDATE ledger SET seq = 2 WHERE seq = 3",
      "UPDATE ledger SET seq = 3 WHERE seq = 99",
    );
    expect(audit()).toMatchObject({ kind: "broken", seq: 2, code: "LEDGER_SWAPPED" });
    restore();
    tamper(file(), "DELETE FROM ledger WHERE seq = 3");
    expect(audit()).toMatchObject({ kind: "broken", seq: 3, code: "LEDGER_GAP" });
    restore();
    tamper(
      file(),
      "INSERT OR REPLACE INTO ledger SELECT 3, bytes, prev_mac, mac, key_fingerprint FROM ledger WHERE seq = 4",
    );
    expect(audit()).toMatchObject({ kind: "broken", seq: 3, code: "LEDGER_SWAPPED" });
  });
  it("with any character of any entry changed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 300 }), (seq, at) => {
        restore();
        tamper(
          file(),
          `UPDATE ledger SET bytes = substr(bytes, 1, ${at - 1}) || CASE substr(bytes, ${at}, 1) WHEN 'a' THEN 'b' ELSE 'a' END || substr(bytes, ${at + 1}) WHERE seq = ${seq}`,
        );
        expect(audit()).toMatchObject({ kind: "broken", seq });
      }),
      { numRuns: 15 },
    );
  });
});

describe("whole files", () => {
  it("a deleted database", () => {
    for (const end of ["", "-wal", "-shm"]) rmSync(file() + end, { force: true });
    expect(opening()).toBe("LEDGER_BEHIND_HEAD");
    expect(() => audit()).toThrow(expect.objectContaining({ code: "LEDGER_BEHIND_HEAD" }));
  });
  it("yesterday's copy", () => {
    const store = openStore(projectAt(directory).place);
    store.commit(step({ entries: [testDraft()] }));
    store.close();
    for (const end of ["", "-wal", "-shm"]) rmSync(file() + end, { force: true });
    cpSync(join(pristine, "state.db"), file());
    expect(opening()).toBe("LEDGER_BEHIND_HEAD");
    expect(audit()).toMatchObject({ kind: "broken", seq: 7, code: "LEDGER_TRUNCATED" });
  });
  it("a deleted, edited or foreign head", () => {
    const head = readFileSync(headFile());
    rmSync(headFile());
    expect(opening()).toBe("HEAD_MISSING");
    expect(audit()).toMatchObject({ kind: "broken", code: "HEAD_MISSING" });
    writeFileSync(headFile(), head.toString("latin1").replaceAll(/"count":\d+/g, '"count":1'), { mode: 0o600 });
    expect(opening()).toBe("HEAD_INVALID");
    expect(audit()).toMatchObject({ kind: "broken", code: "HEAD_INVALID" });
  });
  it("a head with one half damaged is taken only behind a commit that explains it", () => {
    const head = readFileSync(headFile());
    const counts = [0, 4096].map((at) => Number(/"count":(\d+)/.exec(head.toString("latin1", at, at + 4096))?.[1]));
    head.fill(0, counts[0]! > counts[1]! ? 0 : 4096, counts[0]! > counts[1]! ? 100 : 4196);
    writeFileSync(headFile(), head, { mode: 0o600 });
    expect(opening()).toBeUndefined();
    const again = readFileSync(headFile());
    const older = Number(/"count":(\d+)/.exec(again.toString("latin1", 0, 4096))?.[1]) < 6 ? 0 : 4096;
    again.fill(0, older, older + 100);
    writeFileSync(headFile(), again, { mode: 0o600 });
    expect(opening()).toBe("HEAD_INVALID");
  });
  it("two projects' databases swapped", () => {
    const other = scratch();
    try {
      fill(other, 2);
      const aside = join(directory, "aside");
      renameSync(file(), aside);
      renameSync(join(other, "state.db"), file());
      renameSync(aside, join(other, "state.db"));
      for (const at of [directory, other]) {
        expect(opening(at)).toBe("LEDGER_OTHER_DATABASE");
        expect(audit(at)).toMatchObject({ kind: "broken", code: "LEDGER_OTHER_DATABASE" });
      }
    } finally {
      remove(other);
    }
  });
});

describe("the triggers", () => {
  const attempts = (table: string, key: string): readonly string[] => [
    `UPDATE ${table} SET ${key} = ${key}`,
    `DELETE FROM ${table}`,
    `INSERT INTO ${table} SELECT * FROM ${table} LIMIT 1`,
    `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table} LIMIT 1`,
    `INSERT OR IGNORE INTO ${table} SELECT * FROM ${table} LIMIT 1`,
    `REPLACE INTO ${table} SELECT * FROM ${table} LIMIT 1`,
    `INSERT INTO ${table} SELECT * FROM ${table} WHERE true ON CONFLICT DO UPDATE SET ${key} = ${key}`,
  ];
  it.each(["meta", "ledger", "snapshots", "effects", "effects_done", "records", "trail"])(
    "refuse change, removal, replacement and gaps in %s",
    (table) => {
      const db = new Database(file());
      try {
        const key = table === "ledger" ? "seq" : table === "meta" ? "only" : "n";
        for (const sql of attempts(table, key))
          expect([sql, () => db.exec(sql)]).toEqual([sql, expect.toSatisfy(throwsConstraint)]);
        if (table === "ledger")
          expect(() => db.exec("INSERT INTO ledger VALUES (9, '', '', '', '')")).toThrow(
            "takes new rows at its end only",
          );
      } finally {
        db.close();
      }
      expect(audit()).toMatchObject({ kind: "valid" });
    },
  );
});

function throwsConstraint(run: () => void): boolean {
  try {
    run();
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_CONSTRAINT");
  }
}
