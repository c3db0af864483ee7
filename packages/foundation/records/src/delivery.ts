// The mutable side of a delivery: where it stands. Everything it points to is immutable.
import { z } from "zod";
import { Count, GitOid, Instant, RuntimeName, Sha256Hex } from "./scalar.schema.ts";
import { Reason } from "./verdict.ts";

export const WorkflowState = z.enum([
  "drafting",
  "queued",
  "in_flight",
  "verifying",
  "under_review",
  "approved",
  "merged",
  "deployed",
  "rejected",
  "failed",
  "cancelled",
]);
export type WorkflowState = z.infer<typeof WorkflowState>;
export const ReviewSubState = z.enum(["pending_review", "challenger_brief", "triage", "decision"]);
export type ReviewSubState = z.infer<typeof ReviewSubState>;

export const DeliverySnapshot = z.strictObject({
  delivery_id: z.string().regex(/^D-[0-9a-f]{12}$/),
  version: Count,
  request: z.string(),
  state: WorkflowState,
  review_state: ReviewSubState.nullable(),
  attempt: Count,
  retry_count: Count,
  max_retries: Count,
  runtime: RuntimeName,
  brief_id: z.string().nullable(),
  manifest_id: z.string().nullable(),
  manifest_hash: Sha256Hex.nullable(),
  candidate_tree: GitOid.nullable(),
  evidence_id: z.string().nullable(),
  approval_id: z.string().nullable(),
  merged_commit: GitOid.nullable(),
  /** Why it does not go on by itself; a list, not a state. */
  blockers: z.array(Reason),
  demo: z.boolean(),
  created_at: Instant,
  updated_at: Instant,
});
export type DeliverySnapshot = z.infer<typeof DeliverySnapshot>;

/** An effect to run after a commit; idempotent by `effect_id` = hash(delivery, state, attempt, name). */
export const Effect = z.strictObject({
  effect_id: Sha256Hex,
  delivery_id: z.string(),
  name: z.string(),
  attempt: Count,
  state: WorkflowState,
  input: z.string(),
});
export type Effect = z.infer<typeof Effect>;
