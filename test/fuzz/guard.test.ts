// A short run of the fuzzer with every test; the long one is `CES_FUZZ=1000000 pnpm test test/fuzz` or scripts/fuzz.ts.
import { expect, test } from "vitest";
import { fuzzGuard } from "./guard-commands.ts";

test("mutated commands: no fault, no throw, no stop without a reason, no verdict below the unmutated one", () => {
  const { judged, broken } = fuzzGuard(Number(process.env["CES_FUZZ"] ?? 20_000), 20_261_127);
  expect(broken).toEqual([]);
  expect(judged).toBeGreaterThan(0);
}, 600_000);
