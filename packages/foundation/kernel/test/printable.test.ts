// What a person sees is what is there: nothing foreign moves the cursor, hides or reorders.

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { printable } from "../src/printable.ts";

const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 4 }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(
        "\x1b]52;c;aGk=\x07",
        "\x1b]8;;http://x\x1b\\",
        "\r",
        "\u202e",
        "\u200b",
        "\u2066",
        "\ufeff",
        "\u0085",
        "\u2028",
        "\u{e0041}",
        "\u00ad",
        "e\u0301\u0301\u0301\u0301\u0301",
      ),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(""));

// Said independently of the implementation: what a terminal, a bidi engine or an eye would be fooled by.
const RANGES =
  "0-1f 7f-a0 ad 34f 61c 115f-1160 17b4-17b5 180b-180f 2000-200f 2028-202f 205f-206f 2800 3000 3164 d800-f8ff fe00-fe0f feff ffa0 fff0-fffb fffe-ffff e0000-10ffff";
const FORBIDDEN = new RegExp(`[${classOf(RANGES)}]`, "u");

function classOf(ranges: string): string {
  const escapes = ranges.split(" ").map((range) => range.split("-").map((code) => `\\u{${code}}`));
  return escapes.map((range) => range.join("-")).join("");
}

test("never lets a control, bidi, invisible or unassigned character through", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(printable(text)).not.toMatch(FORBIDDEN);
      expect(printable(text, { newlines: "keep" }).replaceAll("\n", "")).not.toMatch(FORBIDDEN);
    }),
    { numRuns: 2000 },
  );
});

test("showing twice is showing once", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(printable(printable(text))).toBe(printable(text));
    }),
  );
});

test("is never longer than the cap and its marker, and the marker counts what is missing", () => {
  fc.assert(
    fc.property(hostile, fc.nat(40), (text, max) => {
      const shown = printable(text, { max });
      const marker = / …\[\+(\d+)\]$/.exec(shown);
      expect(shown.length - (marker?.[0].length ?? 0)).toBeLessThanOrEqual(max);
      expect(marker === null ? shown === printable(text, { max: 1e6 }) : Number(marker[1]) > 0).toBe(true);
    }),
  );
});

test.each([
  ["rm -rf ./build", "rm -rf ./build"],
  ["naïve – 日本語 😀 “q”", "naïve – 日本語 😀 “q”"],
  ["\x1b[2J\x9b1m\x7f", "\\x1b[2J\\x9b1m\\x7f"],
  ["a\tb\r\nc", "a\\tb\\r\\nc"],
  ["safe\u202etxt.exe", "safe\\u202etxt.exe"],
  ["rm\u00a0-rf\u3000/", "rm\\xa0-rf\\u3000/"],
  ["x\u200by\ufeff", "x\\u200by\\ufeff"],
  ["\ud800", "\\ud800"],
  ["\u{e0041}\u{10ffff}", "\\u{e0041}\\u{10ffff}"],
  ["e\u0301\u0301\u0301\u0301", "e\u0301\u0301\u0301\\u0301"],
  ["❤\ufe0f", "❤\\ufe0f"],
  ["", ""],
])("%j is shown as %j", (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test("keeps newlines only when asked", () => {
  expect(printable("a\r\nb\n", { newlines: "keep" })).toBe("a\\r\nb\n");
});

test("cuts between escapes, never inside", () => {
  expect(printable("ab\x1b\x1b", { max: 6 })).toBe("ab\\x1b …[+1]");
  expect(printable("abc", { max: 3 })).toBe("abc");
  expect(printable("abcd", { max: 0 })).toBe(" …[+4]");
  expect(printable("a".repeat(10_001))).toBe(`${"a".repeat(10_000)} …[+1]`);
});
