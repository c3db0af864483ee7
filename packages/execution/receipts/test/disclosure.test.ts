import { createHash } from "node:crypto";
import { nodeCrypto, randomBytes } from "@ces/crypto-node";
import type { Json } from "@ces/kernel";
import { commitFields, type Disclosure, EMPTY_CHAIN, verifyDisclosure, verifyReceipt } from "@ces/receipts";
import { assert as hold, integer, jsonValue, property, string, uniqueArray } from "fast-check";
import { expect, test } from "vitest";
import { codes, decision, next, options } from "./receipt-makers.ts";

const commit = (names: readonly string[], value: Json = "x") => {
  const made = commitFields(
    names.map((name) => ({ name, value })),
    { random: randomBytes, crypto: nodeCrypto },
  );
  if (made.kind === "refused") throw new Error(made.text);
  return made;
};

test("every field of any set can be shown by itself, and no other value in its place", () => {
  const names = uniqueArray(string({ unit: "grapheme", maxLength: 8 }), { minLength: 1, maxLength: 20 });
  hold(
    property(names, jsonValue(), (fields, value) => {
      const { root, disclosures } = commit(fields, value as Json);
      for (const one of disclosures) {
        expect(verifyDisclosure(root, one, nodeCrypto)).toEqual([]);
        expect(codes(verifyDisclosure(root, { ...one, value: { not: one.value } }, nodeCrypto))).toEqual([
          "commitment_mismatch",
        ]);
      }
    }),
    { numRuns: 60 },
  );
});

test("leaves and nodes are hashed apart, as RFC 6962 has it", () => {
  const { root, disclosures } = commit(["a", "b"]);
  const sha = (...parts: (Buffer | string)[]) =>
    createHash("sha256")
      .update(Buffer.concat(parts.map((one) => Buffer.from(one))))
      .digest();
  const [a, b] = disclosures.map(({ name, salt, value }) =>
    sha(Buffer.of(0), `{"name":"${name}","salt":"${salt}","value":"${String(value)}"}`),
  );
  expect(root).toBe(sha(Buffer.of(1), a!, b!).toString("hex"));
});

test("a proof that is moved, cut, lengthened or turned round leads nowhere", () => {
  hold(
    property(integer({ min: 2, max: 17 }), (size) => {
      const { root, disclosures } = commit(Array.from({ length: size }, (_, i) => `f${i}`));
      for (const one of disclosures) {
        const { index, tree_size, siblings } = one.proof;
        const proofs: Disclosure["proof"][] = [
          { index: (index + 1) % size, tree_size, siblings },
          { index, tree_size, siblings: siblings.slice(1) },
          { index, tree_size, siblings: [...siblings, "0".repeat(64)] },
          { index: size, tree_size, siblings },
          { index, tree_size: tree_size * 2, siblings },
        ];
        for (const proof of proofs)
          expect(codes(verifyDisclosure(root, { ...one, proof }, nodeCrypto))).toEqual(["commitment_mismatch"]);
      }
    }),
    { numRuns: 16 },
  );
});

test("two fields of one name, and none, are refused", () => {
  const random = randomBytes;
  const crypto = nodeCrypto;
  expect(
    commitFields(
      [
        { name: "a", value: 1 },
        { name: "a", value: 2 },
      ],
      { random, crypto },
    ).kind,
  ).toBe("refused");
  expect(commitFields([], { random, crypto }).kind).toBe("refused");
});

test.each<readonly [string, Json]>([
  ["nothing", null],
  ["a list", []],
  [
    "a stranger's member",
    {
      name: "a",
      salt: "AAAAAAAAAAAAAAAAAAAAAA",
      value: 1,
      proof: { index: 0, tree_size: 1, siblings: [] },
      side: "left",
    },
  ],
  [
    "a salt that is no base64url",
    { name: "a", salt: "+/==", value: 1, proof: { index: 0, tree_size: 1, siblings: [] } },
  ],
  [
    "an index that is none",
    { name: "a", salt: "AAAAAAAAAAAAAAAAAAAAAA", value: 1, proof: { index: -1, tree_size: 1, siblings: [] } },
  ],
])("%s is no disclosure", (_, disclosure) => {
  expect(codes(verifyDisclosure("0".repeat(64), disclosure, nodeCrypto))).toEqual(["commitment_mismatch"]);
});

test("with a receipt: its root, and a receipt that has none", () => {
  const { root, disclosures } = commit(["path", "user"], "secret");
  const signed = next({ ...decision, committed_fields_root: root }, EMPTY_CHAIN);
  expect(signed.text).not.toContain("secret");
  expect(verifyReceipt(signed.text, { ...options, disclosures }).outcome).toBe("valid");
  const without = next(decision, EMPTY_CHAIN);
  expect(codes(verifyReceipt(without.text, { ...options, disclosures: [disclosures[0]!] }).causes)).toEqual([
    "commitment_mismatch",
  ]);
});

test("on which side a sibling stands is never taken from the proof", () => {
  const { root, disclosures } = commit(["a", "b", "c"]);
  const [first] = disclosures;
  const told = { ...first, proof: { ...first!.proof, directions: ["left", "left"] } };
  expect(verifyDisclosure(root, told as unknown as Json, nodeCrypto)).toEqual([]);
});
