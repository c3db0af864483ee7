// The thread of a delivery as a picture: each hop, whether it happened, and one plain sentence of what came out of it. Pure.
import type { Stage } from "@ces/records";
import { oneLine } from "../view/progress-line.ts";
import type { Story } from "./read-story.ts";

/** A hop. `now`: the delivery stands here; `stopped`: here it ended badly; `open`: not reached. */
export type StoryStep = {
  readonly stage: Stage;
  readonly state: "done" | "now" | "stopped" | "open";
  readonly text: string;
};

/** All hops in order. */
export function storySteps(story: Story): readonly StoryStep[] {
  const told = tell(story);
  const at = told.findIndex(({ text }) => text === null);
  const ended = ["failed", "rejected", "cancelled"].includes(story.report.state);
  return told.map(({ stage, text }, index) => {
    if (text !== null) return { stage, text, state: wrong(stage, story) ? "stopped" : "done" };
    if (index === at && !ended) return { stage, text: waiting[stage], state: "now" };
    return { stage, text: "", state: "open" };
  });
}

const waiting: Readonly<Record<Stage, string>> = {
  brief: "the request is being collected",
  contract: "the contract is not sealed yet",
  agent: "the agent has not finished",
  freeze: "what the agent left is not frozen yet",
  checks: "the checks have not run yet",
  evidence: "the evidence is not sealed yet",
  review: "nobody has looked at it yet",
  decision: "a decision is needed",
  merge: "it is not merged yet",
};

type Told = { readonly stage: Stage; readonly text: string | null };

function tell(story: Story): readonly Told[] {
  const { report, evidence } = story;
  return [
    { stage: "brief", text: tellBrief(story) },
    { stage: "contract", text: tellContract(story) },
    { stage: "agent", text: tellAgent(story) },
    { stage: "freeze", text: evidence ? `${count(report.files.length, "file")} changed${listed(report.files)}` : null },
    { stage: "checks", text: evidence ? tellChecks(story) : null },
    {
      stage: "evidence",
      text: evidence ? `${evidence.evidence_id} is sealed; what the agent claims is ${evidence.claim_verdict}` : null,
    },
    { stage: "review", text: tellReviews(story) },
    { stage: "decision", text: tellDecision(story) },
    { stage: "merge", text: report.merged_commit === null ? null : `merged as ${report.merged_commit.slice(0, 12)}` },
  ];
}

function tellBrief({ brief }: Story): string | null {
  if (!brief) return null;
  const wanted =
    brief.acceptance_criteria.length > 0 ? `, done when: ${oneLine(brief.acceptance_criteria.join("; "), 120)}` : "";
  return `${brief.project_mode === "brownfield" ? "a change to existing code" : "a new project"}${wanted}`;
}

function tellContract({ manifest }: Story): string | null {
  if (!manifest) return null;
  const { manifest_id, risk_tier, change_class, affected_files, minimum_gate } = manifest;
  return `${manifest_id}: tier ${risk_tier}, ${change_class}; may write ${oneLine(affected_files.join(" "), 80) || "nothing"}; needs ${article(minimum_gate)} decision or stricter`;
}

function tellAgent({ report }: Story): string | null {
  const { usage, tool_gate, runtime, runtime_version, model } = report;
  if (!usage) return null;
  if (runtime === "install")
    return `no agent: a package manager, ${runtime_version ?? "not yet run"}, in walls, scripts off`;
  const spent = usage.charged_tokens.toLocaleString("en-US");
  return `${runtime} ${runtime_version ?? ""} (${model ?? "?"}) asked ${count(tool_gate.asked, "time")}, ${tool_gate.denied} denied; ${spent} tokens`;
}

function tellChecks({ report }: Story): string {
  if (report.checks.length === 0) return "there was none to run";
  return report.checks
    .map(
      ({ command, outcome, passed, failed }) =>
        `${command} ${outcome}${passed === null ? "" : ` (${passed} passed, ${failed ?? 0} failed)`}`,
    )
    .join("; ");
}

function tellReviews({ report, triage }: Story): string | null {
  if (!triage) return null;
  const reviews = report.reviews.map(
    ({ role, model, outcome, findings }) => `${role} by ${model}: ${outcome}, ${count(findings, "finding")}`,
  );
  return `triage ${triage.color}${reviews.length > 0 ? `; ${reviews.join("; ")}` : "; no reviewer was asked"}`;
}

function tellDecision({ approval }: Story): string | null {
  if (!approval) return null;
  const { decision, actor, gate_supplied, gate_required, reason } = approval;
  const why = reason === "" ? "" : `: ${oneLine(reason, 80)}`;
  return `${decision === "approve" ? "approved" : "rejected"} by ${actor.id} (${gate_supplied}, ${gate_required} was needed)${why}`;
}

function wrong(stage: Stage, { report, approval }: Story): boolean {
  if (stage === "checks") return report.checks.some(({ outcome }) => outcome !== "passed");
  if (stage === "evidence") return report.claim === "contradicted";
  if (stage === "review") return report.triage === "red";
  return stage === "decision" && approval?.decision === "reject";
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, 4).join(", ");
  return paths.length === 0 ? "" : `: ${shown}${paths.length > 4 ? ` and ${paths.length - 4} more` : ""}`;
}

function article(gate: string): string {
  return gate === "agent" || gate === "hybrid" ? `${gate === "agent" ? "an" : "a"} ${gate}` : `a ${gate}`;
}
