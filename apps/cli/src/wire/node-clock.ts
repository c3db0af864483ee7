// Time of this machine behind the Clock port.
import { performance } from "node:perf_hooks";
import type { Clock } from "@ces/kernel";

/** Wall time for records, monotonic time for durations. */
export const nodeClock: Clock = {
  now: () => new Date().toISOString(),
  epochMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};
