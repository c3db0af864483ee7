// The signature itself. Source: spec/acta.md §1.9 step 7.

import { isCurvePoint, type JsonObject } from "@ces/kernel";
import { algorithmOfKey } from "../anchors/key-algorithm.ts";
import type { Finding, Warning } from "./cause.ts";
import { signedInstead, signedInsteadText } from "./diagnose-signature.ts";
import type { LegacyConvention, VerifyCrypto } from "./verify-options.ts";

/** What is checked with what. */
export type SignatureCheck = {
  readonly signed: JsonObject;
  /** The signing input. */
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
  /** SECURITY: its bytes choose the algorithm; what the receipt says was compared with it before. */
  readonly public_key: Uint8Array;
  readonly crypto: VerifyCrypto;
  readonly accept: readonly LegacyConvention[];
};

/** No cause when it holds; a cause, and the way in which the signer went wrong when that can be told. */
export type SignatureVerdict = { readonly causes: readonly Finding[]; readonly warnings: readonly Finding<Warning>[] };

const path = "/signature";

/**
 * Checks a signature strictly (S < L, canonical encodings, no small order; r and s in range: the ports). `holds`: whether it holds over
 * `bytes`, when that was asked elsewhere.
 */
export function checkSignature(check: SignatureCheck, holds?: boolean): SignatureVerdict {
  const { signed, bytes, signature, public_key, crypto, accept } = check;
  const verifies = (message: Uint8Array): boolean =>
    algorithmOfKey(public_key) === "EdDSA"
      ? crypto.ed25519Verify(public_key, message, signature)
      : crypto.p256Verify?.(public_key, message, signature) === true;
  if (holds ?? verifies(bytes)) return { causes: [], warnings: [] };
  // Asked late, for it is slow: under such a key nothing could hold, so nothing is said about the receipt.
  if (algorithmOfKey(public_key) === "EdDSA" && !isCurvePoint(public_key))
    return {
      causes: [{ code: "unusable_key", path: "/kid", text: "the trusted key is no point of the curve" }],
      warnings: [],
    };
  const instead = signedInstead({ signed, bytes, crypto }, verifies);
  if (instead === "prehashed" && accept.includes("prehashed_signature"))
    return { causes: [], warnings: [{ code: "legacy_signature", path, text: signedInsteadText.prehashed }] };
  const invalid: Finding = { code: "invalid_signature", path, text: "the signature does not hold" };
  if (instead === undefined) return { causes: [invalid], warnings: [] };
  return {
    causes: [invalid, { code: "legacy_non_jcs_signature", path, text: signedInsteadText[instead] }],
    warnings: [],
  };
}
