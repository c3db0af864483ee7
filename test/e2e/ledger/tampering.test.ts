// Somebody changes what is recorded (issue 2 §5.5, S32): `ces audit verify` says which entry or table with exit 4, and no
// command goes on. One project, put back to its whole state before each attack.
import { spawnSync } from "node:child_process";
import { copyFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ReplayShop, replayShop } from "../../support/e2e/replay-shop.ts";
import { forge, lastEntry, tamper } from "../../support/e2e/tampering.ts";
import { bwrapOrSkip } from "../../support/requirements.ts";

let shop: ReplayShop;
let state: string;
let last: number;
const file = (): string => join(state, "state.db");
const aside = (name: string): string => join(dirname(shop.shop), name);
const copy = (from: string, to: string): void => void spawnSync("cp", ["-a", from, to]);

/** What verification found: exit, entry and code. */
async function verify(): Promise<{ readonly code: number | null; readonly seq: unknown; readonly why: unknown }> {
  const { code, document } = await shop.json(["audit", "verify"]);
  return { code, seq: document.data?.["seq"] ?? null, why: document.error?.code ?? null };
}

/** Found by `audit verify` at `seq`; refused by commands that work, without a trace of work. */
async function expectFound(seq: number | null, code: string, others: string = code): Promise<void> {
  const commands = [["continue", "--yes", "--as", "tester"], shop.build, ["emergency", "resolve", "--as", "boss"]];
  const [found, ...refused] = await Promise.all([verify(), ...commands.map((words) => shop.json(words))]);
  expect(found).toEqual({ code: 4, seq, why: expect.stringMatching(`^(${code})$`) });
  expect(refused.map((one) => [one.code, one.document.error?.code])).toEqual(
    commands.map(() => [4, expect.stringMatching(`^(${others})$`)]),
  );
  expect(shop.git("log", "--format=%s").trim()).toBe("base");
}

/** An attack on rows, and what it is found as; `at` counts back from the newest entry. */
type Attack = readonly [name: string, at: number, code: string, work: (database: DatabaseSync, seq: number) => void];

const rewrite = 'replace(bytes, \'"summary":"\', \'"summary":"x\')';
const tables = ["snapshots", "effects", "effects_done", "records"];
const sql =
  (text: (seq: number) => string) =>
  (database: DatabaseSync, seq: number): void =>
    database.exec(text(seq));

const attacks: readonly Attack[] = [
  [
    "the newest entry modified",
    0,
    "LEDGER_MODIFIED",
    sql((seq) => `UPDATE ledger SET bytes = ${rewrite} WHERE seq = ${seq}`),
  ],
  [
    "an entry in the middle modified",
    3,
    "LEDGER_MODIFIED",
    sql((seq) => `UPDATE ledger SET bytes = ${rewrite} WHERE seq = ${seq}`),
  ],
  [
    "the first entry modified",
    -1,
    "LEDGER_MODIFIED",
    sql((seq) => `UPDATE ledger SET bytes = ${rewrite} WHERE seq = ${seq}`),
  ],
  [
    "an entry replaced",
    1,
    "LEDGER_MODIFIED",
    sql(
      (seq) =>
        `REPLACE INTO ledger SELECT seq, ${rewrite}, prev_mac, mac, key_fingerprint FROM ledger WHERE seq = ${seq}`,
    ),
  ],
  ["an entry forged with another key", 1, "LEDGER_MODIFIED", forge],
  [
    "two entries swapped",
    2,
    "LEDGER_SWAPPED",
    sql(
      (seq) =>
        `UPDATE ledger SET seq = 0 WHERE seq = ${seq}; UPDATE ledger SET seq = ${seq} WHERE seq = ${seq + 1}; UPDATE ledger SET seq = ${seq + 1} WHERE seq = 0`,
    ),
  ],
  ["an entry in the middle deleted", 2, "LEDGER_GAP", sql((seq) => `DELETE FROM ledger WHERE seq = ${seq}`)],
  [
    "the state of a delivery moved on by hand",
    0,
    "STATE_MODIFIED",
    sql(
      () =>
        `UPDATE snapshots SET body = replace(body, '"queued"', '"approved"') WHERE n = (SELECT max(n) FROM snapshots)`,
    ),
  ],
  [
    "a name given more than it may",
    -2,
    "STATE_MODIFIED",
    sql(
      () => `UPDATE records SET body = replace(body, '"hybrid"', '"human"') WHERE kind = 'identity' AND id = 'tester'`,
    ),
  ],
];

