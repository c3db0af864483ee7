// Runs one command in a box to its end and keeps its output: capped, redacted, addressed by content.
import { redactText } from "@ces/kernel";
import type { ExecutionDraft } from "@ces/receipts";
import type { DeliverySnapshot, WorkOrder } from "@ces/records";
import type { BoxEnd } from "@ces/sandbox";
import type { EngineContext } from "../context.ts";
import { commitRows } from "../journal.ts";
import { boxExecution } from "../receipts/box-receipts.ts";
import type { PendingReceipt } from "../receipts/pending-receipt.ts";
import { keepOutput, type KeptOutput } from "./keep-output.ts";
import { type BoxShape, type OpenBox, type PreparedBox, openBox } from "./open-box.ts";

/** The end of a command. `exit_code` null: it was stopped or never started. Times in milliseconds. */
export interface CommandEnd {
  readonly outcome: "exited" | "timed_out" | "stopped" | "halted" | "interrupted" | "setup_failed";
  readonly exit_code: number | null;
  readonly detail: string;
  /** Standard output and error as they came, capped. */
  readonly output: string;
  readonly output_sha256: string;
  readonly duration_ms: number;
}

/** A command that ended while the folder of its box is still there. Instants as records write them. */
export interface KeptCommand {
  readonly end: CommandEnd;
  readonly limits: OpenBox["box"]["limits"];
  readonly command_contract: OpenBox["command_contract"];
  readonly started_at: string;
  /** Removes the folder. Call when nothing reads it any more. */
  dispose(): Promise<void>;
}

/** Starts the command of `shape`, closes its input after the start line, waits for the end, and removes the box's folder. */
export async function runCommand(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  prepared: PreparedBox,
  shape: BoxShape,
): Promise<CommandEnd> {
  const kept = await keptCommand(ctx, snapshot, prepared, shape);
  await kept.dispose();
  return kept.end;
}

/** The same, with what it wrote left to be read. */
export async function keptCommand(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  prepared: PreparedBox,
  shape: BoxShape,
): Promise<KeptCommand> {
  const open = await openBox(ctx, snapshot, prepared, shape);
  const kept = keepOutput([open.box.stdout, open.box.stderr]);
  open.box.stdin.end();
  const end = await open.box.exited;
  const { run_id, purpose, label } = prepared.order;
  ctx.report({
    kind: "run",
    run_id,
    purpose,
    label,
    status: "ended",
    pid: open.box.handle.pid,
    note: end.kind === "exited" ? `exit ${end.code}` : end.kind,
  });
  const { command_contract, started_at, dispose } = open;
  const ended = commandEnd(ctx, open, end, await kept());
  commitRows(ctx, snapshot, { rows: [], receipts: commandExecution(ctx, prepared.order, open, ended) });
  return { limits: open.box.limits, command_contract, started_at, dispose, end: ended };
}

// Signed as soon as it has ended, whatever becomes of the hop that waits for it.
function commandExecution(
  ctx: EngineContext,
  order: WorkOrder,
  { command_contract: contract, sandbox, went }: OpenBox,
  { outcome, exit_code, duration_ms, output_sha256 }: CommandEnd,
): readonly PendingReceipt[] {
  const result = went ? commandResult(outcome, exit_code) : "not_started";
  return boxExecution(ctx, { order, contract, sandbox, result, exit_code, duration_ms, output_sha256 }, null);
}

function commandResult(outcome: CommandEnd["outcome"], exit_code: number | null): ExecutionDraft["result"] {
  if (outcome === "exited") return exit_code === 0 ? "succeeded" : "failed";
  if (outcome === "timed_out") return "timed_out";
  return outcome === "setup_failed" ? "not_started" : "failed";
}

function commandEnd(ctx: EngineContext, open: OpenBox, end: BoxEnd, output: KeptOutput): CommandEnd {
  const stopped = open.stoppedBy();
  const facts = {
    output: redactText(output.text),
    output_sha256: output.sha256,
    duration_ms: Math.round(ctx.clock.monotonicMs() - open.started_ms),
  };
  if (stopped !== null) return { ...facts, outcome: stopped, exit_code: null, detail: stopped };
  if (end.kind === "exited") return { ...facts, outcome: "exited", exit_code: end.code, detail: "" };
  if (end.kind === "stopped")
    return { ...facts, outcome: end.reason === "wall" ? "timed_out" : "stopped", exit_code: null, detail: end.reason };
  return {
    ...facts,
    outcome: end.kind === "setup_failed" ? "setup_failed" : "stopped",
    exit_code: null,
    detail: end.kind === "signaled" ? end.signal : end.detail,
  };
}
