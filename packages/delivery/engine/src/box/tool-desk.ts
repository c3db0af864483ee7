// The host's end of the tool gate during one run: each question is judged, answered by a person where it must be, and
// written down and signed before the client hears the answer. The rows chain, so that none can be dropped (S16, S17).
import { hashJson } from "@ces/kernel";
import { type GateFacts, judgeToolCall } from "@ces/policy";
import type { DeliverySnapshot, Manifest, ToolCall, ToolVerdict, Verdict } from "@ces/records";
import type { ToolDecision } from "@ces/runtimes";
import type { EngineContext } from "../context.ts";
import { activeHalts } from "../halts.ts";
import { commitRows } from "../journal.ts";
import { plainJson } from "../plain-json.ts";
import { gateDecision, type GateGround } from "../receipts/gate-receipts.ts";
import type { CommandGuard } from "./command-guard.ts";
import { reservesLow } from "./reserves.ts";

export interface DeskCounts {
  readonly asked: number;
  readonly allowed: number;
  readonly denied: number;
  /** Decision rows that were written, and the hash of the last one. */
  readonly rows: number;
  readonly head: string | null;
}

export interface ToolDesk {
  decide(call: ToolCall): Promise<ToolDecision>;
  counts(): DeskCounts;
}

export interface DeskFacts extends GateGround {
  readonly run_id: string;
  readonly manifest: Manifest;
  readonly budgetSpent: () => string | null;
  /** Stops the idle timer while a person thinks. */
  readonly pause: (asking: boolean) => void;
  /** Judges commands over the run's tree; null for runs that have none. */
  readonly guard: CommandGuard | null;
  /** Copies the tree aside before a destructive command is let go. A throw means that the command is not run. */
  readonly keep: (seq: number) => Promise<void>;
}

/** A desk for one run. A row that cannot be recorded means that the call is not run: the throw reaches the client as a denial. */
export function openDesk(ctx: EngineContext, snapshot: DeliverySnapshot, facts: DeskFacts): ToolDesk {
  let seq = 0;
  let prev: string | null = null;
  let subAgents = 0;
  const counts = { asked: 0, allowed: 0, denied: 0 };
  const decide = async (call: ToolCall): Promise<ToolDecision> => {
    counts.asked += 1;
    const guards = facts.guard === null ? ctx.guards : [...ctx.guards, facts.guard];
    const verdict = judgeToolCall(call, gateFacts(ctx, facts, subAgents), guards);
    const answered = await keptFirst(facts, call, { answered: await answer(ctx, call, verdict, facts), seq });
    const allowed = answered.decision === "allow";
    if (allowed && call.kind === "agent") subAgents += 1;
    const row = decisionRow(ctx, { facts, call, verdict, answered, seq, prev });
    const stored = { id: `${facts.run_id}/${row.seq}`, body: plainJson(row) };
    commitRows(ctx, snapshot, {
      rows: [{ kind: "decision", delivery_id: snapshot.delivery_id, ...stored }],
      receipts: [gateDecision(ctx, stored, facts)],
    });
    // INVARIANT: only what is stored is counted; the run's record says how many rows there are.
    prev = hashJson(ctx.crypto, "ces.decision/v1", stored.body);
    seq += 1;
    counts[allowed ? "allowed" : "denied"] += 1;
    ctx.report({
      kind: "call",
      run_id: facts.run_id,
      tool: call.tool,
      tool_kind: call.kind,
      what: call.command ?? call.paths.join(" "),
      verdict: allowed ? "allow" : "deny",
      why: row.reasons.map((reason) => reason.text).join("; "),
    });
    return allowed
      ? { kind: "allow" }
      : { kind: "deny", reason: row.reasons.map((reason) => `${reason.code}: ${reason.text}`).join("; ") };
  };
  return { decide, counts: () => ({ ...counts, rows: seq, head: prev }) };
}

// A tree that cannot be kept is a command that is not run: what is destroyed could not be brought back.
async function keptFirst(
  facts: DeskFacts,
  call: ToolCall,
  { answered, seq }: { readonly answered: Answered; readonly seq: number },
): Promise<Answered> {
  if (answered.decision === "deny" || facts.guard?.destroys(call) !== true) return answered;
  try {
    await facts.keep(seq);
    return answered;
  } catch (error) {
    // SECURITY: attacker-controlled: it names a path of the agent's, as long as the agent made it.
    const why = error instanceof Error ? error.message : "unknown";
    const text = `the tree could not be kept before a destructive command: ${why}`.slice(0, 2000);
    return { ...answered, decision: "deny", extra: [...answered.extra, { code: "TREE_NOT_KEPT", text }] };
  }
}

function gateFacts(ctx: EngineContext, facts: DeskFacts, sub_agents: number): GateFacts {
  const halted = new Set(activeHalts(ctx.store).flatMap((halt) => halt.classes));
  return {
    manifest: facts.manifest,
    halted,
    budget_spent: facts.budgetSpent(),
    sub_agents,
    reserves_low: reservesLow(ctx.places.state_dir),
  };
}

interface Answered {
  readonly decision: "allow" | "deny";
  readonly by: string | null;
  readonly extra: ToolVerdict["reasons"];
}

/** `--yes` never answers a tool question; nobody there means no (DESIGN §2). */
async function answer(ctx: EngineContext, call: ToolCall, verdict: Verdict, facts: DeskFacts): Promise<Answered> {
  if (verdict.kind !== "ask") return { decision: verdict.kind, by: null, extra: [] };
  facts.pause(true);
  const said = await ctx.ask({
    id: `tool:${call.call_id}`,
    kind: "tool",
    text: `Allow ${call.tool}: ${call.command ?? call.paths.join(" ")}?`,
    detail: verdict.reasons.map((reason) => reason.text).join("; "),
    choices: ["allow", "deny"],
    default_answer: null,
  });
  facts.pause(false);
  if (said.by === "person") return { decision: said.value === "allow" ? "allow" : "deny", by: "person", extra: [] };
  return { decision: "deny", by: null, extra: [{ code: "GATE_UNANSWERED", text: "nobody answered the question" }] };
}

interface RowInput {
  readonly facts: DeskFacts;
  readonly call: ToolCall;
  readonly verdict: Verdict;
  readonly answered: Answered;
  readonly seq: number;
  readonly prev: string | null;
}

function decisionRow(ctx: EngineContext, { facts, call, verdict, answered, seq, prev }: RowInput): ToolVerdict {
  return {
    schema: "ces.decision/v1",
    run_id: facts.run_id,
    seq,
    prev,
    call,
    decision: answered.decision,
    verdict: verdict.kind,
    reasons: [...verdict.reasons, ...answered.extra],
    answered_by: answered.by,
    observed_by: "client",
    policy_hash: ctx.policy_hash,
    at: ctx.clock.now(),
  };
}
