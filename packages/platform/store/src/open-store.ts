// Opening the store: file, schema, head, chain; then everything behind the port.
import { CesError, encodeHex, type Clock, type Random } from "@ces/kernel";
import type { LedgerSealer, Store } from "@ces/ports";
import { catchUp, refresh } from "./catch-up.ts";
import { appendTrail, commitStep } from "./commit-step.ts";
import { createDatabase, openConnection } from "./connection.ts";
import { databaseExists } from "./database-file.ts";
import { headFile, type HeadFile } from "./head-file.ts";
import { takeLock } from "./kernel-lock.ts";
import { headOf, standingOf, transactor, type Opened } from "./opened.ts";
import {
  readDeliveries,
  readEntries,
  readNewest,
  readPending,
  readRecord,
  readRecords,
  readSnapshot,
} from "./read-rows.ts";
import { LeaseBody } from "./rows.schema.ts";
import { naming, tampered } from "./store-error.ts";
import { prepareStatements } from "./statements.ts";
import { ownedDirectory } from "@ces/files";
import { dirname } from "node:path";

/** Where the store is and what it seals with. `head_file` stands beside the database in the trust domain. */
export type StorePlace = {
  readonly file: string;
  readonly head_file: string;
  readonly sealer: LedgerSealer;
  readonly clock: Clock;
  readonly random: Random;
};

/** The store, with the fencing tokens that leases are made of. */
export type OpenStore = Store & {
  readonly grantFence: (delivery_id: string, lease: LeaseBody) => number;
  readonly leaseOf: (delivery_id: string) => (LeaseBody & { readonly fence: number }) | undefined;
};

/**
 * Opens the store, making it the first time. Throws CesError: STATE_UNSAFE (5), STORE_SCHEMA (4), STORE_NEWER (5),
 * STORE_BUSY (1), STORE_DAMAGED (4) and what `catchUp` throws.
 */
export function openStore(place: StorePlace): OpenStore {
  const opened = open(place);
  return {
    database_id: opened.database_id,
    commit: (step) => commitStep(opened, step),
    snapshot: (delivery_id) => naming(() => readSnapshot(opened, delivery_id)),
    deliveries: (limit) => naming(() => readDeliveries(opened, limit)),
    record: (kind, id) => naming(() => readRecord(opened, kind, id)),
    records: (kind, filter) => naming(() => readRecords(opened, kind, filter?.delivery_id)),
    newest: (kind) => naming(() => readNewest(opened, kind)),
    pendingEffects: (delivery_id) => naming(() => readPending(opened, delivery_id)),
    entries: (query) => naming(() => readEntries(opened, query)),
    entryCount: () => {
      refresh(opened);
      return opened.now.chain.count;
    },
    grantFence: (delivery_id, lease) =>
      appendTrail(opened, { kind: "lease", id: encodeHex(place.random(16)), delivery_id, body: JSON.stringify(lease) }),
    leaseOf: (delivery_id) => leaseOf(opened, delivery_id),
    close: () => {
      opened.connection.close();
      opened.headFile.close();
    },
  };
}

function open(place: StorePlace): Opened {
  ownedDirectory(dirname(place.head_file));
  const head = headFile(place.head_file, place.sealer.openHead);
  if (!databaseExists(place.file)) makeStore(place, head);
  const connection = openConnection(place.file, { readonly: false });
  try {
    return naming(() => checked(place, { connection, head }));
  } catch (error) {
    connection.close();
    head.close();
    throw error;
  }
}

function checked(
  place: StorePlace,
  on: { readonly connection: ReturnType<typeof openConnection>; readonly head: HeadFile },
): Opened {
  const statements = prepareStatements(on.connection);
  const meta = statements.meta.get();
  if (meta?.project_id !== place.sealer.project_id)
    throw tampered("LEDGER_OTHER_DATABASE", "`meta` names another project");
  const read = on.head.read();
  if (!read) throw tampered("HEAD_MISSING", "the database has no signed head beside it");
  const opened: Opened = {
    connection: on.connection,
    transact: transactor(on.connection),
    statements,
    sealer: place.sealer,
    headFile: on.head,
    clock: place.clock,
    database_id: meta.database_id,
    first_key_fingerprint: read.head.first_key_fingerprint,
    now: standingOf(read.head),
    dataVersion: -1,
    believed: new Set(),
  };
  catchUp(opened);
  return opened;
}

// INVARIANT: the head is made first, so that a database without a head is never the trace of a crash. Two first runs at once
// take turns.
function makeStore(place: StorePlace, head: HeadFile): void {
  const lock = takeLock(`${place.file}.creating`, { wait_ms: 10_000, mode: 0o600 });
  if (!lock) throw new CesError("STORE_BUSY", "another process is making the database", { remedy: "try again" });
  try {
    if (!databaseExists(place.file)) makeLocked(place, head);
  } finally {
    lock.release();
  }
}

function makeLocked(place: StorePlace, head: HeadFile): void {
  const read = head.read();
  if (read && (read.head.count > 0 || read.head.trail_count > 0))
    throw tampered("LEDGER_BEHIND_HEAD", `the database is missing, its signed head says ${read.head.count} entries`);
  const database_id = read?.head.database_id ?? encodeHex(place.random(16));
  if (!read) head.create(place.sealer.signHead(emptyHead(place, database_id)));
  createDatabase(place.file, { database_id, project_id: place.sealer.project_id });
}

function emptyHead(place: StorePlace, database_id: string) {
  const chain = place.sealer.empty();
  const rows = { snapshots: 0, effects: 0, effects_done: 0, records: 0 };
  return headOf(
    { sealer: place.sealer, database_id, first_key_fingerprint: chain.key_fingerprint },
    { chain, rows },
    place.clock.now(),
  );
}

function leaseOf(opened: Opened, delivery_id: string): (LeaseBody & { readonly fence: number }) | undefined {
  refresh(opened);
  const row = opened.statements.lease.get({ delivery_id });
  if (!row) return undefined;
  if (!opened.sealer.isSealedTrail(row))
    throw new CesError("TRAIL_MODIFIED", `\`trail\` row ${row.n} was changed after it was written`, {
      remedy: "ces audit verify",
    });
  return { ...LeaseBody.parse(JSON.parse(row.body)), fence: row.n };
}
