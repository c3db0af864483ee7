// Consent to merge exactly one tree (S21, S22), and the merge itself.
import { z } from "zod";
import { Actor } from "./actor.ts";
import { GateType, GitOid, Instant, ReasonCode, Sha256Hex } from "./scalar.schema.ts";

/** What a person's own key signed, so that anyone can hold it against their public key later (S21). Signature: standard base64. */
export const ConsentProof = z.strictObject({
  message: z.string().max(1000),
  key_id: z.string(),
  signature: z.string(),
});
export type ConsentProof = z.infer<typeof ConsentProof>;

/** What is signed. Any moved part voids it. */
export const Approval = z.strictObject({
  schema: z.literal("ces.approval/v1"),
  approval_id: z.string().regex(/^AP-[0-9a-f]{12}$/),
  delivery_id: z.string(),
  manifest_hash: Sha256Hex,
  policy_hash: Sha256Hex,
  base_commit: GitOid,
  candidate_tree: GitOid,
  evidence_id: z.string(),
  evidence_hash: Sha256Hex,
  checks_hash: Sha256Hex,
  reviews_hash: Sha256Hex,
  target_ref: z.string(),
  decision: z.enum(["approve", "reject"]),
  gate_required: GateType,
  gate_supplied: GateType,
  actor: Actor,
  /** Present exactly when the actor's proof is a key. */
  proof: ConsentProof.nullable(),
  reason: z.string().max(2000),
  decided_at: Instant,
  expires_at: Instant,
});
export type Approval = z.infer<typeof Approval>;

export const SealedApproval = z.strictObject({
  approval: Approval,
  content_hash: Sha256Hex,
  signature: z.string(),
  key_id: z.string(),
});
export type SealedApproval = z.infer<typeof SealedApproval>;

/** One of the five merge checks of spec/ces §5.5. */
export const MergeCheck = z.strictObject({ name: z.string(), passed: z.boolean(), detail: z.string() });
export type MergeCheck = z.infer<typeof MergeCheck>;
export const MergeDecision = z.strictObject({
  allowed: z.boolean(),
  checks: z.array(MergeCheck),
  refused: z.array(ReasonCode),
});
export type MergeDecision = z.infer<typeof MergeDecision>;

/** A merge that happened: the commit whose tree is the approved tree. */
export const Merge = z.strictObject({
  schema: z.literal("ces.merge/v1"),
  delivery_id: z.string(),
  approval_id: z.string(),
  target_ref: z.string(),
  previous: GitOid,
  commit: GitOid,
  tree: GitOid,
  checkout: z.enum(["updated", "not_checked_out", "left_alone"]),
  merged_at: Instant,
});
export type Merge = z.infer<typeof Merge>;
