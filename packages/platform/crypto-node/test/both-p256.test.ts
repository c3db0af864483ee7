// ES256 on node:crypto and on noble: the RFC's own answers, and what neither may take.
import { generateKeyPairSync, sign } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeHex, isP256Point, isP256Signature, type P256Verifier, utf8Encode } from "@ces/kernel";
import { nobleP256 } from "@ces/kernel/p256";
import { nodeCrypto } from "../src/index.ts";

const hex = (text: string): Uint8Array => decodeHex(text.toLowerCase()) ?? expect.fail(`not hex: ${text}`);
const both: readonly (readonly [string, P256Verifier])[] = [
  ["noble", nobleP256],
  ["node", nodeCrypto],
];

// RFC 6979 A.2.5. The first s is above n/2: a verifier of ES256 takes it.
const x = "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6";
const y = "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299";
const key = hex(`04${x}${y}`);
const rfc6979 = [
  [
    "sample",
    "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
  ],
  [
    "test",
    "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083",
  ],
] as const;
const n = BigInt("0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
const p = BigInt("0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
const wide = (value: bigint): string => value.toString(16).padStart(64, "0");
const [message, good] = rfc6979[0];
const [r, s] = [good.slice(0, 64), good.slice(64)];
const other = wide(n - BigInt(`0x${s}`));

describe.each(both)("%s", (_, { p256Verify }) => {
  test.each(rfc6979)("RFC 6979 A.2.5 %s", (text, signature) => {
    expect(p256Verify(key, utf8Encode(text), hex(signature))).toBe(true);
    expect(p256Verify(key, utf8Encode(`${text} `), hex(signature))).toBe(false);
  });

  test("both s and n-s hold, as RFC 7518 has it", () => {
    expect(p256Verify(key, utf8Encode(message), hex(r + other))).toBe(true);
  });

  test.each([
    ["r of zero", wide(0n) + s],
    ["s of zero", r + wide(0n)],
    ["both of zero", wide(0n) + wide(0n)],
    ["r of n", wide(n) + s],
    ["s of n", r + wide(n)],
    ["s beyond n", r + "f".repeat(64)],
    ["r and s exchanged", s + r],
    ["63 bytes", good.slice(2)],
    ["65 bytes", `${good}00`],
    ["nothing", ""],
    ["DER", `3046022100${r}022100${s}`],
  ])("refuses %s", (_name, signature) => {
    expect(p256Verify(key, utf8Encode(message), hex(signature))).toBe(false);
  });

  // s = 0 and r = n would hold under any key for a reader that reduces first; so would the point at infinity.
  test.each([
    ["a compressed point", `03${x}`],
    ["a hybrid point", `07${x}${y}`],
    ["a point off the curve", `04${x}${wide(BigInt(`0x${y}`) + 1n)}`],
    ["zero and zero", `04${wide(0n)}${wide(0n)}`],
    ["x of the field's prime", `04${wide(p)}${y}`],
    ["y beyond it", `04${x}${"f".repeat(64)}`],
    ["infinity", "00"],
    ["nothing", ""],
    ["an Ed25519 key's length", x],
  ])("refuses %s as a key", (_name, bad) => {
    expect(p256Verify(hex(bad), utf8Encode(message), hex(good))).toBe(false);
  });
});

// What both libraries refuse by themselves is refused before they are asked, too.
test("the encodings that are even looked at", () => {
  expect(isP256Signature(key, hex(good))).toBe(true);
  for (const bad of [wide(0n) + s, r + wide(0n), wide(n) + s, r + wide(n), r + "f".repeat(64)])
    expect(isP256Signature(key, hex(bad))).toBe(false);
  const [small, root] = smallPoint();
  expect(isP256Point(hex(`04${wide(small)}${wide(root)}`))).toBe(true);
  // The same point, spelled a second time.
  expect(isP256Point(hex(`04${wide(small + p)}${wide(root)}`))).toBe(false);
});

/** A point whose x is so small that x + p still fits into 32 bytes. */
function smallPoint(): readonly [bigint, bigint] {
  const b = BigInt("0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");
  for (let small = 1n; ; small += 1n) {
    const square = (small ** 3n - 3n * small + b) % p;
    const root = power(square, (p + 1n) / 4n);
    if ((root * root) % p === square) return [small, root];
  }
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let [square, left] = [base, exponent]; left > 0n; left >>= 1n, square = (square * square) % p)
    if ((left & 1n) === 1n) result = (result * square) % p;
  return result;
}

test("both give the same verdict on fresh signatures, and on any flipped bit", () => {
  const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const jwk = pair.publicKey.export({ format: "jwk" });
  const point = Uint8Array.of(4, ...Buffer.from(jwk.x ?? "", "base64url"), ...Buffer.from(jwk.y ?? "", "base64url"));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(128), fc.integer({ min: 0, max: 255 }), (bytes, at, mask) => {
      const signature = sign("sha256", bytes, { key: pair.privateKey, dsaEncoding: "ieee-p1363" });
      const joined = Uint8Array.of(...point, ...signature);
      joined[at] = (joined[at] ?? 0) ^ mask;
      const verdicts = both.map(([, one]) => one.p256Verify(joined.slice(0, 65), bytes, joined.slice(65)));
      expect(verdicts).toEqual([mask === 0, mask === 0]);
    }),
    { numRuns: 60 },
  );
});
