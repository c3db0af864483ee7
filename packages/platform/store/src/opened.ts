// One open database with its head: what every operation of the store works on.
import type { ChainHead, CommitParts, LedgerSealer } from "@ces/ports";
import type { Clock } from "@ces/kernel";
import type { LedgerHead } from "@ces/records";
import type { Connection } from "./connection.ts";
import type { HeadFile } from "./head-file.ts";
import type { Statements } from "./statements.ts";

/** An open store. `now` is where both chains stood when this process last looked; `dataVersion` tells whether others wrote since. */
export type Opened = {
  readonly connection: Connection;
  /** Runs synchronous work in one BEGIN IMMEDIATE transaction; prepared once. */
  readonly transact: <Result>(work: () => Result) => Result;
  readonly statements: Statements;
  readonly sealer: LedgerSealer;
  readonly headFile: HeadFile;
  readonly clock: Clock;
  readonly database_id: string;
  readonly first_key_fingerprint: string;
  now: Standing;
  dataVersion: number;
  /** Entries whose rows were checked against them; emptied whenever another process has written. */
  readonly believed: Set<number>;
};

/** A `transact` over one connection. */
export function transactor(connection: Connection): Opened["transact"] {
  const run = connection.transaction((work: () => unknown) => work());
  // The transaction gives back what the work gave it.
  return <Result>(work: () => Result) => run.immediate(work) as Result;
}

/** Both chains and the number of rows in each table of state. */
export type Standing = { readonly chain: ChainHead; readonly rows: LedgerHead["rows"] };

/** The standing that a signed head names. */
export function standingOf(head: LedgerHead): Standing {
  const { count, mac, key_fingerprint, trail_count, trail_mac } = head;
  return { chain: { count, mac, key_fingerprint, trail_count, trail_mac }, rows: head.rows };
}

/** Signs and writes the head of a standing. */
export function writeHead(opened: Omit<Opened, "now" | "dataVersion">, standing: Standing, at: string): void {
  opened.headFile.write(opened.sealer.signHead(headOf(opened, standing, at)));
}

/** The head of a standing. */
export function headOf(
  opened: { readonly sealer: LedgerSealer; readonly database_id: string; readonly first_key_fingerprint: string },
  standing: Standing,
  at: string,
): LedgerHead {
  const { database_id, first_key_fingerprint } = opened;
  return {
    schema: "ces.ledger-head/v1",
    project_id: opened.sealer.project_id,
    database_id,
    first_key_fingerprint,
    ...standing.chain,
    rows: standing.rows,
    at,
  };
}

/** The rows of state stored with one entry. */
export function partsAt(statements: Statements, seq: number): CommitParts {
  return {
    snapshots: statements.snapshotsAt.all({ seq }),
    effects: statements.effectsAt.all({ seq }),
    effects_done: statements.doneAt.all({ seq }),
    records: statements.recordsAt.all({ seq }),
  };
}
