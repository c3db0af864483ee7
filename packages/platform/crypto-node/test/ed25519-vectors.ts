// Ed25519 cases that libraries are known to judge differently, derived here from the curve itself (RFC 8032 §5.1;
// the shapes are those of Wycheproof and of "Taming the many EdDSAs").

import { getPublicKey, hashes, Point, sign } from "@noble/ed25519";
import { sha512 } from "@noble/hashes/sha2.js";
import { decodeHex } from "@ces/kernel";

hashes.sha512 = sha512;

/** RFC 8032 §7.1, tests 1, 2, 3 and SHA(abc). */
export const rfc8032 = [
  {
    id: "TEST 1",
    seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    message: "",
    signature:
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  },
  {
    id: "TEST 2",
    seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    message: "72",
    signature:
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  },
  {
    id: "TEST 3",
    seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    message: "af82",
    signature:
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  },
  {
    id: "TEST SHA(abc)",
    seed: "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
    publicKey: "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
    message:
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    signature:
      "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
  },
] as const;

const P = Point.CURVE().p;
const L = Point.CURVE().n;
const TORSION = Point.fromHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a");

/** Every encoding of a point of order 1, 2, 4 or 8: the eight canonical ones, then those with y ≥ p or a stray sign bit. */
export const SMALL_ORDER_POINTS: readonly string[] = [...canonicalSmallOrder(), ...oddSmallOrder()];

/** One signature case; all three are byte strings of any length. */
export type SignatureCase = {
  readonly id: string;
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
};

/** Cases that must be refused: each is a good signature with one fault. */
export function hostileSignatures(): readonly SignatureCase[] {
  const { publicKey, message, signature } = goodSignature();
  const r = signature.slice(0, 32);
  const s = littleEndian(signature.subarray(32));
  const withS = (value: bigint): Uint8Array => Uint8Array.of(...r, ...encode(value));
  const make = (id: string, changed: Uint8Array, key = publicKey): SignatureCase => ({
    id,
    publicKey: key,
    message,
    signature: changed,
  });
  return [
    ...[1n, 2n, 7n, 15n].map((k) => make(`S + ${k}L`, withS(s + k * L))),
    make("S = L", withS(L)),
    make("S = 0", withS(0n)),
    make("-S", withS(L - s)),
    make("S with the top bit set", withS(s | (1n << 255n))),
    make("R = 0…0", Uint8Array.of(...new Uint8Array(32), ...encode(s))),
    make("R with the sign flipped", Uint8Array.of(...flipSign(r), ...encode(s))),
    make("R = p", Uint8Array.of(...encode(P), ...encode(s))),
    make("R all ones", Uint8Array.of(...new Uint8Array(32).fill(255), ...encode(s))),
    make("the key with the sign flipped", signature, flipSign(publicKey)),
    make("a key off the curve", signature, encode(2n)),
    make("a key of 31 bytes", signature, publicKey.slice(0, 31)),
    make("a key of 33 bytes", signature, Uint8Array.of(...publicKey, 0)),
    make("an empty key", signature, new Uint8Array()),
    make("63 bytes", signature.slice(0, 63)),
    make("65 bytes", Uint8Array.of(...signature, 0)),
    make("an empty signature", new Uint8Array()),
    make("R and S swapped", Uint8Array.of(...encode(s), ...r)),
    make("small-order R that fits: R = 1, S = kA", smallOrderR(message)),
  ];
}

/** Key and R carry a torsion part that only [8] removes: good with the cofactor, bad without. */
export function mixedOrderSignature(): SignatureCase {
  const secret = 0x1234567890abcdefn;
  const nonce = 0xfedcba0987654321n;
  const publicKey = Point.BASE.multiply(secret).add(TORSION).toBytes();
  const r = Point.BASE.multiply(nonce).toBytes();
  for (let i = 0; ; i += 1) {
    const message = Uint8Array.of(i);
    const k = littleEndian(sha512(Uint8Array.of(...r, ...publicKey, ...message))) % L;
    // k mod 8 ≠ 0 leaves k·T in the equation.
    if (k % 8n !== 0n)
      return {
        id: "mixed order",
        publicKey,
        message,
        signature: Uint8Array.of(...r, ...encode((nonce + k * secret) % L)),
      };
  }
}

function goodSignature(): Omit<SignatureCase, "id"> {
  const seed = new Uint8Array(32).fill(7);
  const message = Uint8Array.of(1, 2, 3);
  return { publicKey: getPublicKey(seed), message, signature: sign(message, seed) };
}

// With nonce 0 the equation holds for R = identity and S = k·a; a signer never makes it, and it shows the secret.
function smallOrderR(message: Uint8Array): Uint8Array {
  const seed = new Uint8Array(32).fill(7);
  const r = encode(1n);
  const digest = sha512(seed);
  const clamped = littleEndian(
    Uint8Array.of((digest[0] ?? 0) & 248, ...digest.slice(1, 31), ((digest[31] ?? 0) & 63) | 64),
  );
  const k = littleEndian(sha512(Uint8Array.of(...r, ...getPublicKey(seed), ...message))) % L;
  return Uint8Array.of(...r, ...encode((k * clamped) % L));
}

function canonicalSmallOrder(): readonly string[] {
  const points = [Point.ZERO];
  for (let i = 1; i < 8; i += 1) points.push((points[i - 1] ?? Point.ZERO).add(TORSION));
  return points.map((point) => point.toHex());
}

function oddSmallOrder(): readonly string[] {
  const sign = 1n << 255n;
  // y = 0, 1 and p-1 respelled as y + p where 255 bits allow it, and the sign bit on a zero x.
  return [P, P + 1n, P | sign, (P + 1n) | sign, 1n | sign, (P - 1n) | sign].map((value) =>
    Buffer.from(encode(value)).toString("hex"),
  );
}

function flipSign(point: Uint8Array): Uint8Array {
  const flipped = point.slice();
  flipped[31] = (flipped[31] ?? 0) ^ 0x80;
  return flipped;
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function encode(value: bigint): Uint8Array {
  const hex = value.toString(16).padStart(64, "0");
  return (decodeHex(hex) ?? new Uint8Array(32)).reverse();
}
