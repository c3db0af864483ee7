// What a CSC 0.1 engine and runner would answer, for its vectors and for readers of its receipts; nothing of the house decides by it.
export {
  type LauncherAnswer,
  type LauncherConfig,
  type LauncherPlan,
  type PathKind,
  referenceLauncherArgv,
} from "./reference/launcher-argv.ts";
export { referenceBlocks } from "./reference/blocked-command.ts";
export { NOT_ABSOLUTE, referenceScopeRefusal } from "./reference/declared-scope.ts";
export { type ReferenceAnswer, referenceAnswer } from "./reference/reference-answer.ts";
export { receiptPayload } from "./receipts/receipt-payload.ts";
export { contractText } from "./digests.ts";
export { policyText } from "./policy-text.ts";
