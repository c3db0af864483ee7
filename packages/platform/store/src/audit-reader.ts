// Reading a database that may be broken: nothing is compared with the head and nothing is written, so that
// `ces audit verify` can name what is wrong instead of being refused at the door.
import type { CommitParts, TrailRow } from "@ces/ports";
import type { SealedEntry, SignedHead } from "@ces/records";
import { readOwned } from "@ces/files";
import { openConnection, type Connection } from "./connection.ts";
import { databaseExists } from "./database-file.ts";
import { newestHead } from "./head-file.ts";
import { tampered } from "./store-error.ts";

/** A database as it stands, in the shape that the ledger's verification takes. */
export type AuditReader = {
  readonly database_id: string;
  readonly project_id: string;
  /** The newest head that parses; its signature is for the verification to judge. */
  readonly head: SignedHead | undefined;
  readonly entries: Iterable<SealedEntry>;
  readonly trail: Iterable<TrailRow>;
  readonly state: Iterable<{ readonly seq: number; readonly parts: CommitParts }>;
  readonly close: () => void;
};

/** Opens a database for verification. Throws CesError LEDGER_BEHIND_HEAD (missing), STORE_SCHEMA, STORE_DAMAGED, STATE_UNSAFE. */
export function openAudit(place: { readonly file: string; readonly head_file: string }): AuditReader {
  const head = newestHead(readOwned(place.head_file));
  if (!databaseExists(place.file)) throw tampered("LEDGER_BEHIND_HEAD", "the database is missing");
  const connection = openConnection(place.file, { readonly: true });
  const open = new Set<Iterator<unknown>>();
  const read = reading(connection, open);
  // The rows were made by CES or by whoever tampered; what they claim is judged by their chain values, not here.
  const meta = connection.prepare("SELECT database_id, project_id FROM meta").get() as
    | { database_id: string; project_id: string }
    | undefined;
  return {
    database_id: meta?.database_id ?? "",
    project_id: meta?.project_id ?? "",
    head,
    entries: {
      [Symbol.iterator]: () =>
        read<SealedEntry>("SELECT seq, bytes, prev_mac, mac, key_fingerprint FROM ledger ORDER BY seq"),
    },
    trail: { [Symbol.iterator]: () => read<TrailRow>("SELECT * FROM trail ORDER BY n") },
    state: { [Symbol.iterator]: () => stateRows(read) },
    close: () => {
      // A verification that stops early leaves its readings open.
      for (const one of open) one.return?.();
      connection.close();
    },
  };
}

type Read = <Row>(sql: string) => IterableIterator<Row>;

function reading(connection: Connection, open: Set<Iterator<unknown>>): Read {
  return <Row>(sql: string) => {
    const rows = connection.prepare<[], Row>(sql).iterate();
    open.add(rows);
    return rows;
  };
}

const COLUMNS = {
  snapshots: "n, delivery_id, version, body, seq",
  effects: "n, effect_id, delivery_id, body, seq",
  effects_done: "n, effect_id, seq",
  records: "n, kind, id, delivery_id, body, recorded_at, seq",
} as const;

// Four tables merged by entry number, each read once.
function* stateRows(read: Read): Generator<{ readonly seq: number; readonly parts: CommitParts }> {
  const table = <Row>(name: keyof typeof COLUMNS) =>
    grouped(read<Row & { readonly seq: number }>(`SELECT ${COLUMNS[name]} FROM ${name} ORDER BY seq, n`));
  const tables = {
    snapshots: table<CommitParts["snapshots"][number]>("snapshots"),
    effects: table<CommitParts["effects"][number]>("effects"),
    effects_done: table<CommitParts["effects_done"][number]>("effects_done"),
    records: table<CommitParts["records"][number]>("records"),
  };
  for (;;) {
    const due = Object.values(tables).flatMap((one) => one.seq() ?? []);
    if (due.length === 0) return;
    const seq = Math.min(...due);
    const { snapshots, effects, effects_done, records } = tables;
    yield {
      seq,
      parts: {
        snapshots: snapshots.take(seq),
        effects: effects.take(seq),
        effects_done: effects_done.take(seq),
        records: records.take(seq),
      },
    };
  }
}

function grouped<Row extends { readonly seq: number }>(
  source: Iterator<Row>,
): { readonly seq: () => number | undefined; readonly take: (seq: number) => Row[] } {
  let ahead = source.next();
  return {
    seq: () => (ahead.done ? undefined : ahead.value.seq),
    take: (seq) => {
      const taken: Row[] = [];
      for (; !ahead.done && ahead.value.seq === seq; ahead = source.next()) taken.push(ahead.value);
      return taken;
    },
  };
}
