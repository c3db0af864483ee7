// Both implementations of the Crypto port over the same vectors: they must agree with the RFCs and with each other.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeHex, encodeHex, nobleCrypto, utf8Encode, type Crypto } from "@ces/kernel";
import { nodeCrypto, nodeThreads } from "../src/index.ts";
import { hostileSignatures, mixedOrderSignature, rfc8032, SMALL_ORDER_POINTS } from "./ed25519-vectors.ts";

const hex = (text: string): Uint8Array => decodeHex(text) ?? expect.fail(`not hex: ${text}`);
const both: readonly (readonly [string, Crypto])[] = [
  ["noble", nobleCrypto],
  ["node", nodeCrypto],
];

describe.each(both)("%s", (_, crypto) => {
  test("SHA-256 of FIPS 180-4", () => {
    expect(encodeHex(crypto.sha256(utf8Encode("abc")))).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
    expect(encodeHex(crypto.sha256(new Uint8Array()))).toBe(
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
  });

  test("HMAC-SHA-256 of RFC 4231, short and long keys", () => {
    expect(encodeHex(crypto.hmacSha256(utf8Encode("Jefe"), utf8Encode("what do ya want for nothing?")))).toBe(
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
    const long = crypto.hmacSha256(
      new Uint8Array(131).fill(0xaa),
      utf8Encode("Test Using Larger Than Block-Size Key - Hash Key First"),
    );
    expect(encodeHex(long)).toBe("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  });

  test.each(rfc8032)("RFC 8032 §7.1 $id", ({ seed, publicKey, message, signature }) => {
    expect(encodeHex(crypto.ed25519PublicKey(hex(seed)))).toBe(publicKey);
    expect(encodeHex(crypto.ed25519Sign(hex(seed), hex(message)))).toBe(signature);
    expect(crypto.ed25519Verify(hex(publicKey), hex(message), hex(signature))).toBe(true);
  });

  test.each(hostileSignatures())("refuses $id", async ({ publicKey, message, signature }) => {
    expect(crypto.ed25519Verify(publicKey, message, signature)).toBe(false);
    expect(await nodeThreads.ed25519VerifyLater(publicKey, message, signature)).toBe(false);
  });

  test.each(SMALL_ORDER_POINTS)("refuses the small-order key %s with the signature that fits any message", (point) => {
    const key = hex(point);
    const identity = hex(`01${"00".repeat(31)}`);
    for (const r of [identity, key]) {
      for (let i = 0; i < 16; i += 1) {
        const signature = Uint8Array.of(...r, ...new Uint8Array(32));
        expect(crypto.ed25519Verify(key, Uint8Array.of(i), signature)).toBe(false);
      }
    }
  });

  test("refuses a signature that only holds after multiplying by the cofactor", async () => {
    const { publicKey, message, signature } = mixedOrderSignature();
    expect(crypto.ed25519Verify(publicKey, message, signature)).toBe(false);
    expect(await nodeThreads.ed25519VerifyLater(publicKey, message, signature)).toBe(false);
  });

  test("refuses seeds of another length", () => {
    expect(() => crypto.ed25519PublicKey(new Uint8Array(31))).toThrow(
      expect.objectContaining({ code: "CRYPTO_BAD_SEED" }),
    );
    expect(() => crypto.ed25519Sign(new Uint8Array(64), new Uint8Array())).toThrow(
      expect.objectContaining({ code: "CRYPTO_BAD_SEED" }),
    );
  });
});

const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });

test("both give the same bytes and verdicts, and so do threads", async () => {
  await fc.assert(
    fc.asyncProperty(
      bytes(32),
      fc.uint8Array({ maxLength: 200 }),
      fc.nat(95),
      fc.integer({ min: 0, max: 255 }),
      async (seed, message, at, mask) => {
        const publicKey = nodeCrypto.ed25519PublicKey(seed);
        const signature = nodeCrypto.ed25519Sign(seed, message);
        expect(nobleCrypto.ed25519PublicKey(seed)).toEqual(publicKey);
        expect(nobleCrypto.ed25519Sign(seed, message)).toEqual(signature);
        expect(nobleCrypto.hmacSha256(seed, message)).toEqual(nodeCrypto.hmacSha256(seed, message));
        // Flip bits anywhere in key or signature: the verdicts agree, and only the untouched one is good.
        const joined = Uint8Array.of(...publicKey, ...signature);
        joined[at] = (joined[at] ?? 0) ^ mask;
        const verdicts = both.map(([, crypto]) => crypto.ed25519Verify(joined.slice(0, 32), message, joined.slice(32)));
        expect(verdicts).toEqual([mask === 0, mask === 0]);
        const later = nodeThreads.ed25519VerifyLater(joined.slice(0, 32), message, joined.slice(32));
        expect(await later).toBe(mask === 0);
      },
    ),
    { numRuns: 60 },
  );
});

test("random keys and signatures get the same verdict", () => {
  fc.assert(
    fc.property(bytes(32), bytes(64), (key, signature) => {
      expect(nodeCrypto.ed25519Verify(key, key, signature)).toBe(nobleCrypto.ed25519Verify(key, key, signature));
    }),
    { numRuns: 60 },
  );
});
