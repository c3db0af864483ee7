// Signing a receipt as the reference does. Source: spec/csc.md §1.7.

import { CesError, encodeBase64, type JsonObject } from "@ces/kernel";
import type { SigningKey } from "../approvals/sign-approval.ts";
import type { ExecutionReceipt } from "../execution-receipt.ts";
import type { SignatureBlock } from "../signature-block.ts";
import { receiptPayload } from "./receipt-payload.ts";

/** The receipt with its signature; one that it had is replaced. Throws CesError `CSC_KEY_ID_EMPTY`, `CSC_NOT_CANONICAL`. */
export function signReceipt(
  receipt: ExecutionReceipt,
  key: SigningKey,
): ExecutionReceipt & { readonly signature: SignatureBlock } {
  if (key.key_id === "") throw new CesError("CSC_KEY_ID_EMPTY", "a signature needs a key id");
  const block = { algorithm: "ed25519", key_id: key.key_id, signed_at: key.signed_at } as const;
  // A receipt is plain JSON by construction.
  const payload = receiptPayload({ ...receipt, signature: block } as unknown as JsonObject);
  return { ...receipt, signature: { ...block, signature: encodeBase64(key.sign(payload)) } };
}
