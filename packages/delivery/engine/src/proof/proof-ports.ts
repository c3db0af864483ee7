// What a proof is given. Walls and gateway are ports, so that a test can bring weaker ones and see the canaries red; the app brings the real ones.
import type { Clock, Crypto, Random } from "@ces/kernel";
import type { Report } from "@ces/ports";
import type { startGateway } from "@ces/gateway";
import type { startBox } from "@ces/sandbox";
import type { HostTools } from "../context.ts";

/** Places absolute. `owner` is a label for the contracts. */
export interface ProofPorts {
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly random: Random;
  readonly report: Report;
  readonly signal: AbortSignal;
  readonly tools: HostTools;
  readonly boxes_dir: string;
  readonly keep_out: readonly string[];
  readonly owner: string;
  readonly startBox: typeof startBox;
  readonly startGateway: typeof startGateway;
}
