// One commit with the receipts of what it stores. Signing happens after the chain's head as it is known here; whoever was faster makes the
// commit fail, and it is signed again after theirs. Nothing is stored without its receipt, and no receipt without what it speaks of.
import { CesError } from "@ces/kernel";
import type { StepCommit } from "@ces/ports";
import type { EngineContext } from "../context.ts";
import { type PendingReceipt, signedRows } from "./pending-receipt.ts";

/** How often others may be faster at the end of the chain before it is no longer chance. */
const MOST_TURNS = 1000;

/** What committing needs. */
export type CommittingContext = Pick<EngineContext, "store" | "receipts" | "clock" | "crypto">;

/** Commits; all or nothing. Throws CesError STEP_REFUSED (the store says no), RECEIPT_REFUSED (nothing may be acted on), CHAIN_BROKEN. */
export function commitSigned(ctx: CommittingContext, step: StepCommit, pending: readonly PendingReceipt[]): void {
  for (let turn = 1; ; turn += 1) {
    const before = pending.length === 0 ? 0 : ctx.receipts.head().count;
    const signed = pending.length === 0 ? undefined : signedRows(ctx, pending, step.delivery_id);
    const result = ctx.store.commit({ ...step, rows: [...step.rows, ...(signed?.rows ?? [])] });
    if (result.kind === "committed") {
      if (signed !== undefined) ctx.receipts.advance(signed.head);
      return;
    }
    const overtaken = signed !== undefined && result.code === "RECORD_EXISTS" && ctx.receipts.reread().count > before;
    if (overtaken && turn < MOST_TURNS) continue;
    throw new CesError("STEP_REFUSED", `the step was not recorded: ${result.detail} (\`${result.code}\`)`, {
      remedy: "ces status",
    });
  }
}
