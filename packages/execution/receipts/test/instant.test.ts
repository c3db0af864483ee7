import { assert as hold, date, property } from "fast-check";
import { expect, test } from "vitest";
import { isBefore, readInstant } from "../src/time/instant.ts";

test("agrees with the platform's clock on every second of ten thousand years", () => {
  const range = { min: new Date("0000-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true };
  hold(
    property(date(range), (one) => {
      const instant = readInstant(one.toISOString());
      expect(instant?.seconds).toBe(Math.floor(one.getTime() / 1000));
    }),
  );
});

test.each([
  ["2026-06-01T01:30:00+02:00", "2026-05-31T23:30:00Z"],
  ["2026-01-01T00:00:00-05:30", "2026-01-01T05:30:00Z"],
  ["2026-01-01t00:00:00z", "2026-01-01T00:00:00.000Z"],
  ["2016-12-31T23:59:60Z", "2017-01-01T00:59:60.0+01:00"],
  ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.0Z"],
])("%s is %s", (a, b) => {
  expect(readInstant(a)).toEqual(readInstant(b));
});

test.each([
  "2026-02-30T12:00:00Z",
  "2025-02-29T12:00:00Z",
  "2026-13-01T00:00:00Z",
  "2026-00-01T00:00:00Z",
  "2026-01-01T24:00:00Z",
  "2026-01-01T00:60:00Z",
  "2026-01-01T00:00:61Z",
  "2026-01-01T00:00:60Z",
  "2016-12-31T12:00:60Z",
  "2016-12-31T23:59:60+01:00",
  "2016-12-30T23:59:60Z",
  "2026-01-01T00:00:00",
  "2026-01-01T00:00:00+24:00",
  "2026-01-01T00:00:00+0200",
  "2026-01-01",
  "2026-01-01 00:00:00Z",
  " 2026-01-01T00:00:00Z",
  "2026-01-01T00:00:00Z\n",
  "20260101T000000Z",
  "",
])("`%s` is no instant", (text) => {
  expect(readInstant(text)).toBeUndefined();
});

test("fractions of any length are compared as numbers", () => {
  const [a, b, c] = ["0.45", "0.5", "0.50000000000000001"].map((s) => readInstant(`2026-01-01T00:00:0${s}Z`)!);
  expect([isBefore(a!, b!), isBefore(b!, c!), isBefore(c!, b!), isBefore(b!, b!)]).toEqual([true, true, false, false]);
});

test("a leap second lies between the second before it and midnight", () => {
  const texts = ["16-12-31T23:59:59.999Z", "16-12-31T23:59:60Z", "16-12-31T23:59:60.5Z", "17-01-01T00:00:00Z"];
  const instants = texts.map((text) => readInstant(`20${text}`)!);
  for (const [i, a] of instants.entries()) for (const [j, b] of instants.entries()) expect(isBefore(a, b)).toBe(i < j);
});
