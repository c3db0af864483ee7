// A rotation receipt among others: which key it hands the chain to, and from when. Source: spec/acta.md §7.3.
import { type Crypto, encodeHex, type JsonObject } from "@ces/kernel";
import { KEY_ROTATION_TYPE } from "@ces/receipts";
import { isObject } from "./layout.ts";

/** What a rotation receipt says. It counts only once its signature was verified. */
export type RotationFound = {
  readonly new_kid: string;
  readonly new_key_digest: string;
  readonly effective_at: string;
};

/** The rotation in a receipt; undefined for any other receipt. */
export function rotationOf(receipt: JsonObject): RotationFound | undefined {
  const payload = receipt["payload"];
  if (!isObject(payload) || payload["type"] !== KEY_ROTATION_TYPE) return undefined;
  const { new_kid, new_key_digest, effective_at } = payload;
  if (typeof new_kid !== "string" || typeof new_key_digest !== "string" || typeof effective_at !== "string")
    return undefined;
  return { new_kid, new_key_digest, effective_at };
}

/** `sha256:` of the 32 bytes of a public key, as a rotation names it. */
export function keyDigest(public_key: Uint8Array, crypto: Pick<Crypto, "sha256">): string {
  return `sha256:${encodeHex(crypto.sha256(public_key))}`;
}
