// Signed decision receipts: written under a closed schema, verified by anyone with a public key.
export type { ChainReport } from "./chain/chain-report.ts";
export { type ChainHead, EMPTY_CHAIN } from "./signing/chain-head.ts";
export type { ReceiptSigner } from "./signing/receipt-signer.ts";
export type { SignCause, Signed, SignRefusal } from "./signing/signed.ts";
export { type Cause, type Finding, type Outcome, outcomeOf, vectorExit, type Warning } from "./verify/cause.ts";
export type { KeyStatus, ReceiptReport, ReceiptShape } from "./verify/report.ts";
export { CHECKPOINT_TYPE, type CheckpointPayload } from "./written/checkpoint.ts";
export { DECISION_TYPE, type DecisionDraft, type DecisionPayload, type EvidenceEntry } from "./written/decision.ts";
export { EXECUTION_TYPE, type ExecutionDraft, type ExecutionPayload } from "./written/execution.ts";
export { KEY_ROTATION_TYPE, type KeyRotationDraft, type KeyRotationPayload } from "./written/key-rotation.ts";
export type { ChainPayload, ReceiptDraft, WrittenPayload } from "./written/payload.ts";
export { type Receipt, SIG_ALG, type SignatureBlock, SPEC } from "./written/receipt.ts";
export type { SandboxBackend, SandboxMembers, SandboxObservation } from "./written/sandbox-truth.ts";
