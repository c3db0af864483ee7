// The signature itself. Source: spec/acta.md §1.9 step 7.

import type { Crypto, JsonObject } from "@ces/kernel";
import type { Finding, Warning } from "./cause.ts";
import { signedInstead, signedInsteadText } from "./diagnose-signature.ts";
import type { LegacyConvention } from "./verify-options.ts";

/** What is checked with what. */
export type SignatureCheck = {
  readonly signed: JsonObject;
  /** The signing input. */
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
  readonly public_key: Uint8Array;
  readonly crypto: Pick<Crypto, "sha256" | "ed25519Verify">;
  readonly accept: readonly LegacyConvention[];
};

/** No cause when it holds; a cause, and the way in which the signer went wrong when that can be told. */
export type SignatureVerdict = { readonly causes: readonly Finding[]; readonly warnings: readonly Finding<Warning>[] };

const path = "/signature";

/** Checks a signature strictly (S < L, canonical encodings, no small order: the `Crypto` port). */
export function checkSignature({
  signed,
  bytes,
  signature,
  public_key,
  crypto,
  accept,
}: SignatureCheck): SignatureVerdict {
  const verifies = (message: Uint8Array): boolean => crypto.ed25519Verify(public_key, message, signature);
  if (verifies(bytes)) return { causes: [], warnings: [] };
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
