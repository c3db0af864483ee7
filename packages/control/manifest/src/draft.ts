// Makes the contract out of what was asked and what was found out. Nothing here reads anything: facts come in, a manifest goes out.
import type {
  Brief,
  Budgets,
  CheckSpec,
  Classification,
  GateType,
  Manifest,
  RiskTier,
  RuntimeName,
  SealedManifest,
  Toolchain,
} from "@ces/records";
import { type Clock, type Crypto, type Json, compileGlob, hashJson } from "@ces/kernel";

/** Domain of a classification's hash, which the manifest carries. */
export const CLASSIFICATION_DOMAIN = "ces.classification/v1";

const HOUR_MS = 3_600_000;
/** How long a contract is good for, by tier (spec/ces §1.2). */
const timeToLiveHours: Readonly<Record<RiskTier, number>> = { A: 48, B: 7 * 24, C: 14 * 24 };

/** Budgets when nobody said otherwise. Tokens follow the measured size of a real client's requests (about 15 000 each). */
export const defaultBudgets: Budgets = {
  tokens: 500_000,
  requests: 200,
  cost_microusd: null,
  wall_seconds: 1800,
  idle_seconds: 300,
  agents: 4,
  disk_bytes: 512 * 1024 * 1024,
  inodes: 50_000,
  max_output_tokens: 16_000,
};

/** Tool kinds an agent may ask for when nobody said otherwise. Network and foreign tool servers are never among them. */
export const defaultTools: readonly string[] = ["command", "edit", "read", "agent", "other"];

/** The facts that a contract is made of. */
export interface DraftFacts {
  readonly manifest_id: string;
  readonly delivery_id: string;
  readonly project_id: string;
  readonly brief: Brief;
  readonly classification: Classification;
  readonly base_commit: string;
  readonly base_tree: string;
  readonly target_ref: string;
  readonly scope: readonly string[];
  readonly forbidden: readonly string[];
  readonly allowed_tools: readonly string[];
  readonly network_hosts: readonly string[];
  readonly budgets: Budgets;
  readonly runtime: RuntimeName;
  readonly models: readonly string[];
  readonly checks: readonly CheckSpec[];
  readonly toolchain: Toolchain;
  readonly policy_hash: string;
  readonly owner: string;
  readonly max_retries: number;
}

/**
 * The manifest, version 1, not yet sealed. Throws GLOB_INVALID for a pattern that is none.
 * INVARIANT: classifier and implementer differ; the classifier is the control plane or a person, the implementer a runtime.
 */
export function draftManifest(facts: DraftFacts, clock: Clock, crypto: Crypto): Manifest {
  for (const pattern of [...facts.scope, ...facts.forbidden]) compileGlob(pattern);
  const { classification } = facts;
  const { risk_tier, behavior_confidence, change_class } = classification;
  return {
    schema: "ces.manifest/v1",
    manifest_id: facts.manifest_id,
    version: 1,
    supersedes: null,
    delivery_id: facts.delivery_id,
    project_id: facts.project_id,
    brief: facts.brief,
    risk_tier,
    behavior_confidence,
    change_class,
    classification_hash: classificationHash(classification, crypto),
    base_commit: facts.base_commit,
    base_tree: facts.base_tree,
    target_ref: facts.target_ref,
    affected_files: [...facts.scope],
    forbidden_files: [...facts.forbidden],
    allowed_tools: [...facts.allowed_tools],
    forbidden_tools: ["net", "mcp"].filter((kind) => !facts.allowed_tools.includes(kind)),
    network_hosts: [...facts.network_hosts],
    budgets: facts.budgets,
    runtime: facts.runtime,
    models: [...facts.models],
    acceptance_criteria: [...facts.brief.acceptance_criteria],
    checks: [...facts.checks],
    toolchain: facts.toolchain,
    policy_hash: facts.policy_hash,
    minimum_gate: minimumGate(classification),
    max_retries: facts.max_retries,
    owner: facts.owner,
    classifier_id: classification.classifier_id,
    implementer_id: `runtime:${facts.runtime}`,
    created_at: clock.now(),
    expires_at: new Date(clock.epochMs() + timeToLiveHours[risk_tier] * HOUR_MS).toISOString(),
  };
}

/**
 * The next version under a raised classification. Approvals of the old version are void because they name its hash.
 * The expiry is the earlier of the old one and the stricter tier's.
 */
export function raiseManifest(
  { manifest: previous, content_hash: previousHash }: Pick<SealedManifest, "manifest" | "content_hash">,
  classification: Classification,
  clock: Clock,
  crypto: Crypto,
): Manifest {
  const { risk_tier, behavior_confidence, change_class } = classification;
  const stricter = new Date(clock.epochMs() + timeToLiveHours[risk_tier] * HOUR_MS).toISOString();
  return {
    ...previous,
    version: previous.version + 1,
    supersedes: previousHash,
    risk_tier,
    behavior_confidence,
    change_class,
    classification_hash: classificationHash(classification, crypto),
    minimum_gate: minimumGate(classification),
    classifier_id: classification.classifier_id,
    expires_at: stricter < previous.expires_at ? stricter : previous.expires_at,
  };
}

/** What a contract takes from the branch when it moves there. */
export type NewBase = Pick<Manifest, "base_commit" | "base_tree"> & {
  readonly checks: readonly CheckSpec[];
  readonly toolchain: Toolchain;
};

/** The next version on another base. Nothing that was granted grows: scope, tools, budgets, gate and expiry stay. */
export function rebaseManifest(
  { manifest: previous, content_hash: previousHash }: Pick<SealedManifest, "manifest" | "content_hash">,
  { base_commit, base_tree, checks, toolchain }: NewBase,
): Manifest {
  return {
    ...previous,
    version: previous.version + 1,
    supersedes: previousHash,
    base_commit,
    base_tree,
    checks: [...checks],
    toolchain: [...toolchain],
  };
}

/** Hash of a classification as manifests carry it. */
export function classificationHash(classification: Classification, crypto: Crypto): string {
  return hashJson(crypto, CLASSIFICATION_DOMAIN, classification satisfies Json);
}

/** A or BC3 asks for a human, B for hybrid, else agent (spec/ces §5.5 check 4). */
export function minimumGate({
  risk_tier,
  behavior_confidence,
}: Pick<Classification, "risk_tier" | "behavior_confidence">): GateType {
  if (risk_tier === "A" || behavior_confidence === "BC3") return "human";
  return risk_tier === "B" ? "hybrid" : "agent";
}
