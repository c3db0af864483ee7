// After the ref moved: the person's checkout follows for the touched paths only, and nothing of theirs is lost (S15).
import { Merge } from "@ces/records";
import { applyCheckout } from "@ces/workspace";
import { CesError } from "@ces/kernel";
import { checkoutPlan } from "../checkout-plan.ts";
import { commitStep } from "../journal.ts";
import { recallCandidate, recallManifest } from "../recall.ts";
import type { Hop } from "../thread.ts";

/** Writes the merged paths into the checkout. A path that is in the way by now is left alone and named; the merge stands. */
export const updateCheckout: Hop = async (ctx, snapshot, effect) => {
  const row = ctx.store.record("merge", snapshot.delivery_id);
  if (row === undefined)
    throw new CesError("RECORD_MISSING", "the merge is not recorded", { remedy: "ces audit verify" });
  const merge = Merge.parse(row.body);
  const candidate = recallCandidate(ctx.store, snapshot.delivery_id);
  const { manifest } = recallManifest(ctx.store, snapshot.delivery_id);
  const plan = await checkoutPlan(ctx, manifest.target_ref, { base_tree: candidate.base_tree, tree: merge.tree });
  const applied = plan.kind === "ok" ? await applyCheckout(ctx.git, plan) : plan;
  if (applied.kind === "refused") {
    ctx.report({
      kind: "note",
      level: "warning",
      text: `the merge is in the branch; your checkout was left alone, in the way: ${applied.paths.join(", ")}`,
    });
  }
  commitStep(ctx, snapshot, { name: "checkout_updated", done: effect });
  return { kind: "moved" };
};
