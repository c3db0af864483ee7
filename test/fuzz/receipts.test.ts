// A short run with every test; the long one is `CES_FUZZ=1000000 pnpm test test/fuzz` or `pnpm fuzz receipts`.
import { expect, test } from "vitest";
import { fuzzReceipts } from "./receipt-texts.ts";

test("receipts, keys, policies and actions with characters changed: nothing throws, hangs or passes for what it is not", () => {
  const count = Number(process.env["CES_FUZZ"] ?? 8_000);
  expect(fuzzReceipts(count, 20_261_127)).toMatchObject({ judged: count, broken: [] });
}, 600_000);

test("the same seed is the same texts", () => {
  const [one, other] = [fuzzReceipts(200, 3), fuzzReceipts(200, 3)];
  expect([one.judged, one.broken]).toEqual([other.judged, other.broken]);
});
