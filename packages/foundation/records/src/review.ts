// Reviews: who has to look, what they looked at, what they found, what it means (spec/ces §5; S23).
import { z } from "zod";
import { Finding } from "./finding.ts";
import { GateType, Instant, RiskTier, RuntimeName, TriageColor, TrustStatus } from "./scalar.schema.ts";

export const ReviewerRole = z.enum(["structural", "semantic", "red_team"]);
export type ReviewerRole = z.infer<typeof ReviewerRole>;

export const ReviewAssignment = z.strictObject({
  role: ReviewerRole,
  runtime: RuntimeName,
  model: z.string(),
  reviewer_id: z.string(),
});
export type ReviewAssignment = z.infer<typeof ReviewAssignment>;

/** Who reviews. `degraded_diversity`: fewer distinct models than the tier asks for. */
export const ReviewRoute = z.strictObject({
  risk_tier: RiskTier,
  assignments: z.array(ReviewAssignment),
  required_roles: z.array(ReviewerRole),
  degraded_diversity: z.boolean(),
  notes: z.array(z.string()),
});
export type ReviewRoute = z.infer<typeof ReviewRoute>;

/** One reviewer's run. `incomplete`: missing, unparsable, or not every changed file examined. */
export const ReviewRun = z.strictObject({
  assignment: ReviewAssignment,
  run_id: z.string(),
  outcome: z.enum(["complete", "incomplete", "not_credible"]),
  examined: z.array(z.strictObject({ path: z.string(), note: z.string() })),
  findings: z.array(Finding),
  reported_model: z.string(),
  finished_at: Instant,
});
export type ReviewRun = z.infer<typeof ReviewRun>;

/** All reviews of one candidate together. */
export const ReviewSummary = z.strictObject({
  findings: z.array(Finding),
  critical: z.number().int(),
  high: z.number().int(),
  disagreements: z.array(z.string()),
  unanimous_zero: z.boolean(),
  degraded_diversity: z.boolean(),
  incomplete: z.boolean(),
});
export type ReviewSummary = z.infer<typeof ReviewSummary>;

/** The colour, what it rests on, and the gate that the delivery now needs. */
export const Triage = z.strictObject({
  color: TriageColor,
  risk_tier: RiskTier,
  trust_status: TrustStatus,
  sensors_green: z.boolean(),
  reasons: z.array(z.string()),
  required_gate: GateType,
  gate_reasons: z.array(z.string()),
});
export type Triage = z.infer<typeof Triage>;
