// A commit that belongs to no delivery: identities, halts and their releases.
import { CesError } from "@ces/kernel";
import type { Store, StoreRow } from "@ces/ports";
import type { LedgerDraft } from "@ces/records";

/** Writes one row with its entry. Throws CesError STEP_REFUSED. */
export function recordAlone(store: Store, row: Omit<StoreRow, "delivery_id">, entry: LedgerDraft): void {
  const result = store.commit({
    delivery_id: null,
    expected_version: null,
    fence: null,
    snapshot: null,
    entries: [entry],
    effects: [],
    effects_done: [],
    rows: [{ ...row, delivery_id: null }],
  });
  if (result.kind === "refused")
    throw new CesError("STEP_REFUSED", `it was not recorded: ${result.detail} (\`${result.code}\`)`, {
      remedy: "ces audit",
    });
}
