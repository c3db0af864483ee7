// Worktrees and checkouts: materialise, freeze, lay over, find checks and dependencies, bring a checkout up to date.
export { applyCheckout, type ApplyAnswer } from "./apply-checkout.ts";
export { isCheckDefinition, isTestPath } from "./check-definition.ts";
export { countLines, type LineCounts } from "./count-lines.ts";
export {
  dependencyFolders,
  type DependencyBind,
  type DependencyFolders,
  type DependencyRequest,
  type RefusedBind,
} from "./dependency-folders.ts";
export { checkClosure, detectChecks, type DetectRequest } from "./detect-checks.ts";
export { writeFirstTree, type FirstTree, type FirstTreeAnswer } from "./first-tree.ts";
export { freeze, type FreezeRequest, type Frozen } from "./freeze.ts";
export { ignoreRules, readIgnoreRules, type Ignored } from "./ignore-rules.ts";
export { KEEP_LIMITS, keepTree, type KeepLimits, type KeptTree } from "./keep-tree.ts";
export { liveFacts, type LiveFact, type LiveFacts } from "./live-facts.ts";
export { laidOver, type LaidOver } from "./laid-over.ts";
export { materialize, type Materialize, type Materialized, type Owner } from "./materialize.ts";
export { parseCheckOutput } from "./parse-check-output.ts";
export { planCheckout, type CheckoutAnswer, type CheckoutPlan, type CheckoutRequest } from "./plan-checkout.ts";
export { protectedPaths, protectionOf, type ProtectedPath } from "./protected-paths.ts";
export { readHostile, type HostileLimits, type HostileRead, type HostileRefusal } from "./read-hostile.ts";
export { removeTree } from "./remove-tree.ts";
export type { FreezeScope } from "./sort-changes.ts";
export { FREEZE_LIMITS, type FreezeLimits } from "./survey-worktree.ts";
export { treeChanges, type TreeChange } from "./tree-changes.ts";
export { sourceAndTestRoots, type ScopeRequest } from "./write-scope.ts";
