// What the person's checkout would have to change, if the target branch is what they have checked out (S15).
import type { MergeCandidate } from "@ces/records";
import { type CheckoutAnswer, planCheckout } from "@ces/workspace";
import type { EngineContext } from "./context.ts";

export type CheckoutNeed = CheckoutAnswer | { readonly kind: "not_checked_out" };

/** The plan for this checkout. Other checkouts of the branch are named, never touched. */
export async function checkoutPlan(
  ctx: EngineContext,
  ref: string,
  trees: Pick<MergeCandidate, "base_tree" | "tree">,
): Promise<CheckoutNeed> {
  const checkouts = await ctx.git.checkoutsOf(ref);
  for (const other of checkouts.filter((checkout) => !checkout.current)) {
    ctx.report({
      kind: "note",
      level: "warning",
      text: `another checkout stands on this branch and is left as it is: ${other.root ?? other.git_dir}`,
    });
  }
  if (!checkouts.some((checkout) => checkout.current)) return { kind: "not_checked_out" };
  return planCheckout({ git: ctx.git, root: ctx.places.project_root, fromTree: trees.base_tree, toTree: trees.tree });
}
