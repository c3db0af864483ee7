// A failed or rejected delivery tries again: a new attempt from the base, with what is left of the budget and what was found as data.
import { CesError } from "@ces/kernel";
import type { Actor, DeliverySnapshot } from "@ces/records";
import type { EngineContext } from "./context.ts";
import { dependenciesMerged } from "./deps/dependencies-merged.ts";
import { retryOnNewBase } from "./deps/retry-on-new-base.ts";
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

/**
 * Issues the next attempt. A delivery that waited for dependencies which are merged by now goes on from the branch as it is,
 * under the next version of its contract. Throws RETRY_POINTLESS, RETRIES_SPENT, TRANSITION_REFUSED.
 */
export async function retryDelivery(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  actor: Actor,
): Promise<DeliverySnapshot> {
  if (dependenciesMerged(ctx.store, snapshot)) return retryOnNewBase(ctx, snapshot, actor);
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
