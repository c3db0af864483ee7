// The decision receipt: what was asked, what was answered and why. Arguments stand in it as digests only.
// Source: spec/acta.md §1.3, §1.4, §7.1.

import type { GoverningTexts } from "./governing-texts.ts";
import type { ChainMembers, EngineMember } from "./receipt.ts";
import type { SandboxMembers } from "./sandbox-truth.ts";

/** The type that most readers of the format know. */
export const DECISION_TYPE = "protectmcp:decision";

/** A second party's word about one dimension of the decision (spec/acta §1.8). */
export type EvidenceEntry = {
  readonly dimension: string;
  readonly state: "satisfied" | "unverified" | "stale" | "failed" | "not_applicable";
  readonly source: {
    readonly authority: string;
    readonly ref: string;
    readonly kid?: string;
    readonly alg?: "EdDSA";
    readonly sig?: string;
  };
  readonly as_of?: string;
};

/** Payload of a decision receipt. Digests are `sha256:` and hex. */
export type DecisionPayload = ChainMembers &
  SandboxMembers &
  GoverningTexts & {
    readonly type: typeof DECISION_TYPE;
    /** Kind and name of the action, never its arguments: `file:read`, `shell:git`, `http:GET`. */
    readonly tool_name: string;
    /** `require_approval` is the house's ask. */
    readonly decision: "allow" | "deny" | "require_approval";
    /** Machine code. */
    readonly reason: string;
    /** The only member that a caller may name. */
    readonly agent_id: string;
    /** Whose word the action is: the client's, the caller's of an API, or the host's that runs it. */
    readonly observed_by: "client" | "caller" | "host";
    readonly policy_id: string;
    readonly policy_engine: string;
    readonly policy_digest: string;
    /** Opaque; no personal data. */
    readonly session_id?: string;
    readonly iteration_id?: string;
    /** Hex; see `actionRef`. Joins receipts of one action. */
    readonly action_ref?: string;
    /** Clear text only where a redaction policy says so. */
    readonly target?: string;
    /** Salted; see `saltedDigest`. */
    readonly target_digest?: string;
    /** Salted digest of the arguments. */
    readonly input_digest?: string;
    /** Salted digest of the stored decision row that says the same in full. */
    readonly row_digest?: string;
    /** 0–1000: an integer has one text in every language. */
    readonly trust_score?: number;
    readonly trust_policy?: string;
    readonly agent_tier?: "unknown" | "signed-known" | "evidenced" | "privileged";
    readonly required_tier?: "unknown" | "signed-known" | "evidenced" | "privileged";
    /** Whole milliseconds. */
    readonly hook_latency_ms?: number;
    readonly evidence?: readonly EvidenceEntry[];
    /** Hex Merkle root of fields that may be disclosed one by one. */
    readonly committed_fields_root?: string;
    /** `ephemeral` when the key was made for this process and goes with it. */
    readonly issuer_certification?: "self-signed" | "ephemeral";
    /** First receipt only: hash of the last receipt of an older chain that this one continues. */
    readonly imports?: string;
  };

/** A decision before the engine adds its members. */
export type DecisionDraft = Omit<DecisionPayload, EngineMember>;
