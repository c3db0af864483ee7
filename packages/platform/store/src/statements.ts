// Every statement of the hot path, prepared once per connection.
import { and, desc, eq, gt, sql, type Placeholder } from "drizzle-orm";
import { drizzle, type BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import type { Connection } from "./connection.ts";
import { effects, effectsDone, ledger, meta, records, snapshots, trail } from "./tables.ts";

/** The prepared statements of one connection. */
export type Statements = ReturnType<typeof prepareStatements>;

/** Every statement on an open, checked connection. Each is prepared when it is first asked for: a command uses a few of them. */
export function prepareStatements(connection: Connection) {
  const db = drizzle(connection);
  const dataVersion = () => connection.prepare("PRAGMA data_version").pluck();
  return lazily({ ...writes(db), ...lookups(db), ...lists(db), ...counters(db), dataVersion, db: () => db });
}

type Lazy<Makers extends Record<string, () => unknown>> = {
  readonly [Name in keyof Makers]: ReturnType<Makers[Name]>;
};

// The first reading of a member puts what its maker made in the getter's place.
function lazily<Makers extends Record<string, () => unknown>>(makers: Makers): Lazy<Makers> {
  const made = {};
  for (const [name, make] of Object.entries(makers)) {
    const get = (): unknown => {
      const value = make();
      Object.defineProperty(made, name, { value });
      return value;
    };
    Object.defineProperty(made, name, { configurable: true, enumerable: true, get });
  }
  return made as Lazy<Makers>; // each member is what its maker gives
}

const at = (name: string): Placeholder => sql.placeholder(name);

function writes(db: BetterSQLite3Database) {
  const { placeholder } = sql;
  const tail = { delivery_id: placeholder("delivery_id"), body: placeholder("body") };
  return {
    putEntry: () =>
      db
        .insert(ledger)
        .values({
          seq: placeholder("seq"),
          bytes: placeholder("bytes"),
          prev_mac: placeholder("prev_mac"),
          mac: placeholder("mac"),
          key_fingerprint: placeholder("key_fingerprint"),
        })
        .prepare(),
    putSnapshot: () =>
      db
        .insert(snapshots)
        .values({ n: placeholder("n"), version: placeholder("version"), seq: placeholder("seq"), ...tail })
        .prepare(),
    putEffect: () =>
      db
        .insert(effects)
        .values({ n: placeholder("n"), effect_id: placeholder("effect_id"), seq: placeholder("seq"), ...tail })
        .prepare(),
    putDone: () =>
      db
        .insert(effectsDone)
        .values({ n: placeholder("n"), effect_id: placeholder("effect_id"), seq: placeholder("seq") })
        .prepare(),
    putRecord: () =>
      db
        .insert(records)
        .values({
          n: placeholder("n"),
          kind: placeholder("kind"),
          id: placeholder("id"),
          recorded_at: placeholder("recorded_at"),
          seq: placeholder("seq"),
          ...tail,
        })
        .prepare(),
    putTrail: () =>
      db
        .insert(trail)
        .values({
          n: placeholder("n"),
          after_seq: placeholder("after_seq"),
          kind: placeholder("kind"),
          id: placeholder("id"),
          recorded_at: placeholder("recorded_at"),
          key_fingerprint: placeholder("key_fingerprint"),
          prev_mac: placeholder("prev_mac"),
          mac: placeholder("mac"),
          ...tail,
        })
        .prepare(),
  };
}

function lookups(db: BetterSQLite3Database) {
  return {
    meta: () => db.select().from(meta).prepare(),
    entry: () =>
      db
        .select()
        .from(ledger)
        .where(eq(ledger.seq, at("seq")))
        .prepare(),
    trailRow: () =>
      db
        .select()
        .from(trail)
        .where(eq(trail.n, at("n")))
        .prepare(),
    record: () =>
      db
        .select()
        .from(records)
        .where(and(eq(records.kind, at("kind")), eq(records.id, at("id"))))
        .prepare(),
    trailRecord: () =>
      db
        .select()
        .from(trail)
        .where(and(eq(trail.kind, at("kind")), eq(trail.id, at("id"))))
        .prepare(),
    snapshot: () =>
      db
        .select()
        .from(snapshots)
        .where(eq(snapshots.delivery_id, at("delivery_id")))
        .orderBy(desc(snapshots.version))
        .limit(1)
        .prepare(),
    effect: () =>
      db
        .select()
        .from(effects)
        .where(eq(effects.effect_id, at("effect_id")))
        .prepare(),
    done: () =>
      db
        .select()
        .from(effectsDone)
        .where(eq(effectsDone.effect_id, at("effect_id")))
        .prepare(),
    lease: () =>
      db
        .select()
        .from(trail)
        .where(and(eq(trail.kind, "lease"), eq(trail.delivery_id, at("delivery_id"))))
        .orderBy(desc(trail.n))
        .limit(1)
        .prepare(),
  };
}

function lists(db: BetterSQLite3Database) {
  return {
    recordsOf: () =>
      db
        .select()
        .from(records)
        .where(eq(records.kind, at("kind")))
        .orderBy(records.n)
        .prepare(),
    recordsOfDelivery: () =>
      db
        .select()
        .from(records)
        .where(and(eq(records.kind, at("kind")), eq(records.delivery_id, at("delivery_id"))))
        .orderBy(records.n)
        .prepare(),
    // The unary plus takes the indexes of kinds away: read backwards the table gives the newest row at once, where an index by kind
    // is read whole and sorted.
    newestRecord: () =>
      db
        .select()
        .from(records)
        .where(sql`+${records.kind} = ${at("kind")}`)
        .orderBy(desc(records.n))
        .limit(1)
        .prepare(),
    newestTrail: () =>
      db
        .select()
        .from(trail)
        .where(sql`+${trail.kind} = ${at("kind")}`)
        .orderBy(desc(trail.n))
        .limit(1)
        .prepare(),
    trailOf: () =>
      db
        .select()
        .from(trail)
        .where(eq(trail.kind, at("kind")))
        .orderBy(trail.n)
        .prepare(),
    trailOfDelivery: () =>
      db
        .select()
        .from(trail)
        .where(and(eq(trail.kind, at("kind")), eq(trail.delivery_id, at("delivery_id"))))
        .orderBy(trail.n)
        .prepare(),
    effectsOf: () =>
      db
        .select()
        .from(effects)
        .where(eq(effects.delivery_id, at("delivery_id")))
        .orderBy(effects.n)
        .prepare(),
    latest: () =>
      db
        .select()
        .from(snapshots)
        .where(
          sql`${snapshots.version} = (SELECT max(s.version) FROM snapshots s WHERE s.delivery_id = ${snapshots.delivery_id})`,
        )
        .orderBy(desc(snapshots.seq))
        .limit(sql.placeholder("limit"))
        .prepare(),
    entriesAfter: () =>
      db
        .select()
        .from(ledger)
        .where(gt(ledger.seq, at("seq")))
        .orderBy(ledger.seq)
        .prepare(),
    trailAfter: () =>
      db
        .select()
        .from(trail)
        .where(gt(trail.n, at("n")))
        .orderBy(trail.n)
        .prepare(),
    snapshotsAt: () =>
      db
        .select()
        .from(snapshots)
        .where(eq(snapshots.seq, at("seq")))
        .orderBy(snapshots.n)
        .prepare(),
    effectsAt: () =>
      db
        .select()
        .from(effects)
        .where(eq(effects.seq, at("seq")))
        .orderBy(effects.n)
        .prepare(),
    doneAt: () =>
      db
        .select()
        .from(effectsDone)
        .where(eq(effectsDone.seq, at("seq")))
        .orderBy(effectsDone.n)
        .prepare(),
    recordsAt: () =>
      db
        .select()
        .from(records)
        .where(eq(records.seq, at("seq")))
        .orderBy(records.n)
        .prepare(),
  };
}

function counters(db: BetterSQLite3Database) {
  // Rows in all, rows of entries behind the head, rows of entries that do not exist.
  const spread = (table: typeof snapshots | typeof effects | typeof effectsDone | typeof records) => {
    const since = (name: string) => sql<number>`count(*) FILTER (WHERE ${table.seq} > ${at(name)})`;
    return db
      .select({ total: sql<number>`count(*)`, later: since("head"), beyond: since("last") })
      .from(table)
      .prepare();
  };
  return {
    lastSeq: () =>
      db
        .select({ last: sql<number>`coalesce(max(${ledger.seq}), 0)` })
        .from(ledger)
        .prepare(),
    lastTrail: () =>
      db
        .select({ last: sql<number>`coalesce(max(${trail.n}), 0)` })
        .from(trail)
        .prepare(),
    counts: () => ({
      snapshots: spread(snapshots),
      effects: spread(effects),
      effects_done: spread(effectsDone),
      records: spread(records),
    }),
  };
}
