// Every code that keeps a delivery from going on by itself, and what it takes: nothing helps, or a person may decide.
import type { Reason } from "@ces/records";

/** `stops`: red, whoever asks. `asks_person`: at best yellow, and only a human gate may pass it; `--yes` never does. */
export type BlockerWeight = "stops" | "asks_person";

/** The codes that evidence computes. Codes of the freeze (`ODD_FILE`, …) come on top and stop as well. */
export const blockerWeights = {
  RUN_NOT_COMPLETED: "stops",
  NOTHING_CHANGED: "stops",
  SCOPE_VIOLATION: "stops",
  CHECK_FAILED: "stops",
  CHECK_NOT_RUN: "stops",
  CLAIM_CONTRADICTED: "stops",
  SECRET_FOUND: "stops",
  SENSITIVE_NAME: "stops",
  DEPENDENCY_CHANGE: "stops",
  DEPENDENCY_REFUSED: "stops",
  SENSOR_ERRORED: "stops",
  CHECK_TOUCHED: "asks_person",
  NO_CHECKS: "asks_person",
  DEPENDENCY_FINDING: "asks_person",
  DEPENDENCY_DRIFT: "asks_person",
} as const satisfies Readonly<Record<string, BlockerWeight>>;

/** A code that evidence computes. */
export type BlockerCode = keyof typeof blockerWeights;

/** The weight of any blocker; a code that is not in the table stops. */
export function weightOf(blocker: Reason): BlockerWeight {
  const weights: Readonly<Record<string, BlockerWeight>> = blockerWeights;
  return Object.hasOwn(weights, blocker.code) ? (weights[blocker.code] ?? "stops") : "stops";
}
