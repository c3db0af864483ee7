// One answer of the skill: the house's verdict with its reasons, and beside it every member that the skill's contract names.
// Source: spec/acta.md §2.2.

import type { Verdict } from "@ces/records";
import type { Receipt } from "@ces/receipts";
import type { RuleAction } from "../rule/rule.ts";
import type { SkillBackend } from "./backend.ts";

/** The answer. Plain JSON. */
export type PolicyDecision = {
  /** allow < ask < deny. */
  readonly verdict: Verdict;
  /** The same in the skill's words: ask is `require_approval`, `rate_limit` is a denial. */
  readonly decision: RuleAction;
  /** True for allow only: whoever waits for an approval is not allowed. */
  readonly allowed: boolean;
  /** As it was asked. SECURITY: arguments and all; it goes to the caller and into no receipt. */
  readonly action: string;
  /** Kind and name: what a receipt says of the action. */
  readonly tool_name: string;
  readonly reason: string;
  readonly reason_code: string;
  readonly policy_name: string | null;
  readonly policy_id: string;
  readonly policy_engine: string;
  /** Null without a policy. */
  readonly policy_digest: string | null;
  readonly agent_did: string;
  /** 0–1. */
  readonly trust_score: number;
  readonly ring: 2 | 3 | null;
  readonly sandbox_backend: SkillBackend;
  readonly sandbox_state: "enabled" | "disabled" | "unavailable";
  /** What a person must be told each time. */
  readonly warnings: readonly string[];
  /** Null when none was asked for, or when it could not be made: then this is a denial. */
  readonly receipt: Receipt | null;
  /** Hex; with it and the action one can show that the receipt's `target_digest` is of this action. Kept by the caller or by nobody. */
  readonly target_salt: string | null;
};
