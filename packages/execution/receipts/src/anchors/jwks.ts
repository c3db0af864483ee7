// Reading a key list that the reader trusts. A bad entry does not spoil the others; it is only never used.
// Source: spec/acta.md §1.9; RFC 7517, RFC 8037.

import { decodeBase64Url, isStrictPoint, type Json, type JsonObject } from "@ces/kernel";
import { isObject } from "../schema/violations.ts";
import { issuerKidOf } from "./kid.ts";

/** Why an entry cannot be used. */
export type KeyFault = { readonly code: "unusable_key" | "weak_public_key"; readonly text: string };

/** One entry: a usable key with its window as it was written, or what is wrong with it. */
export type TrustedKey = {
  readonly kid: string | null;
  /** Null when there is a fault. */
  readonly public_key: Uint8Array | null;
  /** The kid that the key's bytes give it, whatever it is called; null when there is a fault. */
  readonly issuer_kid: string | null;
  readonly fault: KeyFault | null;
  /** RFC 3339 texts, judged when they are needed; null when absent. */
  readonly valid_from: Json;
  readonly valid_until: Json;
  readonly revoked_at: Json;
};

/** A key list. */
export type Jwks = { readonly keys: readonly TrustedKey[] };

/** The list of a `{"keys": […]}` value; undefined when it is none. */
export function readJwks(value: Json): Jwks | undefined {
  const keys = isObject(value) ? value["keys"] : undefined;
  return Array.isArray(keys) ? { keys: keys.map((entry: Json) => readJwk(entry)) } : undefined;
}

/** One entry of a list, or a JWK by itself. */
export function readJwk(value: Json): TrustedKey {
  if (!isObject(value)) return entryOf({}, null, unusable("is not an object"));
  const fault = faultOf(value);
  if (fault !== undefined) return entryOf(value, null, fault);
  const x = value["x"];
  const key = typeof x === "string" ? decodeBase64Url(x) : undefined;
  if (key?.length !== 32) return entryOf(value, null, unusable("`x` is not 32 bytes in base64url"));
  return isStrictPoint(key)
    ? entryOf(value, key, null)
    : entryOf(value, null, { code: "weak_public_key", text: "`x` is of small order or no canonical point" });
}

/** A bare public key as an entry without window, under the kid that its bytes give it. */
export function bareKey(publicKey: Uint8Array): TrustedKey {
  if (publicKey.length !== 32) return entryOf({}, null, unusable(`has ${publicKey.length} bytes, not 32`));
  if (isStrictPoint(publicKey)) return entryOf({ kid: issuerKidOf(publicKey) }, publicKey, null);
  return entryOf({}, null, { code: "weak_public_key", text: "is of small order or no canonical point" });
}

function faultOf(entry: JsonObject): KeyFault | undefined {
  // SECURITY: whoever publishes a private key has lost it; what it signs is anybody's word.
  if (PRIVATE_MEMBERS.some((name) => Object.hasOwn(entry, name))) return unusable("holds a private key");
  if (entry["kty"] !== "OKP" || entry["crv"] !== "Ed25519") return unusable("is no Ed25519 key (kty OKP, crv Ed25519)");
  if (!isAbsentOr(entry["use"], "sig")) return unusable("is not for signatures (`use`)");
  if (!isAbsentOr(entry["alg"], "EdDSA", "Ed25519")) return unusable("is for another algorithm (`alg`)");
  const operations = entry["key_ops"];
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes("verify")))
    return unusable("is not for verifying (`key_ops`)");
  return undefined;
}

const PRIVATE_MEMBERS = ["d", "p", "q", "k", "priv"];

const unusable = (text: string): KeyFault => ({ code: "unusable_key", text });

function isAbsentOr(value: Json | undefined, ...allowed: readonly string[]): boolean {
  return value === undefined || (typeof value === "string" && allowed.includes(value));
}

function entryOf(entry: JsonObject, public_key: Uint8Array | null, fault: KeyFault | null): TrustedKey {
  const kid = entry["kid"];
  return {
    kid: typeof kid === "string" ? kid : null,
    public_key,
    issuer_kid: public_key === null ? null : issuerKidOf(public_key),
    fault,
    valid_from: entry["valid_from"] ?? null,
    valid_until: entry["valid_until"] ?? null,
    revoked_at: entry["revoked_at"] ?? null,
  };
}
