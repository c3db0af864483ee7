// How a run under a layer ended, as data.
import { digestOf } from "./canary.ts";
import type { DriverEnd } from "./driver-process.ts";
import type { LayerRun } from "./layer-plan.ts";

/** Nothing was run, and why. */
export function notStarted(why: string, policy_digest: string | null): LayerRun {
  return {
    result: "not_started",
    why,
    exit_code: null,
    signal: null,
    duration_ms: 0,
    stdout_digest: digestOf(""),
    stderr_digest: digestOf(""),
    output: "",
    policy_digest,
    observed: [],
  };
}

/** It ran; what the layer was stands beside. */
export function ended(end: DriverEnd, layer: Pick<LayerRun, "policy_digest" | "observed">): LayerRun {
  return {
    result: end.timed_out ? "timed_out" : end.exit_code === 0 ? "succeeded" : "failed",
    why: null,
    exit_code: end.exit_code,
    signal: end.signal,
    duration_ms: end.duration_ms,
    stdout_digest: end.stdout_digest,
    stderr_digest: end.stderr_digest,
    output: end.stdout,
    ...layer,
  };
}
