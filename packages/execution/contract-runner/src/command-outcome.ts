// How one command ended, in the words of a receipt. Source: spec/csc.md §1.4.
import { constants } from "node:os";
import type { CesError } from "@ces/kernel";
import type { ReceiptBinary, ReceiptNetwork } from "@ces/contract";
import type { Captured } from "./capture-stream.ts";
import type { WriteDelta } from "./write-delta.ts";

/** Nothing was started. `code` says why to programs; `exit_code` is there where the format asks for one. */
export type Refusal = {
  readonly kind: "refused";
  readonly code: string;
  readonly status: "blocked" | "failed";
  readonly exit_code?: number;
  readonly error: string;
};

/** It was started. `why` is set when the runner ended it. */
export type Ran = {
  readonly kind: "ran";
  readonly exit_code: number;
  readonly signal?: string;
  readonly why?: string;
  readonly started_at: string;
  readonly ended_at: string;
  readonly stdout: Captured;
  readonly stderr: Captured;
  readonly segment_exit_codes?: readonly number[];
  readonly delta: WriteDelta;
  readonly binaries: readonly ReceiptBinary[];
  readonly network: ReceiptNetwork;
  readonly network_used: boolean;
  readonly secrets: readonly string[];
};

export type CommandOutcome = Refusal | Ran;

/** Exit codes the format fixes. */
export const EXIT = { timeout: 124, notExecutable: 126, notFound: 127, killed: 137, interrupted: 130 } as const;

/** Blocked before anything ran. */
export function blocked(code: string, error: string): Refusal {
  return { kind: "refused", status: "blocked", code, error };
}

/** Blocked for a path: 126 by the format. */
export function blockedPath(code: string, error: string): Refusal {
  return { ...blocked(code, error), exit_code: EXIT.notExecutable };
}

/** Failed before anything ran. */
export function notStarted(code: string, error: string, exit_code: number): Refusal {
  return { kind: "refused", status: "failed", code, error, exit_code };
}

/** An error of the house as a refusal: its message, and the command to type next. */
export function refusedBy({ code, message, remedy }: CesError): Refusal {
  return blocked(code, remedy === undefined ? message : `${message} (next: ${remedy})`);
}

/**
 * The exit of a pipeline: the first that is not zero from left to right, else zero. A writer whose reader has left is ended by the
 * kernel, and that is no failure of it; `brokenPipe` is how its end reads. The last segment has no reader.
 */
export function pipelineExit(codes: readonly number[], brokenPipe: number): number {
  return codes.find((code, at) => code !== 0 && (code !== brokenPipe || at === codes.length - 1)) ?? 0;
}

/** `SIGKILL` for 9; undefined for a number that is none. */
export function signalName(number: number): string | undefined {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
}
