// The evidence packet: everything that was measured about one candidate, immutable, content-addressed, signed (spec/ces §1.3).
import { z } from "zod";
import { CheckRun } from "./check.ts";
import { Claim, ClaimCheck } from "./claim.ts";
import { Classification } from "./classification.ts";
import { DeltaFile, LeftBehind } from "./delta.ts";
import { Observation } from "./finding.ts";
import { ReceiptHead } from "./receipt-row.ts";
import { RunLimit, RunOutcome, Usage } from "./run.ts";
import {
  BehaviorConfidence,
  ChangeClass,
  Count,
  GitOid,
  HeldBy,
  Instant,
  RiskTier,
  RuntimeName,
  Sha256Hex,
} from "./scalar.schema.ts";
import { Reason } from "./verdict.ts";

/** One line of who did what with which program. */
export const Custody = z.strictObject({
  step: z.string(),
  role: z.string(),
  runtime: z.union([RuntimeName, z.literal("none")]),
  runtime_version: z.string(),
  model: z.string(),
  reported_model: z.string(),
  run_id: z.string(),
  at: Instant,
});
export type Custody = z.infer<typeof Custody>;

/** What a decider reads first. Every field is computed from facts. */
export const DecisionView = z.strictObject({
  change_summary: z.string(),
  affected_artifacts: z.array(z.string()),
  risk_tier: RiskTier,
  behavior_confidence: BehaviorConfidence,
  change_class: ChangeClass,
  test_outcomes: z.strictObject({ passed: Count, failed: Count, skipped: Count }),
  assumptions: z.array(z.string()),
  unresolved_risks: z.array(z.string()),
  rollback_readiness: z.enum(["ready", "conditional", "not_ready"]),
  economic_impact: z.strictObject({ tokens: Count, requests: Count, cost_microusd: Count.nullable(), wall_ms: Count }),
  arguments_for: z.array(z.string()),
  arguments_against: z.array(z.string()),
});
export type DecisionView = z.infer<typeof DecisionView>;

/** What a decider must not be left to find out alone. */
export const Honesty = z.strictObject({
  retries_used: Count,
  interrupted_attempts: Count,
  skipped_checks: z.array(z.string()),
  touched_checks: z.array(z.string()),
  denied_calls: Count,
  limits_not_bound: z.array(z.string()),
  limits_held_by_gate_only: z.array(z.string()),
  client_reports: z.literal("as asked by the client; not observed"),
  omitted: z.array(z.string()),
});
export type Honesty = z.infer<typeof Honesty>;

export const EvidencePacket = z.strictObject({
  schema: z.literal("ces.evidence/v1"),
  evidence_id: z.string().regex(/^EP-[0-9a-f]{12}$/),
  delivery_id: z.string(),
  manifest_id: z.string(),
  manifest_hash: Sha256Hex,
  attempt: z.number().int().min(1),
  demo: z.boolean(),
  base_commit: GitOid,
  candidate_tree: GitOid,
  run_outcome: RunOutcome,
  files: z.array(DeltaFile),
  out_of_scope: z.array(DeltaFile),
  left_behind: z.array(LeftBehind),
  delta_blockers: z.array(Reason),
  /** Classification redone on the frozen delta; only ever raised (S20). */
  reclassification: Classification,
  checks: z.array(CheckRun),
  claim: Claim.nullable(),
  claim_verdict: z.enum(["confirmed", "contradicted", "unclaimed"]),
  claim_checks: z.array(ClaimCheck),
  observations: z.array(Observation),
  decision_view: DecisionView,
  honesty: Honesty,
  custody: z.array(Custody),
  usage: Usage,
  limits: z.array(RunLimit),
  held_by: z.record(z.string(), HeldBy),
  decisions: z.strictObject({ count: Count, head: Sha256Hex.nullable() }),
  /** Where the project's chain of receipts stood; absent in packets from before receipts. */
  receipts: ReceiptHead.exactOptional(),
  blockers: z.array(Reason),
  sealed_at: Instant,
});
export type EvidencePacket = z.infer<typeof EvidencePacket>;

export const SealedEvidence = z.strictObject({
  packet: EvidencePacket,
  content_hash: Sha256Hex,
  signature: z.string(),
  key_id: z.string(),
});
export type SealedEvidence = z.infer<typeof SealedEvidence>;
