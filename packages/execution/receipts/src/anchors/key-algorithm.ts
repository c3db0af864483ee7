// Which algorithm a trusted key is for: its bytes tell, never the receipt. Source: spec/acta.md §1.2, §1.9.

import { isP256Point, isStrictPoint, P256_POINT_BYTES } from "@ces/kernel";

/** The algorithms that are verified. Only `EdDSA` is ever written. */
export type SignatureAlgorithm = "EdDSA" | "ES256";

/** Why a key cannot be used. */
export type KeyFault = { readonly code: "unusable_key" | "weak_public_key"; readonly text: string };

/** The algorithm of a key: 32 bytes are Ed25519's, 65 (04‖x‖y) P-256's. */
export function algorithmOfKey(key: Uint8Array): SignatureAlgorithm {
  return key.length === P256_POINT_BYTES ? "ES256" : "EdDSA";
}

/** What is wrong with a key's bytes; undefined for nothing. */
export function keyFault(key: Uint8Array): KeyFault | undefined {
  if (key.length === P256_POINT_BYTES)
    return isP256Point(key) ? undefined : { code: "unusable_key", text: "is no uncompressed point of P-256" };
  if (key.length !== 32) return { code: "unusable_key", text: `has ${key.length} bytes, not 32` };
  return isStrictPoint(key) ? undefined : { code: "weak_public_key", text: "is of small order or no canonical point" };
}
