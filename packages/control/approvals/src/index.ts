// Takes consents and facts, gives gates, approvals and the merge decision.
export { type ApprovalCheck, type ApprovedFacts, movedParts, sealApproval, verifyApproval } from "./approval.ts";
export { consentMessage } from "./consent-message.ts";
export { type Consent, gateSatisfied, gateSupplied, strictestGate } from "./gate.ts";
export { mergeChecks, type MergeFacts } from "./merge-checks.ts";
