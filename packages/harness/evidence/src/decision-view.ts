// What a decider reads first: every line is computed from facts, none is the agent's prose.
import type { DecisionView, EvidencePacket, Manifest, Usage } from "@ces/records";

/** The facts that the view is made of. */
export type ViewFacts = Pick<
  EvidencePacket,
  "files" | "checks" | "claim" | "claim_verdict" | "observations" | "reclassification" | "blockers" | "usage"
> & {
  readonly manifest: Pick<Manifest, "brief">;
  readonly wall_ms: number;
};

/** Computes the decision view. */
export function decisionView(facts: ViewFacts): DecisionView {
  const { reclassification: at } = facts;
  return {
    change_summary: changeSummary(facts.files),
    affected_artifacts: facts.files.map(({ path }) => path),
    risk_tier: at.risk_tier,
    behavior_confidence: at.behavior_confidence,
    change_class: at.change_class,
    test_outcomes: testOutcomes(facts.checks),
    assumptions: facts.manifest.brief.defaulted.map((id) => `nobody answered \`${id}\`; its default was taken`),
    unresolved_risks: risks(facts),
    rollback_readiness: rollback(at.hazards),
    economic_impact: economics(facts.usage, facts.wall_ms),
    arguments_for: argumentsFor(facts),
    arguments_against: argumentsAgainst(facts),
  };
}

function changeSummary(files: EvidencePacket["files"]): string {
  const count = (change: string): number => files.filter((file) => file.change === change).length;
  const lines = (side: "added_lines" | "deleted_lines"): number => files.reduce((sum, file) => sum + file[side], 0);
  const parts = ["added", "modified", "deleted", "mode"]
    .filter((change) => count(change) > 0)
    .map((change) => `${count(change)} ${change}`);
  return `${files.length} files (${parts.join(", ") || "none"}), ${lines("added_lines")} lines added, ${lines("deleted_lines")} removed`;
}

function testOutcomes(checks: EvidencePacket["checks"]): DecisionView["test_outcomes"] {
  const counts = checks.flatMap((check) =>
    check.executions.filter(({ variant }) => variant === "as_is").flatMap(({ counts }) => counts ?? []),
  );
  const sum = (key: "passed" | "failed" | "skipped"): number => counts.reduce((total, count) => total + count[key], 0);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}

function risks(facts: ViewFacts): string[] {
  const findings = facts.observations
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity === "critical" || severity === "high");
  return [
    ...facts.reclassification.hazards.map(({ rule, detail }) => `${rule}: ${detail}`),
    ...findings.map(({ title, path }) => (path === null ? title : `${title}: \`${path}\``)),
    ...(facts.claim?.open_questions ?? []).map((question) => `the agent asks: ${question}`),
  ].slice(0, 50);
}

// A merge is undone by reverting one commit, unless it changed stored data or what runs outside the repository.
function rollback(hazards: EvidencePacket["reclassification"]["hazards"]): DecisionView["rollback_readiness"] {
  const rules = new Set(hazards.map(({ rule }) => rule));
  if (rules.has("content_destroys_data")) return "not_ready";
  return ["path_stored_data", "path_infrastructure", "word_migration"].some((rule) => rules.has(rule))
    ? "conditional"
    : "ready";
}

function economics(usage: Usage, wall_ms: number): DecisionView["economic_impact"] {
  return { tokens: usage.charged_tokens, requests: usage.requests, cost_microusd: usage.cost_microusd, wall_ms };
}

function argumentsFor(facts: ViewFacts): string[] {
  const passed = facts.checks.filter(({ outcome }) => outcome === "passed");
  const quiet = facts.observations.filter(({ outcome, findings }) => outcome === "passed" && findings.length === 0);
  return [
    ...passed.map(({ check_id }) => `\`${check_id}\` passed on the exact tree, also with the tests of the base`),
    ...(facts.claim_verdict === "confirmed" ? ["what the agent claims agrees with what was measured"] : []),
    ...(quiet.length > 0 && quiet.length === facts.observations.length
      ? [`none of ${quiet.length} sensors found anything`]
      : []),
  ];
}

function argumentsAgainst(facts: ViewFacts): string[] {
  const found = facts.observations
    .filter(({ findings }) => findings.length > 0)
    .map(({ sensor, findings }) => `${sensor}: ${findings[0]?.title ?? ""} (${findings.length})`);
  return [
    ...facts.blockers.map(({ code, text }) => `${code}: ${text}`),
    ...found,
    ...(facts.claim_verdict === "unclaimed" ? ["the agent did not say what it did"] : []),
  ];
}
