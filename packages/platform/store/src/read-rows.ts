// Reading: each row is believed first and decoded second.
import { parseJson, type Json } from "@ces/kernel";
import type { EntryQuery, RecordKind, StoredRow, TrailRow } from "@ces/ports";
import type { DeliverySnapshot, Effect, SealedEntry } from "@ces/records";
import { and, asc, desc, gte, sql, type SQL } from "drizzle-orm";
import { believeEntry, believeRows, believeTrail } from "./believe.ts";
import { refresh } from "./catch-up.ts";
import type { Opened } from "./opened.ts";
import { TRAIL_KINDS } from "./prepare-step.ts";
import { EffectBody, Kind, SnapshotBody } from "./rows.schema.ts";
import { tampered } from "./store-error.ts";
import { ledger } from "./tables.ts";

/** The newest snapshot of a delivery. */
export function readSnapshot(opened: Opened, delivery_id: string): DeliverySnapshot | undefined {
  refresh(opened);
  const row = opened.statements.snapshot.get({ delivery_id });
  return row && decodeSnapshot(opened, row);
}

/** The newest snapshot of each delivery, the last changed first. */
export function readDeliveries(opened: Opened, limit: number): readonly DeliverySnapshot[] {
  refresh(opened);
  return opened.statements.latest.all({ limit }).map((row) => decodeSnapshot(opened, row));
}

/** One record. */
export function readRecord(opened: Opened, kind: RecordKind, id: string): StoredRow | undefined {
  refresh(opened);
  const { statements } = opened;
  if (TRAIL_KINDS.has(kind)) {
    const row = statements.trailRecord.get({ kind, id });
    return row && decodeTrail(opened, row);
  }
  const row = statements.record.get({ kind, id });
  return row && decodeRecord(opened, row);
}

/** The last record of a kind. */
export function readNewest(opened: Opened, kind: RecordKind): StoredRow | undefined {
  refresh(opened);
  const { statements } = opened;
  if (TRAIL_KINDS.has(kind)) {
    const row = statements.newestTrail.get({ kind });
    return row && decodeTrail(opened, row);
  }
  const row = statements.newestRecord.get({ kind });
  return row && decodeRecord(opened, row);
}

/** Records of a kind, oldest first. */
export function readRecords(opened: Opened, kind: RecordKind, delivery_id: string | undefined): readonly StoredRow[] {
  refresh(opened);
  const { statements } = opened;
  if (TRAIL_KINDS.has(kind)) {
    const rows =
      delivery_id === undefined
        ? statements.trailOf.all({ kind })
        : statements.trailOfDelivery.all({ kind, delivery_id });
    return rows.map((row) => decodeTrail(opened, row));
  }
  const rows =
    delivery_id === undefined
      ? statements.recordsOf.all({ kind })
      : statements.recordsOfDelivery.all({ kind, delivery_id });
  return rows.map((row) => decodeRecord(opened, row));
}

/** Effects of a delivery that are not done, oldest first. */
export function readPending(opened: Opened, delivery_id: string): readonly Effect[] {
  refresh(opened);
  return opened.statements.effectsOf
    .all({ delivery_id })
    .filter((row) => !isDone(opened, row.effect_id))
    .map((row) => {
      believeRows(opened, row.seq);
      const effect = EffectBody.parse(json(row.body));
      if (effect.effect_id !== row.effect_id || effect.delivery_id !== row.delivery_id) throw mixed("effects", row.n);
      return effect;
    });
}

/** Ledger entries by filter; all filters hold together. Oldest first unless told otherwise. */
export function readEntries(opened: Opened, query: EntryQuery): readonly SealedEntry[] {
  refresh(opened);
  const newestFirst = query.newest_first === true;
  const rows = opened.statements.db
    .select()
    .from(ledger)
    .where(and(...conditions(query)))
    .orderBy(newestFirst ? desc(ledger.seq) : asc(ledger.seq))
    .limit(query.limit ?? -1)
    .offset(query.offset ?? 0)
    .all();
  return rows.map((row) => believeEntry(opened, row));
}

function conditions(query: EntryQuery): SQL[] {
  const member = (path: string, operator: SQL, value: string | undefined): SQL[] =>
    value === undefined ? [] : [sql`json_extract(${ledger.bytes}, ${path}) ${operator} ${value}`];
  return [
    ...(query.from_seq === undefined ? [] : [gte(ledger.seq, query.from_seq)]),
    ...member("$.event_type", sql`=`, query.event_type),
    ...member("$.actor.id", sql`=`, query.actor),
    ...member("$.delivery_id", sql`=`, query.delivery_id),
    ...member("$.recorded_at", sql`>=`, query.after),
    ...member("$.recorded_at", sql`<=`, query.before),
  ];
}

function isDone(opened: Opened, effect_id: string): boolean {
  const row = opened.statements.done.get({ effect_id });
  if (row) believeRows(opened, row.seq);
  return row !== undefined;
}

function decodeSnapshot(
  opened: Opened,
  row: { n: number; delivery_id: string; version: number; body: string; seq: number },
): DeliverySnapshot {
  believeRows(opened, row.seq);
  const snapshot = SnapshotBody.parse(json(row.body));
  if (snapshot.delivery_id !== row.delivery_id || snapshot.version !== row.version) throw mixed("snapshots", row.n);
  return snapshot;
}

function decodeRecord(
  opened: Opened,
  row: {
    n: number;
    kind: string;
    id: string;
    delivery_id: string | null;
    body: string;
    recorded_at: string;
    seq: number;
  },
): StoredRow {
  believeRows(opened, row.seq);
  return {
    rowid: row.n,
    kind: Kind.parse(row.kind),
    id: row.id,
    delivery_id: row.delivery_id,
    body: json(row.body),
    recorded_at: row.recorded_at,
  };
}

function decodeTrail(opened: Opened, found: TrailRow): StoredRow {
  const row = believeTrail(opened, found);
  return {
    rowid: row.n,
    kind: Kind.parse(row.kind),
    id: row.id,
    delivery_id: row.delivery_id,
    body: json(row.body),
    recorded_at: row.recorded_at,
  };
}

function json(text: string): Json {
  const read = parseJson(text, { maxBytes: 1024 * 1024 * 1024, maxDepth: 1000 });
  if (read.kind === "parsed") return read.value;
  throw tampered("STATE_MODIFIED", "a stored body is not JSON");
}

function mixed(table: string, n: number): Error {
  return tampered("STATE_MODIFIED", `\`${table}\` row ${n} does not fit its own body`);
}
