// The tables as drizzle sees them. `migrations.ts` makes them; a test holds the two against each other.
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Which database of which project this is: one row. */
export const meta = sqliteTable("meta", {
  only: integer().primaryKey(),
  database_id: text().notNull(),
  project_id: text().notNull(),
});

/** The chain (DESIGN §4). */
export const ledger = sqliteTable("ledger", {
  seq: integer().primaryKey(),
  bytes: text().notNull(),
  prev_mac: text().notNull(),
  mac: text().notNull(),
  key_fingerprint: text().notNull(),
});

/** Every version of every delivery's snapshot; `seq` is the entry that commits to the row, here and below. */
export const snapshots = sqliteTable("snapshots", {
  n: integer().primaryKey(),
  delivery_id: text().notNull(),
  version: integer().notNull(),
  body: text().notNull(),
  seq: integer().notNull(),
});

/** Effects to run after their commit. */
export const effects = sqliteTable("effects", {
  n: integer().primaryKey(),
  effect_id: text().notNull(),
  delivery_id: text().notNull(),
  body: text().notNull(),
  seq: integer().notNull(),
});

/** Effects that are done. */
export const effectsDone = sqliteTable("effects_done", {
  n: integer().primaryKey(),
  effect_id: text().notNull(),
  seq: integer().notNull(),
});

/** Immutable records by kind and id; `body` is canonical JSON. */
export const records = sqliteTable("records", {
  n: integer().primaryKey(),
  kind: text().notNull(),
  id: text().notNull(),
  delivery_id: text(),
  body: text().notNull(),
  recorded_at: text().notNull(),
  seq: integer().notNull(),
});

/** Meter, decision, receipt and lease rows: chained by themselves, covered by the next entry. */
export const trail = sqliteTable("trail", {
  n: integer().primaryKey(),
  after_seq: integer().notNull(),
  kind: text().notNull(),
  id: text().notNull(),
  delivery_id: text(),
  body: text().notNull(),
  recorded_at: text().notNull(),
  key_fingerprint: text().notNull(),
  prev_mac: text().notNull(),
  mac: text().notNull(),
});
