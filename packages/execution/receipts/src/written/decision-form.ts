// What a decision receipt may hold; closed, so that nothing is signed that nobody has thought about.

import { closed, code, digest, hex32, instant, label, list, text, whole, word } from "../schema/form.ts";
import { DECISION_TYPE } from "./decision.ts";
import * as shared from "./member-forms.ts";

const tier = word("unknown", "signed-known", "evidenced", "privileged");

const evidence = closed(
  {
    dimension: text(
      128,
      /^(?:data_rights|provenance|compliance|freshness|consent|identity|authorization|integrity|x-[a-z0-9-]+:[A-Za-z0-9._-]+)$/,
    ),
    state: word("satisfied", "unverified", "stale", "failed", "not_applicable"),
    source: closed(
      { authority: label(256), ref: label(512) },
      { kid: label(256), alg: word("EdDSA"), sig: text(128, /^[0-9a-f]{128}$/) },
    ),
  },
  { as_of: instant },
);

/** Closed form of `DecisionPayload`. */
export const decisionForm = closed(
  {
    type: word(DECISION_TYPE),
    ...shared.chainMembers,
    tool_name: shared.toolName,
    decision: word("allow", "deny", "require_approval"),
    reason: code,
    agent_id: shared.agentId,
    observed_by: word("client", "caller", "host"),
    policy_id: code,
    policy_engine: code,
    policy_digest: digest,
    ...shared.sandboxRequired,
  },
  {
    ...shared.linkMember,
    ...shared.sandboxOptional,
    ...shared.governing,
    session_id: shared.sessionId,
    iteration_id: code,
    action_ref: hex32,
    target: label(2048),
    target_digest: digest,
    input_digest: digest,
    row_digest: digest,
    trust_score: whole(0, 1000),
    trust_policy: code,
    agent_tier: tier,
    required_tier: tier,
    hook_latency_ms: whole(0),
    evidence: list(evidence, 32),
    committed_fields_root: hex32,
    issuer_certification: word("self-signed", "ephemeral"),
    imports: digest,
  },
);
