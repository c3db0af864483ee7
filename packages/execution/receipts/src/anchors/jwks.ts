// Reading a key list that the reader trusts. A bad entry does not spoil the others; it is only never used.
// Source: spec/acta.md §1.9; RFC 7517, RFC 7518 §6.2, RFC 8037.

import { decodeBase64Url, type Json, type JsonObject } from "@ces/kernel";
import { isObject } from "../schema/violations.ts";
import { type KeyFault, keyFault } from "./key-algorithm.ts";
import { issuerKidOfKey } from "./kid.ts";

/** One entry: a usable key with its window as it was written, or what is wrong with it. */
export type TrustedKey = {
  readonly kid: string | null;
  /** 32 bytes of Ed25519 or 65 (04‖x‖y) of P-256; null when there is a fault. */
  readonly public_key: Uint8Array | null;
  /** The kid that the key's bytes give it, whatever it is called; null when there is a fault, and for P-256. */
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
  const key = value["kty"] === "EC" ? pointOf(value) : coordinate(value, "x");
  if (typeof key === "string") return entryOf(value, null, unusable(key));
  const weak = keyFault(key);
  return weak === undefined ? entryOf(value, key, null) : entryOf(value, null, { ...weak, text: `\`x\` ${weak.text}` });
}

// 04‖x‖y: each coordinate has its 32 bytes, leading zeros too (RFC 7518 §6.2.1.2).
function pointOf(entry: JsonObject): Uint8Array | string {
  const [x, y] = [coordinate(entry, "x"), coordinate(entry, "y")];
  if (typeof x === "string") return x;
  return typeof y === "string" ? y : Uint8Array.of(0x04, ...x, ...y);
}

function coordinate(entry: JsonObject, name: "x" | "y"): Uint8Array | string {
  const text = entry[name];
  const bytes = typeof text === "string" ? decodeBase64Url(text) : undefined;
  return bytes?.length === 32 ? bytes : `\`${name}\` is not 32 bytes in base64url`;
}

/** A bare public key as an entry without window, under the kid that its bytes give it. */
export function bareKey(publicKey: Uint8Array): TrustedKey {
  const fault = keyFault(publicKey);
  return fault === undefined ? entryOf({ kid: issuerKidOfKey(publicKey) }, publicKey, null) : entryOf({}, null, fault);
}

function faultOf(entry: JsonObject): KeyFault | undefined {
  // SECURITY: whoever publishes a private key has lost it; what it signs is anybody's word.
  if (PRIVATE_MEMBERS.some((name) => Object.hasOwn(entry, name))) return unusable("holds a private key");
  const algorithms = KINDS.find(({ kty, crv }) => kty === entry["kty"] && crv === entry["crv"])?.algorithms;
  if (algorithms === undefined) return unusable("is neither an Ed25519 key (OKP) nor one of P-256 (EC)");
  if (!isAbsentOr(entry["use"], "sig")) return unusable("is not for signatures (`use`)");
  if (!isAbsentOr(entry["alg"], ...algorithms)) return unusable("is for another algorithm (`alg`)");
  const operations = entry["key_ops"];
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes("verify")))
    return unusable("is not for verifying (`key_ops`)");
  return undefined;
}

// Kinds of keys, and the names that their algorithms go by.
const KINDS = [
  { kty: "OKP", crv: "Ed25519", algorithms: ["EdDSA", "Ed25519"] },
  { kty: "EC", crv: "P-256", algorithms: ["ES256"] },
];

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
    issuer_kid: public_key === null ? null : issuerKidOfKey(public_key),
    fault,
    valid_from: entry["valid_from"] ?? null,
    valid_until: entry["valid_until"] ?? null,
    revoked_at: entry["revoked_at"] ?? null,
  };
}
