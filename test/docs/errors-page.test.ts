// docs/errors.md is what the sources throw, and nothing is thrown under two spellings of one code.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { errorsPage, thrownCodes } from "../../scripts/errors.ts";
import { root } from "../../scripts/workspace.ts";

test("docs/errors.md is generated from the sources (node scripts/errors.ts)", () => {
  expect(readFileSync(join(root, "docs/errors.md"), "utf8")).toBe(errorsPage(thrownCodes()));
});

test("codes are AREA_REASON in capitals", () => {
  expect(
    thrownCodes().filter(
      ({ code }) => !/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(code) && !["HALTED", "INTERRUPTED"].includes(code),
    ),
  ).toEqual([]);
});
