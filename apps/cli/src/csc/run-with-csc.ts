// `csc run`: the door to the executor.
import { CesError } from "@ces/kernel";
import type { CscAnswer } from "./csc-answer.ts";
import type { CscRun } from "./csc-usage.ts";

/** Runs a contract as `csc run` does and writes its receipt. Throws CesError `CSC_RUN_MISSING` until the executor is wired here. */
export function runWithCsc(run: CscRun): Promise<CscAnswer> {
  throw new CesError("CSC_RUN_MISSING", `\`csc run ${run.contract}\` has no executor yet`, { remedy: "csc check" });
}
