// Which encodings are refused before any library is asked. The signatures themselves run in platform/crypto-node, over both libraries.

import { expect, test } from "vitest";
import { isCurvePoint, isStrictPoint, isStrictSignature } from "../src/ed25519-encoding.ts";
import { equalBytes } from "../src/equal-bytes.ts";
import { decodeHex } from "../src/hex.ts";

const hex = (text: string): Uint8Array => decodeHex(text) ?? expect.fail(`not hex: ${text}`);
const KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
const L = "edd3f55c1a631258d69cf7a2def9de14" + "00".repeat(15) + "10";
const L_MINUS_1 = "ec" + L.slice(2);

test.each([
  ["y = 0", "00".repeat(32)],
  ["the identity", "01" + "00".repeat(31)],
  ["the identity with a sign", "01" + "00".repeat(30) + "80"],
  ["y = p - 1", "ec" + "ff".repeat(30) + "7f"],
  ["y = p", "ed" + "ff".repeat(30) + "7f"],
  ["y = p + 2", "ef" + "ff".repeat(30) + "7f"],
  ["all ones", "ff".repeat(32)],
  ["order 8", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"],
  ["order 8 with a sign", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"],
  ["the other order 8", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"],
  ["31 bytes", KEY.slice(2)],
  ["33 bytes", `${KEY}00`],
])("refuses %s", (_, point) => {
  expect(isStrictPoint(hex(point))).toBe(false);
});

test("takes ordinary points, p - 2 and both signs", () => {
  for (const point of [KEY, `${KEY.slice(0, 62)}9a`, "eb" + "ff".repeat(30) + "7f"])
    expect(isStrictPoint(hex(point))).toBe(true);
});

test.each([
  ["a key", KEY, true],
  ["the identity", "01" + "00".repeat(31), true],
  ["the identity with a sign", "01" + "00".repeat(30) + "80", false],
  ["y = 0", "00".repeat(32), true],
  ["y = 2", "02" + "00".repeat(31), false],
  ["31 bytes", KEY.slice(2), false],
])("on the curve: %s is %s", (_, point, on) => {
  expect(isCurvePoint(hex(point))).toBe(on);
});

test("S is below L", () => {
  const signature = (s: string): Uint8Array => hex(KEY + s);
  expect(isStrictSignature(hex(KEY), signature(L_MINUS_1))).toBe(true);
  for (const s of [L, "ee" + L.slice(2), "ff".repeat(32), "00".repeat(31) + "20"])
    expect(isStrictSignature(hex(KEY), signature(s))).toBe(false);
  expect(isStrictSignature(hex(KEY), signature(L_MINUS_1).subarray(1))).toBe(false);
  expect(isStrictSignature(hex("01" + "00".repeat(31)), signature(L_MINUS_1))).toBe(false);
});

test("equalBytes compares contents and length", () => {
  const of = Uint8Array.of;
  expect([
    equalBytes(of.call(Uint8Array, 1, 2), Uint8Array.of(1, 2)),
    equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3)),
    equalBytes(Uint8Array.of(1), Uint8Array.of(1, 0)),
    equalBytes(new Uint8Array(), new Uint8Array()),
  ]).toEqual([true, false, false, true]);
});
