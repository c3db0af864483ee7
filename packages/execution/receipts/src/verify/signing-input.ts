// The exact bytes under a signature, and its strict decoding. Source: spec/acta.md §1.5, §1.9 steps 3–5.

import { canonicalize, type Crypto, decodeHex, encodeHex, isCesError, type JsonObject, utf8Encode } from "@ces/kernel";
import type { SignatureAlgorithm } from "../anchors/key-algorithm.ts";
import type { Cause, Finding } from "./cause.ts";
import type { Located } from "./shapes.ts";

/** The UTF-8 of the canonical text under the receipt rules, or the cause why there is none. */
export type CanonicalBytes =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "refused"; readonly finding: Finding };

/** The signing input of one object. */
export function canonicalBytes(value: JsonObject): CanonicalBytes {
  try {
    return { kind: "bytes", bytes: utf8Encode(canonicalize(value, "strict")) };
  } catch (error) {
    if (!isCesError(error)) throw error;
    const code: Cause = CAUSES.get(error.code) ?? "malformed_json";
    return { kind: "refused", finding: { code, path: "", text: error.message } };
  }
}

const CAUSES: ReadonlyMap<string, Cause> = new Map<string, Cause>([
  ["CANONICAL_NON_ASCII_KEY", "non_ascii_key"],
  ["CANONICAL_NUMBER_NOT_EXACT", "number_not_exact"],
  ["CANONICAL_NOT_FINITE", "number_out_of_range"],
  ["CANONICAL_LONE_SURROGATE", "invalid_unicode"],
  ["CANONICAL_TOO_DEEP", "too_deep"],
]);

/** `sha256:` and hex of bytes. */
export function sha256Link(crypto: Pick<Crypto, "sha256">, bytes: Uint8Array): string {
  return `sha256:${encodeHex(crypto.sha256(bytes))}`;
}

/** The decoded signature, and what is wrong with a receipt before any key is looked at; without causes it can be checked. */
export type Structure = {
  readonly signature: Uint8Array | undefined;
  /** What the receipt says it was signed with; Ed25519 where its shape says nothing, undefined for what nobody here verifies. */
  readonly algorithm: SignatureAlgorithm | undefined;
  readonly causes: readonly Finding[];
};

/** Judges presence, algorithm and encoding. */
export function readStructure({ algorithm: named, signature, signed, payload }: Located): Structure {
  const causes: Finding[] = [];
  const note = (code: Cause, path: string, text: string): void => {
    causes.push({ code, path, text });
  };
  const decoded = decodeSignature(signature);
  const algorithm = named === undefined ? "EdDSA" : named.names.get(named.given);
  if (signed === null || payload === null) note("missing_payload", "/payload", "there is no payload object");
  if (signature === undefined || signature === null) note("missing_signature", "/signature", "there is no signature");
  if (algorithm === undefined)
    note(
      "unsupported_algorithm",
      "/signature/alg",
      `the algorithm is none of ${[...(named?.names.keys() ?? [])].join(", ")}`,
    );
  else if (signature !== undefined && signature !== null && decoded === undefined)
    note("malformed_signature_encoding", "/signature", "the signature is not 128 lower-case hex digits");
  // SECURITY: whatever its value. "Take the signature out, then canonicalise" and "canonicalise as it is" would disagree.
  if (signed !== null && Object.hasOwn(signed, "signature"))
    note("signature_in_signing_input", "/payload/signature", "the signed object has a member called `signature`");
  return { signature: decoded, algorithm, causes };
}

/** The 64 bytes of a signature in lower-case hex (R‖S of Ed25519, r‖s of ES256); undefined for every other spelling. */
export function decodeSignature(signature: unknown): Uint8Array | undefined {
  return typeof signature === "string" && signature.length === 128 ? decodeHex(signature) : undefined;
}
