// Canonical text: one per value, in the order of code points.
import fc from "fast-check";
import { expect, test } from "vitest";
import { nobleCrypto, type Json } from "@ces/kernel";
import { contractSha256, policySha256 } from "../src/index.ts";
import { canonicalCsc, compareCodePoints } from "../src/canonical-csc.ts";
import { command, contract, policy } from "./samples.ts";

// What a document may hold: integers, and texts without halves of pairs.
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Json>(null, true, false),
    fc.integer(),
    fc.string({ unit: "grapheme" }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: "grapheme", maxLength: 6 }), tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

test("is injective: what is read back is the value, and equal texts are equal values", () => {
  fc.assert(
    fc.property(json, json, (a, b) => {
      expect(JSON.parse(canonicalCsc(a))).toEqual(JSON.parse(JSON.stringify(a)));
      if (canonicalCsc(a) === canonicalCsc(b)) expect(JSON.stringify(sorted(a))).toBe(JSON.stringify(sorted(b)));
    }),
    { numRuns: 300 },
  );
});

test("does not depend on the order of members", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.integer(), { noNullPrototype: true }), (members) => {
      const turned = Object.fromEntries(Object.entries(members).reverse());
      expect(canonicalCsc(turned)).toBe(canonicalCsc(members));
    }),
  );
});

test("members stand in the order of code points, where UTF-16 units have another", () => {
  expect(canonicalCsc({ "\u{1f600}": 1, "\uffff": 2, a: 3 })).toBe('{"a":3,"\uffff":2,"\u{1f600}":1}');
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
      const [left, right] = [[...a], [...b]].map((text) => text.map((char) => char.codePointAt(0) ?? 0));
      const expected = left!.findIndex((code, i) => code !== right![i]);
      const order =
        expected < 0
          ? left!.length - right!.length
          : right![expected] === undefined
            ? 1
            : left![expected]! - right![expected]!;
      expect(Math.sign(compareCodePoints(a, b))).toBe(Math.sign(order));
    }),
  );
});

test("escapes as the reference does", () => {
  expect(canonicalCsc('\b\t\n\f\r\u0001"\\/\u007f\u2028é😀')).toBe('"\\b\\t\\n\\f\\r\\u0001\\"\\\\/\u007f\u2028é😀"');
});

test.each([
  ["half of a pair", "\ud800"],
  ["half of a pair in a name", { "\udc00": 1 }],
  ["a fraction", 1.5],
  ["a number that is no safe integer", 2 ** 53],
  ["not a number", Number.NaN],
  ["a hole", Array.from({ length: 1 }) as never],
  ["a function", (() => 1) as never],
])("refuses %s", (_, value) => {
  expect(() => canonicalCsc(value)).toThrow(expect.objectContaining({ code: "CSC_NOT_CANONICAL" }));
});

test("refuses what nests without an end", () => {
  const deep = JSON.parse("[".repeat(1500) + "]".repeat(1500));
  expect(() => canonicalCsc(deep)).toThrow(expect.objectContaining({ code: "CSC_NOT_CANONICAL" }));
});

function sorted(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}

test("a contract without outputs is one with none; a policy is what its file says", () => {
  const what = contract([command(["git"])]);
  expect(contractSha256(what, nobleCrypto)).toBe(contractSha256({ ...what, expected_outputs: [] }, nobleCrypto));
  expect(contractSha256(what, nobleCrypto)).not.toBe(
    contractSha256({ ...what, expected_outputs: ["/a"] }, nobleCrypto),
  );
  const spelled = policy({ deny_argv_prefixes: [] });
  expect(policySha256(spelled, nobleCrypto)).not.toBe(policySha256(policy(), nobleCrypto));
});