describe.skipIf(bwrapOrSkip())("a record that somebody changed", () => {
  beforeAll(async () => {
    shop = await replayShop([], { person: true });
    state = shop.stateDir();
    tamper(file(), () => undefined);
    copyFileSync(file(), aside("older.db"));
    const planned = await shop.ces(["manifest", ...shop.build.slice(1, 7)]);
    if (planned.code !== 0) throw new Error(planned.stderr);
    tamper(file(), () => undefined);
    last = lastEntry(file());
    copy(state, aside("whole"));
  });
  beforeEach(() => {
    rmSync(state, { recursive: true });
    copy(aside("whole"), state);
  });
  afterAll(() => shop.remove());

  test("as it was: whole", async () => {
    expect(await verify()).toEqual({ code: 0, seq: null, why: null });
  });

  test.each(attacks)("%s", async (_, at, code, work) => {
    const seq = at < 0 ? -at : last - at;
    tamper(file(), (database) => work(database, seq));
    await expectFound(seq, code, `${code}|STATE_MODIFIED`);
  });

  test("the tail deleted", async () => {
    tamper(file(), (database) => database.exec(`DELETE FROM ledger WHERE seq > ${last - 2}`));
    await expectFound(last - 1, "LEDGER_TRUNCATED", "LEDGER_BEHIND_HEAD");
  });

  test("the tail deleted with everything that was stored with it", async () => {
    tamper(file(), (database) =>
      ["ledger", ...tables].forEach((table) => database.exec(`DELETE FROM ${table} WHERE seq > ${last - 3}`)),
    );
    await expectFound(last - 2, "LEDGER_TRUNCATED", "LEDGER_BEHIND_HEAD");
  });

  test("a pending effect deleted", async () => {
    tamper(file(), (database) => database.exec("DELETE FROM effects WHERE n = (SELECT max(n) FROM effects)"));
    await expectFound(last, "STATE_MODIFIED", "STATE_MISSING_ROWS");
  });

  test("an older copy put back", async () => {
    copyFileSync(aside("older.db"), file());
    await expectFound(lastEntry(file()) + 1, "LEDGER_TRUNCATED", "LEDGER_BEHIND_HEAD");
  });

  test.each([
    ["half of the file cut off", "STORE_DAMAGED", 0.5],
    ["the whole file emptied", "STORE_SCHEMA", 0],
  ])("%s", async (_, code, share) => {
    truncateSync(file(), Math.floor((statSync(file()).size * share) / 4096) * 4096);
    await expectFound(null, code);
  });

  test.each([
    ["the database", ["state.db", "state.db-wal", "state.db-shm"], "LEDGER_BEHIND_HEAD"],
    ["the signed head", ["head"], "HEAD_MISSING"],
    ["both", ["state.db", "state.db-wal", "state.db-shm", "head"], "HEAD_MISSING"],
    ["the database without its companions", ["state.db"], "STORE_SCHEMA|LEDGER_BEHIND_HEAD"],
  ])("%s removed: no new project", async (_, names, code) => {
    for (const name of names) rmSync(join(state, name), { force: true });
    await expectFound(null, code);
  });

  test("what triggers hold: no row is changed, replaced, deleted or put in between", async () => {
    const { DatabaseSync: Database } = await import("node:sqlite");
    const database = new Database(file());
    for (const text of [
      "UPDATE ledger SET bytes = ''",
      "DELETE FROM ledger WHERE seq = 3",
      "REPLACE INTO ledger SELECT * FROM ledger WHERE seq = 3",
      "INSERT INTO ledger SELECT seq + 100, bytes, prev_mac, mac, key_fingerprint FROM ledger WHERE seq = 3",
    ]) {
      expect(() => database.exec(text)).toThrow(/ledger (is never|takes new rows)/);
    }
    database.close();
    expect(await verify()).toEqual({ code: 0, seq: null, why: null });
  });
});

describe.skipIf(bwrapOrSkip())("the key of the record", () => {
  const secret = { CES_AUDIT_HMAC_SECRET: "a secret of an installation, long enough" };
  const other = { CES_AUDIT_HMAC_SECRET: "another secret that somebody has guessed" };

  test("an override that the record was not made with, and a short one", async () => {
    const made = await replayShop();
    try {
      expect(await made.json(["build", "x", "--runtime", "replay"], other)).toMatchObject({
        code: 4,
        document: { error: { code: "KEY_NOT_ROTATED" } },
      });
      expect(await made.json(["audit", "verify"], { CES_AUDIT_HMAC_SECRET: "short" })).toMatchObject({
        code: 5,
        document: { error: { code: "KEY_TOO_SHORT" } },
      });
      expect(await made.json(["audit", "verify"])).toMatchObject({ code: 0 });
    } finally {
      made.remove();
    }
  });

  test("a record made with an override cannot be judged without it: exit 5, not tampering", async () => {
    const made = await replayShop([], { enrol: false });
    try {
      expect(await made.json(["keys", "enroll", "tester", "--may", "hybrid"], secret)).toMatchObject({ code: 0 });
      expect(await made.json(["audit", "verify"], secret)).toMatchObject({ code: 0 });
      for (const env of [{}, other]) {
        expect(await made.json(["audit", "verify"], env)).toMatchObject({
          code: 5,
          document: { error: { code: "KEY_MISMATCH" } },
        });
        expect(await made.json(["keys", "enroll", "two", "--may", "hybrid"], env)).toMatchObject({
          code: 5,
          document: { error: { code: "KEY_MISMATCH" } },
        });
      }
    } finally {
      made.remove();
    }
  });
});
