// The story of a finished run, from what CES saw: how the box ended, why it was stopped, what was charged, what held.
import { redactText } from "@ces/kernel";
import type { Budgets, RunLimit, RunOutcome, RunRecord, Usage } from "@ces/records";
import type { AgentEnd, Runtime } from "@ces/runtimes";
import type { BoxEnd } from "@ces/sandbox";
import type { EngineContext } from "../context.ts";
import type { SessionNeeds } from "./agent-session.ts";
import type { OpenBox } from "./open-box.ts";
import type { DeskCounts } from "./tool-desk.ts";
import type { Transcript } from "./transcript.ts";

export interface EndedSession {
  readonly end: AgentEnd;
  readonly boxEnd: BoxEnd;
  readonly box: OpenBox;
  readonly usage: Usage;
  readonly counts: DeskCounts;
  /** Why CES asked the client to stop. */
  readonly why: "idle" | "budget_spent" | null;
  /** Which budget the gateway found spent, in its words. */
  readonly spent: string | null;
  readonly transcript: Transcript;
  /** Last words on standard error, redacted. */
  readonly stderr: string;
}

/** The record. Its outcome rests on what CES did and saw before it rests on the client's words. */
export function makeRecord(ctx: EngineContext, needs: SessionNeeds, ended: EndedSession): RunRecord {
  const { end, counts, box } = ended;
  const outcome = runOutcome(ended);
  return {
    schema: "ces.run/v1",
    order: needs.prepared.order,
    runtime: needs.client.runtime.name,
    runtime_version: needs.client.version,
    model: needs.task.model,
    reported_model: end.reported_model.slice(0, 200),
    session_id: end.session_id.slice(0, 200),
    outcome,
    exit_code: ended.boxEnd.kind === "exited" ? ended.boxEnd.code : null,
    reason: outcome === "completed" ? null : reasonOf(ended, outcome),
    usage: ended.usage,
    limits: limitsOf(needs.client.runtime, box, needs.budgets),
    tool_gate: { asked: counts.asked, allowed: counts.allowed, denied: counts.denied },
    decisions: { count: counts.rows, head: counts.head },
    transcript: ended.transcript.store(ctx.blobs),
    final_text: redactText(end.final_text === "" ? ended.transcript.tail : end.final_text).slice(-64_000),
    started_at: box.started_at,
    ended_at: ctx.clock.now(),
    duration_ms: Math.round(ctx.clock.monotonicMs() - box.started_ms),
    command_contract: box.command_contract,
  };
}

function runOutcome({ end, boxEnd, box, why }: EndedSession): RunOutcome {
  const stopped = box.stoppedBy();
  if (stopped !== null) return stopped;
  if (end.outcome === "gate_bypassed" || end.outcome === "stream_forged") return end.outcome;
  if (boxEnd.kind === "stopped" && boxEnd.reason !== "killed")
    return boxEnd.reason === "wall" ? "timed_out" : "disk_full";
  if (why !== null) return why;
  return boxEnd.kind === "setup_failed" ? "setup_failed" : end.outcome;
}

function reasonOf(ended: EndedSession, outcome: RunOutcome): RunRecord["reason"] {
  const { end, boxEnd, why, spent, stderr } = ended;
  if (why === "idle") return { code: "RUN_IDLE", text: "nothing happened for too long" };
  if (outcome === "budget_spent" && spent !== null) return { code: "BUDGET_SPENT", text: spent };
  if (outcome === "timed_out") return { code: "RUN_TIMED_OUT", text: "the wall time of the contract is over" };
  if (outcome === "disk_full" && boxEnd.kind === "stopped")
    return { code: "RUN_EXHAUSTED", text: `the box was stopped: ${boxEnd.reason}` };
  const reason = end.reason ?? {
    code: "RUN_STOPPED",
    text: `the box ended: ${boxEnd.kind === "stopped" ? boxEnd.reason : boxEnd.kind}`,
  };
  return outcome === "crashed" && stderr !== ""
    ? { code: reason.code, text: `${reason.text}: ${stderr}`.slice(0, 2000) }
    : reason;
}

/** Every limit of the run with what holds it; gate limits are named as such and never counted as enforcement (S16). */
function limitsOf(runtime: Runtime, open: OpenBox, budgets: Budgets): RunLimit[] {
  const viaGateway = (name: "tokens" | "requests" | "agents" | "cost_microusd"): RunLimit[] =>
    runtime.vendor === "none" || budgets[name] === null
      ? []
      : [{ name, asked: `${budgets[name]}`, bound: true, held_by: "gateway" }];
  return [
    ...open.box.limits,
    ...viaGateway("tokens"),
    ...viaGateway("requests"),
    ...viaGateway("agents"),
    ...viaGateway("cost_microusd"),
    { name: "tools", asked: "as the contract says", bound: true, held_by: "gate" },
    ...open.box.unprotected.map((path): RunLimit => ({
      name: `protected:${path}`.slice(0, 200),
      asked: "read-only",
      bound: true,
      held_by: "merge",
    })),
  ];
}
