// The ledger: one durable entry against one raw insert per transaction, verifying against hashing the same bytes, and both
// per entry from a thousand entries to a hundred thousand (a million with --long).
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { nodeCrypto, randomBytes } from "@ces/crypto-node";
import { openKeys } from "@ces/keys";
import { ledgerSealer, verifyLedger } from "@ces/ledger";
import type { LedgerDraft } from "@ces/records";
import { openAudit, openStore } from "@ces/store";
import { type Figure, flat, long, measure, median, takeTurns, timesAsFast } from "./figures.ts";

const SMALL = 1_000;
const LARGE = long ? 1_000_000 : 100_000;
const APPENDS = 400;
/** How much dearer an entry may be in a long ledger than in a short one and still be called flat. */
const FLAT = 1.5;

// Where state is kept, not /tmp: a write that waits for the disk has to wait for a real one.
const scratch = mkdtempSync("/var/tmp/ces-bench-");
const clock = { now: () => new Date().toISOString(), epochMs: () => Date.now(), monotonicMs: () => performance.now() };

const draft: LedgerDraft = {
  event_type: "state_transition",
  actor: { id: "ces", kind: "control_plane", proof: "none" },
  delivery_id: null,
  summary: "frozen",
  decision: "completed",
  rationale: "every changed file is in scope",
  previous_state: "in_flight",
  new_state: "verifying",
  refs: ["R-0123456789ab", "4b825dc642cb6eb9a060e54bf8d69288fbee4904"],
  data: { attempt: 1, retry_count: 0, version: 7 },
};

await measure("ledger", async () => {
  try {
    const small = openAt("small", SMALL);
    const large = openAt("large", LARGE);
    const raw = rawInserts(join(scratch, "raw.db"), small.bytes());
    const appended = await takeTurns(APPENDS, { ours: small.append, raw, large: large.append });
    const verified = await takeTurns(5, { ours: large.verify, plain: large.plainLoop, small: small.verify });
    return [
      timesAsFast("durable append of one entry, raw insert", appended.ours, appended.raw, 0.8),
      timesAsFast(`verify ${LARGE} entries, plain hash loop`, verified.ours, verified.plain, 0.7),
      flat(`append per entry, ${LARGE} against ${SMALL}`, median(appended.large), median(appended.ours), FLAT),
      flat(
        `verify per entry, ${LARGE} against ${SMALL}`,
        median(verified.ours) / large.count(),
        median(verified.small) / small.count(),
        FLAT,
      ),
    ] satisfies Figure[];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});

function openAt(name: string, entries: number) {
  const directory = join(scratch, name);
  const keys = openKeys(directory);
  const parts = {
    crypto: nodeCrypto,
    random: randomBytes,
    project_id: "p".repeat(32),
    keys: keys.ledger,
    signer: keys.signer,
    ring: keys.ring,
  };
  const files = { file: join(directory, "state.db"), head_file: join(directory, "head") };
  const store = openStore({ ...files, sealer: ledgerSealer(parts), clock, random: randomBytes });
  const commit = (count: number): void => {
    const done = store.commit({
      delivery_id: null,
      expected_version: null,
      fence: 0,
      snapshot: null,
      entries: Array.from({ length: count }, () => draft),
      effects: [],
      effects_done: [],
      rows: [],
    });
    if (done.kind !== "committed") throw new Error(`the store refused: ${done.detail}`);
  };
  for (let left = entries; left > 0; left -= 1_000) commit(Math.min(left, 1_000));
  return {
    append: () => commit(1),
    count: () => store.entryCount(),
    bytes: () => store.entries({ limit: 1 })[0]?.bytes ?? "",
    verify: () => {
      const audit = openAudit(files);
      const verdict = verifyLedger(parts, audit);
      audit.close();
      if (verdict.kind !== "valid") throw new Error(JSON.stringify(verdict));
    },
    plainLoop: () => plainLoop(files.file),
  };
}

// The same columns, triggers none, one chain value of the right size: what a log without any of ours would write.
function rawInserts(file: string, bytes: string): () => void {
  const db = new Database(file);
  for (const pragma of ["journal_mode = WAL", "synchronous = FULL"]) db.pragma(pragma);
  db.exec(
    "CREATE TABLE ledger (seq INTEGER PRIMARY KEY, bytes TEXT NOT NULL, prev_mac TEXT NOT NULL, mac TEXT NOT NULL, key_fingerprint TEXT NOT NULL) STRICT",
  );
  const put = db.prepare("INSERT INTO ledger (bytes, prev_mac, mac, key_fingerprint) VALUES (?, ?, ?, ?)");
  const insert = db.transaction(() => put.run(bytes, "0".repeat(64), "1".repeat(64), "2".repeat(64)));
  return () => void insert.immediate();
}

/** Reads every row and chains one HMAC over it: the least that any verification has to do. */
function plainLoop(file: string): void {
  const db = new Database(file, { readonly: true });
  let mac = "0".repeat(64);
  for (const row of db
    .prepare<[], { bytes: string }>("SELECT seq, bytes, prev_mac, mac, key_fingerprint FROM ledger ORDER BY seq")
    .iterate())
    mac = createHmac("sha256", "k".repeat(32)).update(mac).update(row.bytes).digest("hex");
  db.close();
  if (mac.length !== 64) throw new Error("no chain");
}
