// The reader takes exactly JSON, and refuses what lenient readers repair.

import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonProfile } from "../src/json.ts";
import { parseJson, type ParseLimits } from "../src/parse-json.ts";
import { utf8Encode } from "../src/utf8.ts";
import { jsonValues } from "./json-values.ts";

const refused = (input: string | Uint8Array, limits: ParseLimits = {}) => {
  const read = parseJson(input, limits);
  return read.kind === "refused" ? [read.cause, read.at] : read;
};

test("agrees with JSON.parse on everything JSON.stringify writes, as text and as bytes", () => {
  fc.assert(
    fc.property(jsonValues, fc.constantFrom(0, 1, "\t"), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const expected = { kind: "parsed", value: JSON.parse(text) };
      expect(parseJson(text)).toEqual(expected);
      expect(parseJson(utf8Encode(text))).toEqual(expected);
    }),
  );
});

test("takes nothing that JSON.parse refuses, and differs only where it is told to", () => {
  const pieces = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    '"a"',
    '"b"',
    "1",
    "-",
    "0",
    ".5",
    "e3",
    "1e999",
    "true",
    "nul",
    "null",
    " ",
    "\n",
    "\\",
    "\\u00e9",
    "\\ud800",
    "\ud800",
    "\u0001",
    "/",
    "'",
    "+",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const text = parts.join("");
      const read = parseJson(text);
      const lenient = platformRead(text);
      // The four causes that JSON.parse does not know; every other answer is the same.
      const stricter = read.kind === "refused" && read.cause !== "syntax" && read.cause !== "trailing_garbage";
      expect(stricter || isDeepStrictEqual(read.kind === "parsed" ? [read.value] : [], lenient)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

function platformRead(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return [];
  }
}

test("never throws, whatever the bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      expect(["parsed", "refused"]).toContain(parseJson(bytes).kind);
    }),
  );
});

test.each<[string, string, number]>([
  ["", "syntax", 0],
  ["  ", "syntax", 2],
  ["{", "syntax", 1],
  ['{"a":1', "syntax", 6],
  ['{"a" 1}', "syntax", 5],
  ['{"a":1,}', "syntax", 7],
  ["{a:1}", "syntax", 1],
  ["[1,]", "syntax", 3],
  ["[1 2]", "syntax", 3],
  ["01", "trailing_garbage", 1],
  ["+1", "syntax", 0],
  [".5", "syntax", 0],
  ["1.", "trailing_garbage", 1],
  ["0x10", "trailing_garbage", 1],
  ["NaN", "syntax", 0],
  ["-Infinity", "syntax", 0],
  ["tru", "syntax", 0],
  ["'a'", "syntax", 0],
  ['"a', "syntax", 2],
  ['"\n"', "syntax", 1],
  ['"\\x41"', "syntax", 1],
  ['"\\u12g4"', "syntax", 1],
  ['"\\u123"', "syntax", 1],
  ["// c\n1", "syntax", 0],
  ["\ufeff1", "syntax", 0],
  ["\u00a01", "syntax", 0],
  ["1 1", "trailing_garbage", 2],
  ["{}{}", "trailing_garbage", 2],
  ['{"a":1,"a":1}', "duplicate_key", 7],
  ['{"a":1,"\\u0061":2}', "duplicate_key", 7],
  ['[{"__proto__":1,"__proto__":2}]', "duplicate_key", 16],
  ['"\\ud800"', "invalid_unicode", 1],
  ['"\\udc00\\ud800"', "invalid_unicode", 1],
  ['{"\ud800":1}', "invalid_unicode", 2],
  ['"\\ud800\\u0041"', "invalid_unicode", 1],
  ["[1e400]", "number_out_of_range", 1],
  ["-1e309", "number_out_of_range", 0],
])("refuses %j", (text, cause, at) => {
  expect(refused(text)).toEqual([cause, at]);
});

test("a pair may mix raw and escaped halves", () => {
  for (const text of ['"\ud83d\ude00"', '"\\ud83d\\ude00"', '"\\ud83d\ude00"', '"\ud83d\\ude00"']) {
    expect(parseJson(text)).toEqual({ kind: "parsed", value: "😀" });
  }
});

