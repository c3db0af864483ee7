// Hex, base64 and UTF-8: round trips, agreement with the platform, and one spelling only.

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeBase64, decodeBase64Url, encodeBase64, encodeBase64Url } from "../src/base64.ts";
import { decodeHex, encodeHex } from "../src/hex.ts";
import { utf8Decode, utf8Encode, utf8Length } from "../src/utf8.ts";

const bytes = fc.uint8Array({ maxLength: 300 });

test("bytes come back, and the texts are the platform's", () => {
  fc.assert(
    fc.property(bytes, (input) => {
      const buffer = Buffer.from(input);
      expect([encodeHex(input), encodeBase64(input), encodeBase64Url(input)]).toEqual([
        buffer.toString("hex"),
        buffer.toString("base64"),
        buffer.toString("base64url"),
      ]);
      expect([
        decodeHex(encodeHex(input)),
        decodeBase64(encodeBase64(input)),
        decodeBase64Url(encodeBase64Url(input)),
      ]).toEqual([input, input, input]);
    }),
  );
});

test("each decoder takes exactly what its encoder writes", () => {
  const texts = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc
      .array(fc.constantFrom("A", "B", "Q", "g", "=", "-", "_", "+", "/", "0", "f", "F", " "), { maxLength: 9 })
      .map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(texts, (text) => {
      for (const [decode, encode] of [
        [decodeHex, encodeHex],
        [decodeBase64, encodeBase64],
        [decodeBase64Url, encodeBase64Url],
      ] as const) {
        const read = decode(text);
        expect(read === undefined ? text : encode(read)).toBe(text);
      }
    }),
    { numRuns: 3000 },
  );
});

test.each(["0", "0G", "AB", "0x00", " 00", "00 ", "é0"])("hex refuses %j", (text) =>
  expect(decodeHex(text)).toBeUndefined(),
);
test.each(["A", "AA", "AA=", "AB==", "AA==\n", "AA-_", "====", "A===", "=AAA", "AAB="])("base64 refuses %j", (text) =>
  expect(decodeBase64(text)).toBeUndefined(),
);
test.each(["A", "AA==", "AB", "AAB", "AA+/", "AAAAA", "A A"])("base64url refuses %j", (text) =>
  expect(decodeBase64Url(text)).toBeUndefined(),
);

test("UTF-8 is the platform's in both directions", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 100 }), (text) => {
      expect(utf8Encode(text)).toEqual(new Uint8Array(Buffer.from(text)));
      expect(utf8Length(text)).toBe(Buffer.byteLength(text));
      expect(utf8Decode(utf8Encode(text))).toBe(text);
    }),
  );
  const fatal = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const odd = fc.array(
    fc.constantFrom(
      0x00,
      0x41,
      0x7f,
      0x80,
      0xbf,
      0xc0,
      0xc1,
      0xc2,
      0xdf,
      0xe0,
      0xa0,
      0x9f,
      0xed,
      0xef,
      0xbb,
      0xf0,
      0x90,
      0x8f,
      0xf4,
      0xf5,
      0xff,
    ),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(odd, (input) => {
      let expected: string | undefined;
      try {
        expected = fatal.decode(Uint8Array.from(input));
      } catch {
        expected = undefined;
      }
      expect(utf8Decode(Uint8Array.from(input))).toBe(expected);
    }),
    { numRuns: 5000 },
  );
});

test("long texts decode across chunks", () => {
  const text = "a😀é".repeat(20_000);
  expect(utf8Decode(utf8Encode(text))).toBe(text);
});

test.each(["\ud800", "a\udc00", "\ud800\ud800", "\ud83d"])("%j has no bytes", (text) => {
  expect(() => utf8Encode(text)).toThrow(expect.objectContaining({ code: "UTF8_LONE_SURROGATE" }));
});
