// The contract of a task: what may be changed, with what, how much of it, until when (spec/ces §1.2).
// Immutable and signed; state, retries and leases live elsewhere, so that a state change never breaks the signature.
import { z } from "zod";
import { Brief } from "./brief.ts";
import { CheckSpec } from "./check.ts";
import {
  BehaviorConfidence,
  ChangeClass,
  Count,
  GateType,
  GitOid,
  Instant,
  RiskTier,
  RuntimeName,
  Sha256Hex,
} from "./scalar.schema.ts";
import { Toolchain } from "./toolchain.ts";

/** What a run may spend. Seconds, bytes and micro-dollars are whole numbers. */
export const Budgets = z.strictObject({
  tokens: Count,
  requests: Count,
  cost_microusd: Count.nullable(),
  wall_seconds: Count,
  idle_seconds: Count,
  agents: Count,
  disk_bytes: Count,
  inodes: Count,
  max_output_tokens: Count,
});
export type Budgets = z.infer<typeof Budgets>;

export const Manifest = z.strictObject({
  schema: z.literal("ces.manifest/v1"),
  manifest_id: z.string().regex(/^E?M-[0-9a-f]{12}$/),
  version: z.number().int().min(1),
  /** Content hash of the version this one replaces (a raised classification), else null. */
  supersedes: Sha256Hex.nullable(),
  delivery_id: z.string(),
  project_id: z.string(),
  brief: Brief,
  risk_tier: RiskTier,
  behavior_confidence: BehaviorConfidence,
  change_class: ChangeClass,
  classification_hash: Sha256Hex,
  base_commit: GitOid,
  base_tree: GitOid,
  target_ref: z.string().regex(/^refs\/heads\/.+/),
  /** Write scope: globs. Empty means that nothing may be written. */
  affected_files: z.array(z.string()),
  /** Globs that win over the scope. */
  forbidden_files: z.array(z.string()),
  /** Client tools by kind; empty means the kinds that CES knows, never "anything". */
  allowed_tools: z.array(z.string()),
  forbidden_tools: z.array(z.string()),
  network_hosts: z.array(z.string()),
  budgets: Budgets,
  runtime: RuntimeName,
  models: z.array(z.string()).min(1),
  acceptance_criteria: z.array(z.string()),
  checks: z.array(CheckSpec),
  toolchain: Toolchain,
  policy_hash: Sha256Hex,
  minimum_gate: GateType,
  max_retries: Count,
  owner: z.string(),
  classifier_id: z.string(),
  implementer_id: z.string(),
  created_at: Instant,
  expires_at: Instant,
});
export type Manifest = z.infer<typeof Manifest>;

/** The manifest with its Ed25519 seal over the domain-separated content hash. */
export const SealedManifest = z.strictObject({
  manifest: Manifest,
  content_hash: Sha256Hex,
  signature: z.string(),
  key_id: z.string(),
});
export type SealedManifest = z.infer<typeof SealedManifest>;
