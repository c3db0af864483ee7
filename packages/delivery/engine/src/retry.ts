// A failed or rejected delivery tries again: a new attempt from the base, with what is left of the budget and what was found as data.
import { CesError } from "@ces/kernel";
import type { Actor, DeliverySnapshot } from "@ces/records";
import type { EngineContext } from "./context.ts";
import { commitStep } from "./journal.ts";

/** Blockers that another attempt under the same contract cannot get past: its base, its budget, its rules are what they are. */
const final = new Set([
  "BASE_CONFLICT",
  "BRANCH_GONE",
  "BUDGET_SPENT",
  "POLICY_CHANGED",
  "MANIFEST_EXPIRED",
  "DEPENDENCY_CHANGE",
]);

/** True when trying again can end differently. */
export function worthRetrying({
  blockers,
  retry_count,
  max_retries,
}: Pick<DeliverySnapshot, "blockers" | "retry_count" | "max_retries">): boolean {
  return retry_count < max_retries && !blockers.some(({ code }) => final.has(code));
}

/** Issues the next attempt. Throws RETRY_POINTLESS, RETRIES_SPENT, TRANSITION_REFUSED. */
export function retryDelivery(ctx: EngineContext, snapshot: DeliverySnapshot, actor: Actor): DeliverySnapshot {
  const why = snapshot.blockers.find(({ code }) => final.has(code));
  if (why !== undefined)
    throw new CesError("RETRY_POINTLESS", `another attempt would end the same way: ${why.text}`, {
      remedy: 'ces build "…"',
    });
  return commitStep(ctx, snapshot, {
    name: "retry_issued",
    event: "retry",
    actor,
    patch: { candidate_tree: null, evidence_id: null, approval_id: null },
  });
}
