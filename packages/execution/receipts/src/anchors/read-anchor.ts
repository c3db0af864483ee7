// A trust anchor in any form a person may have it: JWK Set, JWK, PEM (SubjectPublicKeyInfo) or 64 hex digits.

import { decodeBase64, decodeHex, parseJson, utf8Decode } from "@ces/kernel";
import { isObject } from "../schema/violations.ts";
import { keyFault } from "./key-algorithm.ts";
import { bareKey, type Jwks, readJwk, readJwks, type TrustedKey } from "./jwks.ts";

/** Keys from outside: one key that everything must verify under, or a list that is searched by kid. */
export type Anchors = {
  /** 32 bytes of Ed25519, or 65 (04‖x‖y) of P-256. */
  readonly key?: Uint8Array;
  readonly jwks?: Jwks;
};

/** The anchors of a text, or why it is none. */
export type AnchorRead =
  | { readonly kind: "read"; readonly anchors: Anchors; readonly keys: readonly TrustedKey[] }
  | { readonly kind: "refused"; readonly code: "unusable_key" | "weak_public_key"; readonly text: string };

// DER of a SubjectPublicKeyInfo up to the key's own bytes: 32 of Ed25519 (RFC 8410 §4), or a point of P-256 (RFC 5480 §2), which is
// 65 bytes as long as it is not compressed.
const SPKI_HEADS = [
  ["302a300506032b6570032100", 32],
  ["3059301306072a8648ce3d020106082a8648ce3d030107034200", 65],
] as const;
const PEM = /^-----BEGIN ([A-Z0-9 ]{1,64})-----\s+([A-Za-z0-9+/=\s]+?)\s*-----END \1-----$/;

/** Reads the anchors of a file's bytes. SECURITY: private keys are refused, whatever else could be read from them. */
export function readAnchor(bytes: Uint8Array): AnchorRead {
  if (bytes.length > 1024 * 1024) return refused("is larger than 1 MiB");
  const text = utf8Decode(bytes)?.trim();
  if (text === undefined || text === "") return refused("is empty or no text");
  if (text.startsWith("-----BEGIN")) return readPem(text);
  if (text.startsWith("{")) return readJsonKeys(text);
  const key = text.length === 64 ? decodeHex(text) : undefined;
  return key === undefined
    ? refused("is neither a JWK Set, a JWK, a PEM public key nor 64 lower-case hex digits")
    : ofKey(key);
}

function readPem(text: string): AnchorRead {
  const [, kind, body = ""] = PEM.exec(text) ?? [];
  if (kind === undefined) return refused("is a damaged PEM text");
  if (kind.includes("PRIVATE")) return refused("is a private key; verifying needs the public one");
  if (kind !== "PUBLIC KEY") return refused("is no PEM of a public key (`PUBLIC KEY`)");
  const der = decodeBase64(body.replaceAll(/\s/g, ""));
  if (der === undefined) return refused("is a damaged PEM text");
  for (const [head, length] of SPKI_HEADS) {
    const key = after(head, der);
    if (key !== undefined) return key.length === length ? ofKey(key) : refused("is a truncated key");
  }
  return refused("is neither an Ed25519 key nor an uncompressed one of P-256");
}

function after(head: string, der: Uint8Array): Uint8Array | undefined {
  const bytes = decodeHex(head) ?? new Uint8Array();
  return bytes.every((byte, at) => der[at] === byte) ? der.slice(bytes.length) : undefined;
}

function readJsonKeys(text: string): AnchorRead {
  const read = parseJson(text, { maxDepth: 16 });
  if (read.kind === "refused") return refused(`is damaged JSON (${read.cause})`);
  const jwks = readJwks(read.value);
  if (jwks !== undefined) return { kind: "read", anchors: { jwks }, keys: jwks.keys };
  if (!isObject(read.value) || !Object.hasOwn(read.value, "kty")) return refused("is neither a JWK Set nor a JWK");
  const key = readJwk(read.value);
  if (key.fault !== null) return { kind: "refused", ...key.fault };
  // A JWK without kid names nobody: it can only be the one key.
  return key.kid === null && key.public_key !== null
    ? { kind: "read", anchors: { key: key.public_key }, keys: [key] }
    : { kind: "read", anchors: { jwks: { keys: [key] } }, keys: [key] };
}

function ofKey(key: Uint8Array): AnchorRead {
  const fault = keyFault(key);
  if (fault !== undefined) return { kind: "refused", ...fault };
  return { kind: "read", anchors: { key }, keys: [bareKey(key)] };
}

function refused(text: string): AnchorRead {
  return { kind: "refused", code: "unusable_key", text };
}
