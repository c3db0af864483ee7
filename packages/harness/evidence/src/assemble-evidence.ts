// Puts everything that was measured about one candidate into one packet. The only place where blockers, decision view and
// honesty fields come into being; nothing of the agent's goes in without redaction.
import { redact, redactText, type Json } from "@ces/kernel";
import type {
  CheckRun,
  Classification,
  Claim,
  Custody,
  EvidencePacket,
  Honesty,
  MergeCandidate,
  Observation,
  ReceiptHead,
  RunRecord,
  SealedManifest,
} from "@ces/records";
import { compareClaim } from "./compare-claim.ts";
import { decisionView } from "./decision-view.ts";
import { findBlockers } from "./find-blockers.ts";

/** The facts of one attempt, ready to be assembled. */
export interface EvidenceFacts {
  readonly evidence_id: string;
  readonly manifest: SealedManifest;
  readonly candidate: MergeCandidate;
  readonly run: RunRecord;
  readonly demo: boolean;
  readonly reclassification: Classification;
  readonly checks: readonly CheckRun[];
  /** What `parseClaim` read; null when it found none that can be used. */
  readonly claim: Claim | null;
  readonly observations: readonly Observation[];
  readonly custody: readonly Custody[];
  /** Where the project's chain of receipts stands. */
  readonly receipts: ReceiptHead;
  readonly retries_used: number;
  readonly interrupted_attempts: number;
  /** What is known not to be in the packet, in words. */
  readonly omitted: readonly string[];
  /** ISO instant. */
  readonly sealed_at: string;
}

/** The packet, not yet sealed. Pure: the same facts give the same packet. */
export function assembleEvidence(facts: EvidenceFacts): EvidencePacket {
  const { manifest } = facts.manifest;
  const { delta } = facts.candidate;
  const compared = compareClaim({ claim: facts.claim, manifest, delta, checks: facts.checks });
  const measured = {
    run_outcome: facts.run.outcome,
    files: delta.in_scope,
    out_of_scope: delta.out_of_scope,
    left_behind: delta.left_behind,
    delta_blockers: delta.blockers,
    reclassification: facts.reclassification,
    checks: facts.checks.map(withoutSecrets),
    claim: facts.claim === null ? null : redacted(facts.claim),
    claim_verdict: compared.verdict,
    claim_checks: redacted([...compared.checks]),
    observations: [...facts.observations],
    usage: facts.run.usage,
  };
  const sealed_checks = manifest.checks.map(({ check_id }) => check_id);
  const run_reason = facts.run.reason === null ? null : redactText(facts.run.reason.text);
  const blockers = [...findBlockers({ ...measured, sealed_checks, run_reason })];
  return {
    schema: "ces.evidence/v1",
    ...identity(facts),
    ...measured,
    decision_view: decisionView({ ...measured, blockers, manifest, wall_ms: facts.run.duration_ms }),
    honesty: honesty(facts),
    custody: [...facts.custody],
    limits: facts.run.limits,
    held_by: Object.fromEntries(facts.run.limits.map((limit) => [limit.name, limit.bound ? limit.held_by : "none"])),
    decisions: facts.run.decisions,
    receipts: facts.receipts,
    blockers,
    sealed_at: facts.sealed_at,
  };
}

type Identity = Pick<
  EvidencePacket,
  | "evidence_id"
  | "delivery_id"
  | "manifest_id"
  | "manifest_hash"
  | "attempt"
  | "demo"
  | "base_commit"
  | "candidate_tree"
>;

function identity(facts: EvidenceFacts): Identity {
  return {
    evidence_id: facts.evidence_id,
    delivery_id: facts.manifest.manifest.delivery_id,
    manifest_id: facts.manifest.manifest.manifest_id,
    manifest_hash: facts.manifest.content_hash,
    attempt: facts.candidate.attempt,
    demo: facts.demo,
    base_commit: facts.candidate.base_commit,
    candidate_tree: facts.candidate.tree,
  };
}

function honesty(facts: EvidenceFacts): Honesty {
  const ids = (outcome: CheckRun["outcome"]): string[] =>
    facts.checks.filter((check) => check.outcome === outcome).map(({ check_id }) => check_id);
  const { limits, tool_gate } = facts.run;
  return {
    retries_used: facts.retries_used,
    interrupted_attempts: facts.interrupted_attempts,
    skipped_checks: ids("not_run"),
    touched_checks: ids("touched"),
    denied_calls: tool_gate.denied,
    limits_not_bound: limits.filter(({ bound }) => !bound).map(({ name }) => name),
    // SECURITY: a limit that only the tool gate holds is advice (S16); it is named here so that nobody counts on it.
    limits_held_by_gate_only: limits
      .filter(({ bound, held_by }) => bound && held_by === "gate")
      .map(({ name }) => name),
    client_reports: "as asked by the client; not observed",
    omitted: [...facts.omitted],
  };
}

function withoutSecrets(check: CheckRun): CheckRun {
  return {
    ...check,
    executions: check.executions.map((run) => ({ ...run, output_tail: redactText(run.output_tail).slice(0, 8000) })),
  };
}

// Redaction keeps the shape: strings stay strings. Long texts are cut again because a mark may be longer than what it hides.
function redacted<T extends Claim | EvidencePacket["claim_checks"]>(value: T): T {
  const json: Json = JSON.parse(JSON.stringify(value));
  return shorten(redact(json), 4000) as T; // same shape, see above
}

function shorten(value: Json, max: number): Json {
  if (typeof value === "string") return value.slice(0, max);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item: Json) => shorten(item, max));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shorten(member, max)]));
}
