import { CesError } from "@ces/kernel";
import { expect, test } from "vitest";
import { exitOf } from "../src/exit-codes.ts";
import { errorLines, shownError } from "../src/shown-error.ts";
import { lineText } from "../src/view/line.ts";

test.each([
  ["USAGE_OPTION", 2],
  ["HALTED", 3],
  ["STATE_TRACKED", 3],
  ["WOULD_OVERWRITE", 3],
  ["DELIVERY_BUSY", 3],
  ["LEDGER_TRUNCATED", 4],
  ["STORE_SCHEMA", 4],
  ["MANIFEST_HASH", 4],
  ["KEY_NOT_ROTATED", 4],
  ["KEY_MISMATCH", 5],
  ["STATE_UNSAFE", 5],
  ["STATE_MODIFIED", 4],
  ["WALLS_UNAVAILABLE", 5],
  ["TOOLCHAIN_MISSING", 5],
  ["RUNTIME_MISSING", 5],
  ["NEEDS_APPROVAL", 7],
  ["INTERRUPTED", 130],
  ["SOMETHING_ELSE", 1],
] as const)("%s ends with %i", (code, exit) => {
  expect(exitOf(code)).toBe(exit);
});

test("a refusal says its next command; a bug says that it is one; an abort says that all is kept", () => {
  const lines = (error: unknown, aborted = false) => errorLines(shownError(error, aborted)).map(lineText);
  expect(lines(new CesError("A_B", "it is so", { remedy: "ces status" }))).toEqual([
    "error: it is so [A_B]",
    "next: ces status",
  ]);
  expect(lines(new TypeError("x is not a function"))[0]).toBe(
    "error: this is a bug of ces, not of your project: TypeError: x is not a function [BUG]",
  );
  expect(shownError(new DOMException("interrupted", "AbortError"), true)).toMatchObject({
    exit: 130,
    code: "INTERRUPTED",
    remedy: "ces continue",
  });
  expect(shownError(new DOMException("interrupted", "AbortError"), false)).toMatchObject({ exit: 1, bug: true });
  expect(shownError("a string was thrown", false)).toMatchObject({ exit: 1, bug: true });
});

test("a secret in an error is not shown", () => {
  const key = `sk-ant-api03-${"a1B2".repeat(20)}`;
  expect(shownError(new Error(`bad ${key}`), false).message).not.toContain(key);
  expect(shownError(new CesError("A_B", `bad ${key}`), false).message).not.toContain(key);
});
