// One text per value, and none for what is not JSON. The RFC's own samples run in test/vectors.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalize } from "../src/canonicalize.ts";
import type { Json } from "../src/json.ts";
import { parseJson } from "../src/parse-json.ts";
import { jsonValues } from "./json-values.ts";

const plain = (value: unknown): string => canonicalize(value as Json, "rfc8785");
const code = (expected: string) => expect.objectContaining({ name: "CesError", code: expected });

describe("properties", () => {
  test("reading what was written gives the value, and writing it again the text", () => {
    fc.assert(
      fc.property(jsonValues, (value) => {
        const text = plain(value);
        const read = parseJson(text);
        expect(read).toEqual({ kind: "parsed", value: JSON.parse(text) });
        expect(read.kind === "parsed" && plain(read.value)).toBe(text);
      }),
    );
  });

  test("two values have one text exactly when they are one value", () => {
    fc.assert(
      fc.property(jsonValues, jsonValues, (a, b) => {
        // JSON.stringify of a deep-sorted copy with tagged types is an independent notion of sameness.
        expect(plain(a) === plain(b)).toBe(tagged(a) === tagged(b));
      }),
    );
  });

  test("member order does not matter", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "binary" }), fc.integer()), (members) => {
        const reversed = Object.fromEntries(Object.entries(members).reverse());
        expect(plain(reversed)).toBe(plain(members));
      }),
    );
  });
});

function tagged(value: Json): string {
  if (value === null || typeof value !== "object")
    return `${typeof value}:${Object.is(value, -0) ? "0" : String(value)}\u0000${String(value).length}`;
  if (Array.isArray(value))
    return `[${value
      .map(tagged)
      .map((item) => `${item.length}#${item}`)
      .join("")}]`;
  const members = Object.entries(value).map(
    ([name, member]) => `${name.length}#${name}${tagged(member).length}#${tagged(member)}`,
  );
  return `{${members.sort().join("")}}`;
}

test.each([
  [{ b: 1, a: [true, null] }, '{"a":[true,null],"b":1}'],
  [[], "[]"],
  [[[], {}], "[[],{}]"],
  [-0, "0"],
  [1e21, "1e+21"],
  [5e-324, "5e-324"],
  ['\u007f\u2028\b\t\n\f\r\u0001\u001f"\\/', '"\u007f\u2028\\b\\t\\n\\f\\r\\u0001\\u001f\\"\\\\/"'],
  [Object.assign(Object.create(null), { x: 1 }), '{"x":1}'],
  [{ "\ufb33": 1, "\ud83d\ude00": 2 }, '{"\ud83d\ude00":2,"\ufb33":1}'],
])("%j", (value, text) => {
  expect(plain(value)).toBe(text);
});

test.each([
  ["undefined", undefined, "CANONICAL_UNDEFINED"],
  ["an undefined member", { a: undefined }, "CANONICAL_UNDEFINED"],
  ["a hole", [1, , 2], "CANONICAL_UNDEFINED"], // eslint-disable-line no-sparse-arrays
  ["a function", { a: () => 1 }, "CANONICAL_NOT_JSON"],
  ["a bigint", 1n, "CANONICAL_NOT_JSON"],
  ["a symbol", Symbol("x"), "CANONICAL_NOT_JSON"],
  ["a date", new Date(0), "CANONICAL_NOT_JSON"],
  ["a map", new Map(), "CANONICAL_NOT_JSON"],
  ["bytes", new Uint8Array(1), "CANONICAL_NOT_JSON"],
  ["NaN", [Number.NaN], "CANONICAL_NOT_FINITE"],
  ["infinity", { a: -Infinity }, "CANONICAL_NOT_FINITE"],
  ["a lone high surrogate", "a\ud800b", "CANONICAL_LONE_SURROGATE"],
  ["a lone low surrogate in a name", { "\udc00": 1 }, "CANONICAL_LONE_SURROGATE"],
  ["swapped surrogates", "\udc00\ud800", "CANONICAL_LONE_SURROGATE"],
])("refuses %s", (_, value, expected) => {
  expect(() => plain(value)).toThrow(code(expected));
});

test("refuses a value that holds itself", () => {
  const loop: unknown[] = [];
  loop.push(loop);
  expect(() => plain(loop)).toThrow(code("CANONICAL_TOO_DEEP"));
});

describe("strict", () => {
  const strict = (value: Json): string => canonicalize(value, "strict");

  test.each(["é", "\r", "a\u007f", "\u0080", ""].filter((name) => name !== ""))(
    "refuses the member name %j",
    (name) => {
      expect(() => strict({ [name]: 1 })).toThrow(code("CANONICAL_NON_ASCII_KEY"));
      expect(() => strict([{ a: { [name]: 1 } }])).toThrow(code("CANONICAL_NON_ASCII_KEY"));
    },
  );

  test.each([2 ** 70, -(2 ** 70), 1.7976931348623157e308, 1e23])(
    "refuses the integer %d, whose text is another integer",
    (value) => {
      expect(() => strict([value])).toThrow(code("CANONICAL_NUMBER_NOT_EXACT"));
    },
  );

  test.each([0, -0, 0.1, 1e-7, 2 ** 53 - 1, 2 ** 53, 1e20, 1e21, 1e22])("writes %d", (value) => {
    expect(strict(value)).toBe(plain(value));
  });

  test("values may be any text", () => {
    expect(strict({ a: "é\r" })).toBe('{"a":"é\\r"}');
  });
});
