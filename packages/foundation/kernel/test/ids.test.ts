import { expect, test } from "vitest";
import { fixedClock, seededRandom } from "../src/testing.ts";
import { isId, makeId } from "../src/ids.ts";

test("an id is its prefix and twelve lower-case hex digits, from the random source alone", () => {
  expect(makeId("M", () => Uint8Array.of(0, 1, 2, 253, 254, 255))).toBe("M-000102fdfeff");
  expect(makeId("EP", seededRandom(1))).toBe(makeId("EP", seededRandom(1)));
  expect(makeId("EP", seededRandom(1))).not.toBe(makeId("EP", seededRandom(2)));
});

test.each([
  ["M", "M-000102fdfeff", true],
  ["M", "M-000102FDFEFF", false],
  ["M", "M-000102fdfef", false],
  ["M", "M-000102fdfeff0", false],
  ["M", "M-000102fdfeff\n", false],
  ["D", "M-000102fdfeff", false],
  ["EP", "EP-000102fdfeff", true],
] as const)("isId(%s, %j) is %s", (prefix, text, expected) => {
  expect(isId(prefix, text)).toBe(expected);
});

test("the fixed clock moves only when told", () => {
  const clock = fixedClock("2026-03-01T00:00:00.000Z");
  expect([clock.now(), clock.epochMs(), clock.monotonicMs()]).toEqual([
    "2026-03-01T00:00:00.000Z",
    Date.UTC(2026, 2),
    0,
  ]);
  clock.advance(1500);
  expect([clock.now(), clock.epochMs(), clock.monotonicMs()]).toEqual([
    "2026-03-01T00:00:01.500Z",
    Date.UTC(2026, 2) + 1500,
    1500,
  ]);
});
