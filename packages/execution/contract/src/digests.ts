// The hashes that join contract, policy, approval and receipt. Source: spec/csc.md §1.6.

import { sha256Hex, type Crypto, type Json } from "@ces/kernel";
import type { ApprovalArtifact } from "./approval-artifact.ts";
import { canonicalCsc } from "./canonical-csc.ts";
import type { CommandContract } from "./command-contract.ts";
import type { CscPolicy } from "./csc-policy.ts";
import type { ExecutionReceipt } from "./execution-receipt.ts";
import { policyText } from "./policy-text.ts";
import type { PolicyDecision } from "./policy-decision.ts";

/** What hashing needs. */
export type Hasher = Pick<Crypto, "sha256">;

/** Lower-case hex. `expected_outputs` counts as `[]` when it is absent, as in the reference. Throws CesError `CSC_NOT_CANONICAL`. */
export function contractSha256(contract: CommandContract, crypto: Hasher): string {
  return sha256Hex(crypto, contractText(contract));
}

/** The canonical text of a contract, which its hash is over. Throws as above. */
export function contractText(contract: CommandContract): string {
  // A contract is plain JSON by construction.
  return canonicalCsc({ ...contract, expected_outputs: contract.expected_outputs ?? [] } as unknown as Json);
}

/** Lower-case hex over the policy as it was written: a default that is spelled out changes it, a comment does not. Throws as above. */
export function policySha256(policy: CscPolicy, crypto: Hasher): string {
  return sha256Hex(crypto, policyText(policy));
}

/** Lower-case hex over the whole approval, its signature included. Throws as above. */
export function approvalSha256(approval: ApprovalArtifact, crypto: Hasher): string {
  return digest(approval, crypto);
}

/** Lower-case hex over the decision document. Throws as above. */
export function decisionSha256(decision: PolicyDecision, crypto: Hasher): string {
  return digest(decision, crypto);
}

/** Lower-case hex over the whole receipt, its signature included: what the next one of a chain names. Throws as above. */
export function receiptSha256(receipt: ExecutionReceipt, crypto: Hasher): string {
  return digest(receipt, crypto);
}

function digest(value: object, crypto: Hasher): string {
  // These types are plain JSON by construction; an absent optional member is left out by the canonical text.
  return sha256Hex(crypto, canonicalCsc(value as Json));
}
