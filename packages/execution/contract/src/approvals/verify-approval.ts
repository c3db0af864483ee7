// One approval against one contract, one policy and one moment, in the order of the reference, then who gave it. Source: spec/csc.md §1.5, F-05.

import { decodeBase64, encodeHex, type Crypto } from "@ces/kernel";
import type { ApprovalArtifact } from "../approval-artifact.ts";
import type { PolicyApprover } from "../csc-policy.ts";
import { readPublicKey } from "../keys/read-public-key.ts";
import { epochOf } from "../rfc3339.ts";
import { approvalMessage } from "./approval-message.ts";
import { approvalRefused, type ApprovalVerdict } from "./approval-refusal.ts";

/** What an approval must fit. `now` is milliseconds since 1970. */
export type ApprovalExpectation = {
  readonly contract_sha256: string;
  readonly policy_sha256: string;
  readonly now: number;
  readonly crypto: Crypto;
  /** Whose signatures count. `unauthenticated` takes a bare artifact as the reference does: it proves nothing about who wrote it. */
  readonly approvers: readonly PolicyApprover[] | "unauthenticated";
  /** Who asked: never their own approver. */
  readonly initiating_user?: string;
  /** True for a `single_execution` approval that was consumed. */
  readonly alreadyUsed?: (approval_id: string) => boolean;
};

/** Clocks of two machines differ by less, milliseconds. */
const SKEW = 60_000;

/** Whether the approval holds. Never throws. */
export function verifyApproval(approval: ApprovalArtifact, expected: ApprovalExpectation): ApprovalVerdict {
  const bound = boundRefusal(approval, expected);
  if (bound !== undefined) return bound;
  if (approval.scope === "single_execution" && expected.alreadyUsed?.(approval.approval_id) === true) {
    return approvalRefused("used", "the approval was for one execution and is used");
  }
  return expected.approvers === "unauthenticated"
    ? { kind: "holds", key: null }
    : verifyOrigin(approval, expected, expected.approvers);
}

function boundRefusal(approval: ApprovalArtifact, expected: ApprovalExpectation): ApprovalVerdict | undefined {
  if (approval.contract_sha256 !== expected.contract_sha256)
    return approvalRefused("mismatch", "the approval is for another contract");
  const [approved, expires] = [epochOf(approval.approved_at), epochOf(approval.expires_at)];
  if (approved === undefined || expires === undefined)
    return approvalRefused("datetime", "a time of the approval is not RFC 3339 with an offset");
  if (expires <= approved) return approvalRefused("order", "the approval expires before it begins");
  if (expected.now >= expires) return approvalRefused("expired", "the approval is expired");
  if (approved > expected.now + SKEW) return approvalRefused("future", "the approval lies in the future");
  return undefined;
}

function verifyOrigin(
  approval: ApprovalArtifact,
  expected: ApprovalExpectation,
  approvers: readonly PolicyApprover[],
): ApprovalVerdict {
  if (approval.signature === undefined) return approvalRefused("unsigned", "the approval is not signed");
  if (approval.policy_sha256 !== expected.policy_sha256)
    return approvalRefused("policy_mismatch", "the approval is for another policy");
  const { identity } = approval.approver;
  // SECURITY: the artifact says who; the policy says which key that is.
  const known = approvers.find((one) => one.identity === identity);
  if (known === undefined) return approvalRefused("unknown_approver", "the approver is not one of the policy's");
  if (identity === expected.initiating_user)
    return approvalRefused("self_approval", "the person who asked cannot approve");
  const key = readPublicKey(known.public_key);
  if (key.kind === "refused" || !isSignedBy(approval, key.bytes, expected.crypto))
    return approvalRefused("invalid_signature", "the signature is not the approver's");
  const signed = epochOf(approval.signature.signed_at);
  if (signed === undefined || signed > expected.now + SKEW || signed >= (epochOf(approval.expires_at) ?? 0))
    return approvalRefused("signed_late", "the approval was not signed before now and its expiry");
  return { kind: "holds", key: encodeHex(key.bytes) };
}

function isSignedBy(approval: ApprovalArtifact, key: Uint8Array, crypto: Crypto): boolean {
  const block = approval.signature;
  const signature = block === undefined ? undefined : decodeBase64(block.signature);
  if (block === undefined || signature === undefined) return false;
  return crypto.ed25519Verify(key, approvalMessage(approval, block), signature);
}
