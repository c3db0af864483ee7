// The database as SQL, forward only: each step is applied once, in order, and never edited after it shipped.
// INVARIANT: every table is append-only with dense row numbers. The INSERT triggers also stop REPLACE and upsert, which
// delete without firing a DELETE trigger (spec/ces §6.5).

type Unique = readonly string[] | undefined;

function appendOnly(table: string, number: string, unique?: Unique): string {
  const same = unique?.map((column) => `${column} = NEW.${column}`).join(" AND ");
  const taken = same ? ` OR EXISTS (SELECT 1 FROM ${table} WHERE ${same})` : "";
  return `
CREATE TRIGGER ${table}_append BEFORE INSERT ON ${table}
WHEN NEW.${number} IS NOT (SELECT coalesce(max(${number}), 0) + 1 FROM ${table})${taken}
BEGIN SELECT RAISE(ABORT, '${table} takes new rows at its end only'); END;
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is never changed'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is never deleted from'); END;`;
}

const FIRST = `
CREATE TABLE meta (only INTEGER PRIMARY KEY CHECK (only = 1), database_id TEXT NOT NULL, project_id TEXT NOT NULL) STRICT;
CREATE TABLE ledger (
  seq INTEGER PRIMARY KEY, bytes TEXT NOT NULL, prev_mac TEXT NOT NULL, mac TEXT NOT NULL, key_fingerprint TEXT NOT NULL
) STRICT;
CREATE TABLE snapshots (
  n INTEGER PRIMARY KEY, delivery_id TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, seq INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX snapshots_version ON snapshots (delivery_id, version);
CREATE INDEX snapshots_seq ON snapshots (seq);
CREATE TABLE effects (
  n INTEGER PRIMARY KEY, effect_id TEXT NOT NULL, delivery_id TEXT NOT NULL, body TEXT NOT NULL, seq INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX effects_id ON effects (effect_id);
CREATE INDEX effects_delivery ON effects (delivery_id);
CREATE INDEX effects_seq ON effects (seq);
CREATE TABLE effects_done (n INTEGER PRIMARY KEY, effect_id TEXT NOT NULL, seq INTEGER NOT NULL) STRICT;
CREATE UNIQUE INDEX effects_done_id ON effects_done (effect_id);
CREATE INDEX effects_done_seq ON effects_done (seq);
CREATE TABLE records (
  n INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, delivery_id TEXT, body TEXT NOT NULL,
  recorded_at TEXT NOT NULL, seq INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX records_id ON records (kind, id);
CREATE INDEX records_seq ON records (seq);
CREATE TABLE trail (
  n INTEGER PRIMARY KEY, after_seq INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, delivery_id TEXT, body TEXT NOT NULL,
  recorded_at TEXT NOT NULL, key_fingerprint TEXT NOT NULL, prev_mac TEXT NOT NULL, mac TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX trail_id ON trail (kind, id);
CREATE INDEX trail_delivery ON trail (kind, delivery_id);
${appendOnly("meta", "only")}
${appendOnly("ledger", "seq")}
${appendOnly("snapshots", "n", ["delivery_id", "version"])}
${appendOnly("effects", "n", ["effect_id"])}
${appendOnly("effects_done", "n", ["effect_id"])}
${appendOnly("records", "n", ["kind", "id"])}
${appendOnly("trail", "n", ["kind", "id"])}
`;

/** SQL of each version, the first one at index 0; `user_version` counts the applied ones. */
export const migrations: readonly string[] = [FIRST];
