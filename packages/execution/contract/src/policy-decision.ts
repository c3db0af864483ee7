// The answer of a policy to a contract, as a document. Source: spec/csc.md §1.3, F-16.

import type { ApprovalArtifact } from "./approval-artifact.ts";
import type { ReasonCode } from "./reason-code.ts";

/** Ordered: deny beats needs_approval beats allow. */
export type DecisionWord = "allow" | "deny" | "needs_approval";

/** What a command was found to do. */
export type ClassifiedEffect = { readonly command_id: string; readonly effect_type: string };

/** One rule of one command that does not hold, or a note. */
export type Finding = {
  readonly code: ReasonCode;
  /** `deny` and `needs_approval` decide; `note` only tells. */
  readonly kind: "deny" | "needs_approval" | "note";
  /** Absent for what concerns the contract as a whole. */
  readonly command_id?: string;
  /** One sentence, printable as it is shown by `printable`; may hold the agent's words. */
  readonly text: string;
};

/** The decision as the published schema has it; nothing else may stand in it. */
export type PolicyDecision = {
  readonly contract_id: string;
  readonly contract_sha256: string;
  readonly decision: DecisionWord;
  /** The policy's `name`. */
  readonly policy_profile: string;
  readonly classified_effects: readonly ClassifiedEffect[];
  /** One sentence for each finding, for people. */
  readonly reasons: readonly string[];
  /** Each code that holds, once; the first is the one that the reference would give. */
  readonly reason_codes: readonly ReasonCode[];
  /** RFC 3339; after it the contract must be judged again. */
  readonly expires_at: string;
};

/** A decision with what led to it; `decisionDocument` takes the published part out. */
export type Decided = PolicyDecision & {
  readonly policy_sha256: string;
  readonly findings: readonly Finding[];
  /** The approvals that were needed and satisfy; empty when none was needed. */
  readonly approvals_used: readonly ApprovalArtifact[];
};
