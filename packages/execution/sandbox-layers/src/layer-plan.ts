// What runs in a sandbox that someone else owns, and what is known afterwards. Plain data.
import type { SandboxObservation } from "@ces/receipts";

/** The layers that are driven. */
export type LayerName = "nono" | "openshell";

/** One command and what it may reach. Paths are absolute and exist; whatever is not named is out of reach. */
export interface LayerPlan {
  readonly argv: readonly string[];
  readonly workdir: string;
  readonly read: readonly string[];
  readonly write: readonly string[];
  /** Host names it may reach; none: no network at all. */
  readonly hosts: readonly string[];
  /** The whole environment of the command. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeout_ms: number;
}

/**
 * How it ended. `not_started`: the layer could not be shown to hold, so nothing was run. Digests are `sha256:` and hex, over everything
 * that was written; `output` is the first part of it.
 */
export interface LayerRun {
  readonly result: "succeeded" | "failed" | "timed_out" | "not_started";
  readonly why: string | null;
  readonly exit_code: number | null;
  readonly signal: string | null;
  readonly duration_ms: number;
  readonly stdout_digest: string;
  readonly stderr_digest: string;
  readonly output: string;
  /** `sha256:` of the configuration in force. */
  readonly policy_digest: string | null;
  readonly observed: readonly SandboxObservation[];
}

/** A layer that was found, with the version it said. */
export interface Layer {
  readonly name: LayerName;
  readonly version: string;
  /** Absolute. */
  readonly program: string;
  /** Proves with a canary that the layer holds, then runs the plan; never the other way round. */
  readonly run: (plan: LayerPlan) => Promise<LayerRun>;
}

/** A layer's program and what it is given. */
export interface Driver {
  readonly name: LayerName;
  readonly version: string;
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  /** A folder of ours, 0700. */
  readonly scratch: string;
}
