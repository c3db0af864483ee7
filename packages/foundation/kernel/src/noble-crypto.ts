// The Crypto port without a platform, on the audited noble packages.

import { getPublicKey, hash, hashes, Point, sign } from "@noble/ed25519";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { CesError } from "./ces-error.ts";
import type { Crypto } from "./crypto.ts";
import { isStrictSignature } from "./ed25519-encoding.ts";
import { equalBytes } from "./equal-bytes.ts";

// noble/ed25519 brings no SHA-512 of its own; without this line its synchronous functions throw.
hashes.sha512 = sha512;

/** Crypto on @noble/hashes and @noble/ed25519: slower than node:crypto, same answers. */
export const nobleCrypto: Crypto = {
  sha256: (bytes) => sha256(bytes),
  hmacSha256: (key, bytes) => hmac(sha256, key, bytes),
  ed25519PublicKey: (seed) => getPublicKey(seedOf(seed)),
  ed25519Sign: (seed, message) => sign(message, seedOf(seed)),
  ed25519Verify: verifyStrict,
};

// SECURITY: noble's own verify multiplies by the cofactor, OpenSSL's does not; a crafted key would be good here and bad
// there. The equation without cofactor, compared as bytes, is the one both can answer.
function verifyStrict(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (!isStrictSignature(publicKey, signature)) return false;
  const r = signature.subarray(0, 32);
  const key = pointOf(publicKey);
  if (key === undefined) return false;
  const challenge = littleEndian(hash(concat(r, publicKey, message))) % Point.CURVE().n;
  const s = littleEndian(signature.subarray(32));
  const expected = Point.BASE.multiply(s, false).subtract(key.multiply(challenge, false));
  return equalBytes(expected.toBytes(), r);
}

function pointOf(encoded: Uint8Array): Point | undefined {
  try {
    return Point.fromBytes(encoded, false);
  } catch {
    return undefined;
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function seedOf(seed: Uint8Array): Uint8Array {
  if (seed.length === 32) return seed;
  throw new CesError("CRYPTO_BAD_SEED", `an ed25519 seed has 32 bytes, this one has ${seed.length}`);
}