test.each<[string, readonly number[], number]>([
  ["a lone continuation byte", [0x22, 0x80, 0x22], 1],
  ["an over-long slash", [0x22, 0xc0, 0xaf, 0x22], 1],
  ["an over-long three-byte form", [0x22, 0xe0, 0x80, 0xaf, 0x22], 1],
  ["a surrogate as bytes", [0x22, 0xed, 0xa0, 0x80, 0x22], 1],
  ["a value above U+10FFFF", [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], 1],
  ["a cut sequence", [0x22, 0xe2, 0x82], 1],
  ["five-byte lead", [0x22, 0xf8, 0x88, 0x80, 0x80, 0x80, 0x22], 1],
])("refuses %s", (_, bytes, at) => {
  expect(refused(Uint8Array.from(bytes))).toEqual(["invalid_unicode", at]);
});

test("members that have a meaning in JavaScript are ordinary members", () => {
  const read = parseJson('{"__proto__":{"polluted":1},"constructor":2,"hasOwnProperty":3,"toString":4}');
  const value = read.kind === "parsed" ? read.value : null;
  expect(Object.entries(value ?? {})).toEqual([
    ["__proto__", { polluted: 1 }],
    ["constructor", 2],
    ["hasOwnProperty", 3],
    ["toString", 4],
  ]);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

describe("limits", () => {
  test("depth counts what is open, not what was", () => {
    expect(refused("[[[]]]", { maxDepth: 2 })).toEqual(["too_deep", 2]);
    expect(parseJson("[[],[],{}]", { maxDepth: 2 }).kind).toBe("parsed");
    expect(refused("[".repeat(200))).toEqual(["too_deep", 128]);
    expect(refused('{"a":'.repeat(1_000_000), { maxDepth: 1e9 })).toEqual(["too_deep", 5000]);
  });

  test("size counts bytes, for text as for bytes", () => {
    expect(parseJson('"é"', { maxBytes: 4 }).kind).toBe("parsed");
    expect(refused('"éé"', { maxBytes: 5 })).toEqual(["too_large", 5]);
    expect(refused(utf8Encode('"éé"'), { maxBytes: 5 })).toEqual(["too_large", 5]);
    expect(parseJson('"😀"', { maxBytes: 6 }).kind).toBe("parsed");
    expect(refused('"😀"', { maxBytes: 5 })).toEqual(["too_large", 5]);
  });

  test("a megabyte of one thing is read in one pass", () => {
    const n = 1_000_000;
    const hostile = [
      "[" + "0,".repeat(n / 2) + "0]",
      `"${"\\n".repeat(n / 2)}"`,
      `"${"a".repeat(n)}"`,
      `0.${"0".repeat(n)}1`,
      `1${"0".repeat(n)}e-${n}`,
      " ".repeat(n) + "1",
      `"${"\\".repeat(n)}`,
    ];
    const profiles: readonly JsonProfile[] = ["rfc8785", "strict"];
    for (const text of hostile)
      for (const profile of profiles) expect(parseJson(text, { profile })).toHaveProperty("kind");
    const members = Array.from({ length: 50_000 }, (_, i) => `"k${i}":${i}`).join(",");
    expect(parseJson(`{${members}}`).kind).toBe("parsed");
  });
});

describe("strict", () => {
  const strict = { profile: "strict" } as const;

  test.each([
    "9007199254740993",
    "-9007199254740993",
    "9007199254740993.0",
    "90071992547409930e-1",
    "9.007199254740993e15",
    "1e23",
    "123456789012345678901234567890",
    "9007199254740993.5",
    "0.99999999999999999999",
    "1e-400",
  ])("refuses %s, which a double does not hold", (text) => {
    expect(refused(text, strict)).toEqual(["number_not_exact", 0]);
    expect(parseJson(text).kind).toBe("parsed");
  });

  test.each([
    "0",
    "-0",
    "0.0",
    "0e99",
    "1.0",
    "10e-1",
    "0.1",
    "0.30000000000000004",
    "1e-7",
    "1e21",
    "1e22",
    "1E+2",
    "9007199254740991",
    "9007199254740992",
    "100000000000000000000",
    "1180591620717411303424",
    "-1.5",
  ])("takes %s", (text) => {
    expect(parseJson(text, strict)).toEqual({ kind: "parsed", value: Number(text) });
  });

  test("member names are printable ASCII", () => {
    expect(refused('{"a":{"é":1}}', strict)).toEqual(["non_ascii_key", 6]);
    expect(refused('{"\\r":1}', strict)).toEqual(["non_ascii_key", 1]);
    expect(parseJson('{" ~":"é"}', strict).kind).toBe("parsed");
  });
});
