// ES256 as a port of its own: read where somebody else signed so, never written here. Whoever does not bring it has none, and says so.

import { decodeHex, encodeHex } from "./hex.ts";

/** ECDSA over P-256 with SHA-256. Every implementation runs the same vectors and refuses the same keys and signatures. */
export type P256Verifier = {
  /**
   * Whether r‖s (64 bytes, big-endian; FIPS 186-5 §6.4, RFC 7518 §3.4) holds over SHA-256 of `message` under the uncompressed point
   * 04‖x‖y (65 bytes). False for any other length or form, a point off the curve, and r or s outside [1, n-1]. Both s and n-s hold, as
   * in every verifier of ES256: what names a receipt must be its whole text, never its signature. Never throws.
   */
  readonly p256Verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
};

/** Bytes of an uncompressed point. */
export const P256_POINT_BYTES = 65;

// SP 800-186 §3.2.1.3: the order of the group (big-endian), the field's prime, and b.
const N = decodeHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551") ?? new Uint8Array();
const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/** True for 04‖x‖y of a point on the curve. Its order is the group's: the cofactor is 1 (SEC 1 §3.2.2.1). */
export function isP256Point(publicKey: Uint8Array): boolean {
  if (publicKey.length !== P256_POINT_BYTES || publicKey[0] !== 0x04) return false;
  const [x, y] = [wholeOf(publicKey.subarray(1, 33)), wholeOf(publicKey.subarray(33))];
  return x < P && y < P && (y * y - x * x * x + 3n * x - B) % P === 0n;
}

/** True when the key is a point, the signature has its length, and r and s lie in [1, n-1]. */
export function isP256Signature(publicKey: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64 || !isP256Point(publicKey)) return false;
  return [signature.subarray(0, 32), signature.subarray(32)].every(
    (half) => half.some((byte) => byte !== 0) && isBelow(half, N),
  );
}

function wholeOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${encodeHex(bytes)}`);
}

function isBelow(a: Uint8Array, b: Uint8Array): boolean {
  for (const [at, byte] of a.entries()) {
    const other = b[at] ?? 0;
    if (byte !== other) return byte < other;
  }
  return false;
}
