// A row of state is believed only if the entry that stored it was sealed with our key and commits to it (S32).
import type { TrailRow } from "@ces/ports";
import type { SealedEntry } from "@ces/records";
import { partsAt, type Opened } from "./opened.ts";
import { tampered } from "./store-error.ts";

/** Passes when everything stored with entry `seq` is what it commits to. Throws CesError STATE_MODIFIED (exit 4). */
export function believeRows(opened: Opened, seq: number): void {
  if (opened.believed.has(seq)) return;
  const entry = opened.statements.entry.get({ seq });
  if (!entry || !opened.sealer.believe(entry, partsAt(opened.statements, seq)))
    throw tampered("STATE_MODIFIED", `what is stored with ledger entry ${seq} is not what the entry commits to`);
  opened.believed.add(seq);
}

/** The entry, if it was sealed with a key of this project. Throws CesError LEDGER_MODIFIED (exit 4). */
export function believeEntry(opened: Opened, entry: SealedEntry): SealedEntry {
  if (opened.sealer.isSealed(entry)) return entry;
  throw tampered("LEDGER_MODIFIED", `ledger entry ${entry.seq} was changed after it was sealed`);
}

/** The trail row, if it was sealed with a key of this project. Throws CesError TRAIL_MODIFIED (exit 4). */
export function believeTrail(opened: Opened, row: TrailRow): TrailRow {
  if (opened.sealer.isSealedTrail(row)) return row;
  throw tampered("TRAIL_MODIFIED", `\`trail\` row ${row.n} was changed after it was written`);
}
