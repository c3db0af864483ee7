// The bytes an approver signs.

import { utf8Encode, type Json } from "@ces/kernel";
import type { ApprovalArtifact } from "../approval-artifact.ts";
import { canonicalCsc } from "../canonical-csc.ts";
import type { SignatureBlock } from "../signature-block.ts";

// SECURITY: no NUL inside, so no canonical text of another record can start with it; a receipt's signature never passes for an approval's.
const DOMAIN = "ces.csc.approval.v1";

/**
 * Domain, NUL, and the canonical text of the approval whose signature block lacks its value: contract, policy, expiry, scope, person and
 * key id are all inside. Throws CesError `CSC_NOT_CANONICAL`.
 */
export function approvalMessage(approval: ApprovalArtifact, block: Omit<SignatureBlock, "signature">): Uint8Array {
  const { algorithm, key_id, signed_at } = block;
  const bound = { ...approval, signature: { algorithm, key_id, signed_at } };
  // An approval is plain JSON by construction.
  return utf8Encode(`${DOMAIN}\0${canonicalCsc(bound as unknown as Json)}`);
}
