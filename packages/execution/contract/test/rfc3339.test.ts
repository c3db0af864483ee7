// RFC 3339 and nothing near it.
import fc from "fast-check";
import { expect, test } from "vitest";
import { epochOf, rfc3339 } from "../src/rfc3339.ts";

test.each([
  ["2026-03-23T12:00:00Z", Date.UTC(2026, 2, 23, 12)],
  ["2026-03-23t12:00:00z", Date.UTC(2026, 2, 23, 12)],
  ["2026-03-23T12:00:00.123456+00:00", Date.UTC(2026, 2, 23, 12, 0, 0, 123) + 0.456],
  ["2026-03-23T14:00:00+02:00", Date.UTC(2026, 2, 23, 12)],
  ["2026-03-23T06:30:00-05:30", Date.UTC(2026, 2, 23, 12)],
  ["2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29)],
  ["0000-01-01T00:00:00Z", Date.parse("0000-01-01T00:00:00Z")],
])("%s", (text, epoch) => expect(epochOf(text)).toBeCloseTo(epoch, 3));

test("a millionth of a second tells two times apart", () => {
  const [earlier, later] = ["2026-03-23T11:00:00.000001Z", "2026-03-23T11:00:00.000002Z"].map(
    (text) => epochOf(text) ?? 0,
  );
  expect(later).toBeGreaterThan(earlier ?? Infinity);
});

test.each([
  ...[
    "2026-03-23",
    "20260323",
    "2026-03-23T12:00:00",
    "2026-03-23 12:00:00Z",
    "2026-03-23T12:00Z",
    "2026-3-23T12:00:00Z",
  ],
  ...[
    "2026-02-29T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
  ],
  ...[
    "2026-01-00T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01T00:60:00Z",
    "2026-01-01T00:00:60Z",
    "1900-02-29T00:00:00Z",
  ],
  ...[
    "2026-01-01T00:00:00+24:00",
    "2026-01-01T00:00:00+00:60",
    "2026-01-01T00:00:00+0000",
    "2026-01-01T00:00:00.Z",
    "",
  ],
  ...["2026-01-01T00:00:00Z\n", " 2026-01-01T00:00:00Z", "２026-01-01T00:00:00Z", "2026-01-01T00:00:00,5Z", "garbage"],
])("not %j", (text) => expect(epochOf(text)).toBeUndefined());

test("what is written is read", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_000_000_000_000 }),
      (epoch) => void expect(epochOf(rfc3339(epoch))).toBe(epoch),
    ),
  );
});
