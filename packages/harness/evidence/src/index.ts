// Evidence: what was measured about one candidate, what it means, and the seal on it.
export { assembleEvidence, type EvidenceFacts } from "./assemble-evidence.ts";
export { weightOf, type BlockerCode, type BlockerWeight } from "./blockers.ts";
export { compareClaim, type ClaimComparison, type ClaimFacts } from "./compare-claim.ts";
export { findBlockers, type BlockerFacts } from "./find-blockers.ts";
export { closureChanges, judgeChecks, type JudgeInput } from "./judge-checks.ts";
export { parseClaim, type ClaimRead } from "./parse-claim.ts";
export {
  evidenceHash,
  sealEvidence,
  verifyEvidence,
  type EvidenceVerification,
  type SealFault,
} from "./seal-evidence.ts";
