// The Crypto port of the program: OpenSSL through node:crypto, an order of magnitude faster than noble and equally strict.

import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  hash,
  sign,
  verify,
  type JsonWebKey,
  type KeyObject,
} from "node:crypto";
import { CesError, isP256Signature, isStrictSignature, type Crypto, type P256Verifier } from "@ces/kernel";

// DER of a PKCS#8 Ed25519 private key up to its 32 seed bytes (RFC 8410 §7).
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");

/** Crypto on node:crypto. Results are plain Uint8Arrays that share no memory with node's pools. */
export const nodeCrypto: Crypto & P256Verifier = {
  sha256: (bytes) => new Uint8Array(hash("sha256", bytes, "buffer")),
  hmacSha256: (key, bytes) => new Uint8Array(createHmac("sha256", key).update(bytes).digest()),
  ed25519PublicKey: (seed) => rawPublicKey(privateKeyOf(seed)),
  ed25519Sign: (seed, message) => new Uint8Array(sign(null, message, privateKeyOf(seed))),
  ed25519Verify: verifyStrict,
  p256Verify: verifyP256,
};

// SECURITY: some OpenSSL releases (3.0 does, 3.5 does not) take keys of small order and respelled points, so the encodings are
// judged before it is asked.
function verifyStrict(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (!isStrictSignature(publicKey, signature)) return false;
  const key = publicKeyOf(publicKey);
  return key !== undefined && verify(null, message, key, signature);
}

/**
 * The same verdicts as `ed25519Verify`, in libuv's threads: for long chains on a machine with more than one core. Rejects when OpenSSL fails
 * at more than the signature.
 */
export const nodeThreads = {
  ed25519VerifyLater: async (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> => {
    if (!isStrictSignature(publicKey, signature)) return false;
    const key = publicKeyOf(publicKey);
    if (key === undefined) return false;
    return new Promise((resolve, reject) => {
      verify(null, message, key, signature, (error, holds) => (error === null ? resolve(holds) : reject(error)));
    });
  },
};

function verifyP256(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (!isP256Signature(publicKey, signature)) return false;
  const key = publicKeyOf(publicKey);
  return key !== undefined && verify("sha256", message, { key, dsaEncoding: "ieee-p1363" }, signature);
}

// Whoever verifies a chain verifies under one key; making its object anew costs a fifth of each verification.
const recent = new Map<string, KeyObject>();
const MOST_RECENT = 64;

function publicKeyOf(bytes: Uint8Array): KeyObject | undefined {
  const name = Buffer.from(bytes).toString("base64url");
  const known = recent.get(name);
  if (known !== undefined) return known;
  try {
    const key = createPublicKey({ key: jwkOf(bytes), format: "jwk" });
    if (recent.size >= MOST_RECENT) recent.clear();
    recent.set(name, key);
    return key;
  } catch {
    return undefined; // not a key to OpenSSL: nothing verifies under it
  }
}

// 32 bytes are an Ed25519 key, 65 an uncompressed point of P-256; nothing else comes this far.
function jwkOf(bytes: Uint8Array): JsonWebKey {
  const text = (part: Uint8Array): string => Buffer.from(part).toString("base64url");
  if (bytes.length === 32) return { kty: "OKP", crv: "Ed25519", x: text(bytes) };
  return { kty: "EC", crv: "P-256", x: text(bytes.subarray(1, 33)), y: text(bytes.subarray(33)) };
}

function privateKeyOf(seed: Uint8Array): KeyObject {
  if (seed.length !== 32)
    throw new CesError("CRYPTO_BAD_SEED", `an ed25519 seed has 32 bytes, this one has ${seed.length}`);
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: "der", type: "pkcs8" });
}

function rawPublicKey(key: KeyObject): Uint8Array {
  const der = createPublicKey(key).export({ format: "der", type: "spki" });
  return new Uint8Array(der.subarray(-32));
}
