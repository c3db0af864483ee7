// The decision as the draft of a receipt: what was asked as a name and a salted digest, never as text. Source: spec/acta.md §7.1.

import { type Crypto, utf8Encode } from "@ces/kernel";
import { DECISION_TYPE, type DecisionDraft, saltedDigest } from "@ces/receipts";
import type { PolicyDecision } from "./policy-decision.ts";
import type { SandboxSetting } from "./backend.ts";
import { FULL_TRUST, TRUST_POLICY } from "./trust-book.ts";

/** What a draft is made from besides the decision. */
export type DraftFacts = {
  readonly sandbox: SandboxSetting;
  /** 16 fresh bytes or more; whoever has them and the action can show that the digest is of it. */
  readonly salt: Uint8Array;
  readonly crypto: Pick<Crypto, "sha256">;
  readonly session_id: string | null;
  readonly observed_by: DecisionDraft["observed_by"];
  /** What stands for the digest of no policy. */
  readonly no_policy: string;
};

/** The draft of a decision's receipt. A `rate_limit` is a denial there, with that reason. */
export function decisionDraft(decision: PolicyDecision, facts: DraftFacts): DecisionDraft {
  const target_digest = saltedDigest(facts.crypto, facts.salt, utf8Encode(decision.action));
  return {
    type: DECISION_TYPE,
    tool_name: decision.tool_name,
    decision: decision.decision === "rate_limit" ? "deny" : decision.decision,
    reason: decision.reason_code.toLowerCase(),
    agent_id: decision.agent_did,
    observed_by: facts.observed_by,
    policy_id: decision.policy_id,
    policy_engine: decision.policy_engine,
    policy_digest: decision.policy_digest ?? facts.no_policy,
    trust_score: Math.round(decision.trust_score * FULL_TRUST),
    trust_policy: TRUST_POLICY,
    ...(target_digest === undefined ? {} : { target_digest }),
    ...(facts.session_id === null ? {} : { session_id: facts.session_id }),
    ...facts.sandbox.members,
  };
}
