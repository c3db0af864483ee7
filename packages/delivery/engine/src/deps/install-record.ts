// The story of one run of a package manager, in the record that every run has. No model, no tokens, no words that anybody believes.
import { printable, utf8Encode } from "@ces/kernel";
import type { RunOutcome, RunRecord } from "@ces/records";
import { noUsage } from "../box/gateway-session.ts";
import type { PreparedBox } from "../box/open-box.ts";
import type { CommandEnd, KeptCommand } from "../box/run-command.ts";
import type { EngineContext } from "../context.ts";

/** Stands where a model's name would. */
export const NO_MODEL = "none";

/** Which program it was. */
export interface InstallerRun {
  readonly order: PreparedBox["order"];
  readonly version: string;
  readonly ended: KeptCommand;
}

/** The record. SECURITY: what the manager printed quotes packages (attacker-controlled): it is kept as a blob and never read for a claim. */
export function installRecord(ctx: EngineContext, { order, version, ended }: InstallerRun): RunRecord {
  const { end } = ended;
  const { sha256, bytes } = ctx.blobs.put(utf8Encode(end.output));
  const outcome = outcomeOf(end);
  return {
    schema: "ces.run/v1",
    order,
    runtime: "install",
    runtime_version: version,
    model: NO_MODEL,
    reported_model: "",
    session_id: "",
    outcome,
    exit_code: end.exit_code,
    reason: outcome === "completed" ? null : { code: "INSTALL_FAILED", text: whyFailed(order.label, end) },
    usage: noUsage,
    limits: [...ended.limits],
    tool_gate: { asked: 0, allowed: 0, denied: 0 },
    decisions: { count: 0, head: null },
    transcript: { sha256, bytes },
    final_text: "",
    started_at: ended.started_at,
    ended_at: ctx.clock.now(),
    duration_ms: end.duration_ms,
    command_contract: ended.command_contract,
  };
}

function outcomeOf(end: CommandEnd): RunOutcome {
  switch (end.outcome) {
    case "exited":
      return end.exit_code === 0 ? "completed" : "crashed";
    case "timed_out":
    case "halted":
    case "interrupted":
    case "setup_failed":
      return end.outcome;
    case "stopped":
      return "disk_full";
    default:
      return end.outcome satisfies never;
  }
}

const whyFailed = (label: string, { outcome, exit_code, detail, output }: CommandEnd): string => {
  const how = outcome === "exited" ? `ended with ${exit_code}` : `${outcome} ${detail}`.trim();
  return `${label} ${how}: ${printable(output.trim().slice(-600), { max: 600 })}`;
};
