// Command contracts: what an agent asks for, what a policy answers, what a person approves, what a receipt proves.
export type { ApprovalArtifact, ApprovalMethod, ApprovalScope } from "./approval-artifact.ts";
export { type ApprovalsVerdict, verifyApprovals } from "./approvals/approvals-needed.ts";
export type { ApprovalRefusal, ApprovalVerdict } from "./approvals/approval-refusal.ts";
export { seedKey, signApproval, type SigningKey } from "./approvals/sign-approval.ts";
export { type ApprovalExpectation, verifyApproval } from "./approvals/verify-approval.ts";
export { canonicalCsc } from "./canonical-csc.ts";
export { argvsOf } from "./command-contract.ts";
export type { ApprovalMode, Argv, CommandContract, CommandScope, ContractActor } from "./command-contract.ts";
export type { ContractCommand, EffectType, ExecPart, NetworkMode, RiskClass } from "./command-contract.ts";
export type { CscPolicy, EffectRule, PinnedBinary, PolicyApprover } from "./csc-policy.ts";
export { decide, decisionDocument } from "./decide/decide.ts";
export { inheritRefusal, secretRefusal } from "./decide/inherit.ts";
export { approvalSha256, contractSha256, decisionSha256, type Hasher, policySha256, receiptSha256 } from "./digests.ts";
export { readApproval } from "./doors/read-approval.ts";
export { contractProblems, readContract } from "./doors/read-contract.ts";
export { policyProblems, readPolicy } from "./doors/read-policy.ts";
export { readReceipt, receiptProblems } from "./doors/read-receipt.ts";
export type { CommandResult, ExecutionMode, ExecutionReceipt, ReceiptApproval } from "./execution-receipt.ts";
export type {
  ReceiptBinary,
  ReceiptNetwork,
  ReceiptSandbox,
  ReceiptStatus,
  ReceiptVersion,
} from "./execution-receipt.ts";
export type { KeyRead } from "./keys/key-read.ts";
export { readPrivateKey } from "./keys/read-private-key.ts";
export { readPublicKey } from "./keys/read-public-key.ts";
export { limits, limitViolations, truncateError } from "./limits.ts";
export { hasDots, isWithin, isWithinResolved, normalPath, resolvedPath } from "./paths/normal-path.ts";
export { literalPrefix, type Scope, scopeOf } from "./paths/scope.ts";
export type { ClassifiedEffect, Decided, DecisionWord, Finding, PolicyDecision } from "./policy-decision.ts";
export type { DecideOptions, IdentityOf, JudgeArgvs } from "./ports-of-decision.ts";
export type { Problem, ProblemCode, Read } from "./problem.ts";
export { hardenedRefusal, inlineCode, reachedInterpreter } from "./reach/reached-interpreter.ts";
export { type HouseReasonCode, type PublishedReasonCode, type ReasonCode } from "./reason-code.ts";
export { publishedReceipt, receiptText } from "./receipts/receipt-text.ts";
export {
  type BlankReceipt,
  blankReceipt,
  blockedReceipt,
  type ReceiptOutcome,
  sealReceipt,
} from "./receipts/seal-receipt.ts";
export { signReceipt } from "./receipts/sign-receipt.ts";
export { type KeyLookup, type ReceiptVerdict, type TrustedKey, verifyReceipt } from "./receipts/verify-receipt.ts";
export type { SignatureBlock } from "./signature-block.ts";
