// The `x-agent-trust` header: a delegation chain with attestations about it, or one attestation with its history. Read, never written.
// Source: spec/acta.md §4.1.

import { canonicalize, type Crypto, encodeHex, isCesError, type Json, type JsonObject, utf8Encode } from "@ces/kernel";
import { isObject } from "../schema/violations.ts";
import { type Finding, outcomeOf } from "../verify/cause.ts";
import { decodeSignature, sha256Link } from "../verify/signing-input.ts";

/** `deny`: authentic, and it says no. */
export type TrustHeaderVerdict = "valid" | "invalid" | "undecidable" | "deny";

/** The answer about a header. */
export type TrustHeaderReport = { readonly verdict: TrustHeaderVerdict; readonly causes: readonly Finding[] };

/** Keys by kid, from outside; keys in the header are compared with them and never used. */
export type HeaderGround = {
  readonly keys: ReadonlyMap<string, Uint8Array>;
  readonly crypto: Pick<Crypto, "sha256" | "ed25519Verify">;
};

type Found = { readonly ground: HeaderGround; readonly causes: Finding[] };

/** Verifies a header's value: every signature, one root, the root's algorithm; a revoked link counts as deny only with a signed receipt. */
export function verifyTrustHeader(header: Json, ground: HeaderGround): TrustHeaderReport {
  const found: Found = { ground, causes: [] };
  if (!isObject(header)) note(found, "unknown_format", "", "is no header");
  else if (Object.hasOwn(header, "delegation_chain")) judgeDelegation(header, found);
  else judgeComposite(header, found);
  const outcome = outcomeOf(found.causes);
  const denied = outcome === "valid" && isObject(header) && isRevoked(header);
  return { verdict: denied ? "deny" : outcome, causes: found.causes };
}

function judgeDelegation(header: JsonObject, found: Found): void {
  const links = objects(header["delegation_chain"]);
  const attestations = objects(header["attestations"]);
  if (links.length === 0) note(found, "unknown_format", "/delegation_chain", "has no link");
  links.forEach((link, at) => checkFlat(link, [], `/delegation_chain/${at}`, found));
  attestations.forEach((one, at) => checkBlock(one, `/attestations/${at}`, found));
  const receipt = header["deny_receipt"];
  if (isObject(receipt)) checkBlock(receipt, "/deny_receipt", found);
  const root = digestOf(header["delegation_chain"] ?? null, found.ground);
  if (root === undefined || header["delegation_chain_root"] !== root)
    note(found, "digest_mismatch", "/delegation_chain_root", "is not the digest of the chain");
  attestations.forEach((one, at) => {
    const payload = one["payload"];
    if (isObject(payload) && payload["delegation_chain_root"] !== root)
      note(found, "digest_mismatch", `/attestations/${at}/payload`, "speaks of another root, or in another algorithm");
  });
  if (links.some(({ status }) => status === "revoked") && !isObject(receipt))
    note(found, "key_revoked", "/delegation_chain", "a link is revoked, and no signed receipt says what followed");
}

function judgeComposite(header: JsonObject, found: Found): void {
  if (!isObject(header["signature"])) return note(found, "unknown_format", "", "is no header of a known form");
  checkFlat(header, ["trajectory"], "", found);
  objects(header["trajectory"]).forEach((one, at) => {
    checkFlat(one, [], `/trajectory/${at}`, found);
    if (one["delegation_chain_root"] !== header["delegation_chain_root"])
      note(found, "digest_mismatch", `/trajectory/${at}`, "speaks of another root, or in another algorithm");
  });
}

function isRevoked(header: JsonObject): boolean {
  return objects(header["delegation_chain"]).some(({ status }) => status === "revoked");
}

// Signed: the object without its signature and without what is appended to it.
function checkFlat(value: JsonObject, without: readonly string[], path: string, found: Found): void {
  const rest = Object.entries(value).filter(([name]) => name !== "signature" && !without.includes(name));
  checkSignature(Object.fromEntries(rest), value["signature"], path, found);
}

function checkBlock(value: JsonObject, path: string, found: Found): void {
  const payload = value["payload"];
  if (isObject(payload)) checkSignature(payload, value["signature"], path, found);
  else note(found, "missing_payload", path, "there is no payload object");
}

function checkSignature(signed: JsonObject, block: Json | undefined, path: string, found: Found): void {
  if (!isObject(block)) return note(found, "missing_signature", path, "there is no signature");
  const { alg, kid, sig, pubkey } = block;
  if (alg !== "EdDSA") return note(found, "unsupported_algorithm", path, "the algorithm is not `EdDSA`");
  const signature = decodeSignature(sig);
  if (signature === undefined)
    return note(found, "malformed_signature_encoding", path, "is not 128 lower-case hex digits");
  const key = typeof kid === "string" ? found.ground.keys.get(kid) : undefined;
  if (key === undefined) return note(found, "unknown_kid", path, "no trusted key has this kid");
  const same = pubkey === undefined || pubkey === encodeHex(key);
  const bytes = canonical(signed);
  if (!same || bytes === undefined || !found.ground.crypto.ed25519Verify(key, bytes, signature))
    note(found, "invalid_signature", path, "the signature does not hold");
}

function digestOf(value: Json, { crypto }: HeaderGround): string | undefined {
  const bytes = canonical(value);
  return bytes === undefined ? undefined : sha256Link(crypto, bytes);
}

function canonical(value: Json): Uint8Array | undefined {
  try {
    return utf8Encode(canonicalize(value, "rfc8785"));
  } catch (error) {
    if (isCesError(error)) return undefined;
    throw error;
  }
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function note(found: Found, code: Finding["code"], path: string, text: string): void {
  found.causes.push({ code, path, text });
}
