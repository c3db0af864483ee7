// Command contracts: what an agent asks for, what a policy answers, what a person approves, what a receipt proves.
export type { ApprovalArtifact, ApprovalMethod, ApprovalScope } from "./approval-artifact.ts";
export { canonicalCsc } from "./canonical-csc.ts";
export { argvsOf } from "./command-contract.ts";
export type { ApprovalMode, Argv, CommandContract, CommandScope, ContractActor } from "./command-contract.ts";
export type { ContractCommand, EffectType, ExecPart, NetworkMode, RiskClass } from "./command-contract.ts";
export type { CscPolicy, EffectRule, PinnedBinary, PolicyApprover } from "./csc-policy.ts";
export { approvalSha256, contractSha256, decisionSha256, type Hasher, policySha256, receiptSha256 } from "./digests.ts";
export type { CommandResult, ExecutionMode, ExecutionReceipt, ReceiptApproval } from "./execution-receipt.ts";
export type {
  ReceiptBinary,
  ReceiptNetwork,
  ReceiptSandbox,
  ReceiptStatus,
  ReceiptVersion,
} from "./execution-receipt.ts";
export type { ClassifiedEffect, Decided, DecisionWord, Finding, PolicyDecision } from "./policy-decision.ts";
export type { DecideOptions, IdentityOf, IsInterpreter } from "./ports-of-decision.ts";
export type { Problem, ProblemCode, Read } from "./problem.ts";
export type { HouseReasonCode, PublishedReasonCode, ReasonCode } from "./reason-code.ts";
export type { SignatureBlock } from "./signature-block.ts";
