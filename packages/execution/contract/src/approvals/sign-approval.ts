// Signing an approval. Source: F-05.

import { CesError, encodeBase64, type Crypto } from "@ces/kernel";
import type { ApprovalArtifact } from "../approval-artifact.ts";
import { epochOf } from "../rfc3339.ts";
import { approvalMessage } from "./approval-message.ts";

/** The key and when. `signed_at` is RFC 3339; `sign` gives 64 bytes. */
export type SigningKey = {
  readonly key_id: string;
  readonly signed_at: string;
  readonly sign: (message: Uint8Array) => Uint8Array;
};

/** A signing key from a 32-byte seed. */
export function seedKey(
  seed: Uint8Array,
  { key_id, signed_at, crypto }: { readonly key_id: string; readonly signed_at: string; readonly crypto: Crypto },
): SigningKey {
  return { key_id, signed_at, sign: (message) => crypto.ed25519Sign(seed, message) };
}

/**
 * The approval with its signature; one that it had is replaced. Throws CesError `CSC_APPROVAL_UNBOUND` when it names no policy or no time
 * that can be read, `CSC_KEY_ID_EMPTY` for an empty key id.
 */
export function signApproval(approval: ApprovalArtifact, key: SigningKey): ApprovalArtifact {
  if (key.key_id === "") throw new CesError("CSC_KEY_ID_EMPTY", "a signature needs a key id");
  const times = [approval.approved_at, approval.expires_at, key.signed_at].map(epochOf);
  if (approval.policy_sha256 === undefined || times.includes(undefined)) {
    throw new CesError("CSC_APPROVAL_UNBOUND", "an approval is signed for one policy and between two RFC 3339 times");
  }
  const block = { algorithm: "ed25519", key_id: key.key_id, signed_at: key.signed_at } as const;
  const signature = encodeBase64(key.sign(approvalMessage(approval, block)));
  return { ...approval, signature: { ...block, signature } };
}
