// Which Ed25519 encodings are even looked at. Libraries differ here (a key of small order verifies anything, S+L is a
// second signature), so both implementations of the Crypto port ask this first.

import { decodeHex } from "./hex.ts";

// RFC 8032 §5.1: p = 2^255 - 19, L = 2^252 + 27742317777372353535851937790883648493, little-endian.
const P = hex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
const L = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

// The y coordinates of the eight points whose order divides 8; the sign bit is masked before comparing.
const SMALL_ORDER: readonly Uint8Array[] = [
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
].map(hex);

/** True when the point encoding has y < p and is none of small order. It may still be off the curve. */
export function isStrictPoint(encoded: Uint8Array): boolean {
  if (encoded.length !== 32) return false;
  const y = encoded.slice();
  y[31] = (y[31] ?? 0) & 0x7f;
  return lessThan(y, P) && !SMALL_ORDER.some((small) => sameBytes(small, y));
}

/** True when the encoding, strict or not, is of a point on the curve: nothing verifies under one that is not. Too slow to be asked of every key. */
export function isCurvePoint(encoded: Uint8Array): boolean {
  if (encoded.length !== 32) return false;
  const y = [...encoded].reduceRight((sum, byte, at) => (sum << 8n) | BigInt(at === 31 ? byte & 0x7f : byte), 0n);
  // RFC 8032 §5.1.3: x² = (y² - 1) / (d y² + 1) is a square, so (y² - 1)(d y² + 1) is one too.
  const square = modulo(y * y);
  const product = modulo((square - 1n) * modulo(D * square + 1n));
  if (product === 0n) return ((encoded[31] ?? 0) & 0x80) === 0;
  return power(product, (PRIME - 1n) / 2n) === 1n;
}

const PRIME = 2n ** 255n - 19n;
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;

function modulo(value: bigint): bigint {
  return ((value % PRIME) + PRIME) % PRIME;
}

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, base];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = modulo(result * square);
    square = modulo(square * square);
  }
  return result;
}

/** True when key and signature have the right length, strict points and S < L. */
export function isStrictSignature(publicKey: Uint8Array, signature: Uint8Array): boolean {
  return (
    signature.length === 64 &&
    isStrictPoint(publicKey) &&
    isStrictPoint(signature.subarray(0, 32)) &&
    lessThan(signature.subarray(32), L)
  );
}

function lessThan(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 31; i >= 0; i -= 1) {
    const left = a[i] ?? 0;
    const right = b[i] ?? 0;
    if (left !== right) return left < right;
  }
  return false;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, i) => byte === b[i]);
}

function hex(text: string): Uint8Array {
  return decodeHex(text) ?? new Uint8Array(32);
}
