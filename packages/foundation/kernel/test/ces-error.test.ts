import { expect, test } from "vitest";
import { CesError, isCesError } from "../src/ces-error.ts";

test("carries code, message, remedy and cause", () => {
  const cause = new Error("disk");
  const error = new CesError("STORE_FULL", "the store is full", { remedy: "ces doctor", cause });
  expect({ ...error, message: error.message, cause: error.cause }).toEqual({
    name: "CesError",
    code: "STORE_FULL",
    message: "the store is full",
    remedy: "ces doctor",
    cause,
  });
  expect(new CesError("A_B", "c").remedy).toBeUndefined();
});

test("is told from bugs, and by code", () => {
  expect(isCesError(new CesError("A_B", "c"))).toBe(true);
  expect(isCesError(new CesError("A_B", "c"), "A_B")).toBe(true);
  expect(isCesError(new CesError("A_B", "c"), "A_C")).toBe(false);
  expect(
    [new Error("x"), { name: "CesError", code: "A_B" }, null, "CesError"].map((error) => isCesError(error)),
  ).toEqual([false, false, false, false]);
});
