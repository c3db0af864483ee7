// What payloads of others must look like to be believed: open forms, because a signed member that nobody knows does no harm.
// Source: spec/acta.md §1.3, §1.4.

import { any, hex32, instant, number, open, text, type ObjectForm, whole, word } from "../schema/form.ts";

// The drafts bound no text: what bounds them all is the size of a receipt.
const LONGEST = 1024 * 1024;
const some = text(LONGEST, /^[^\u0000]+$/);
const tier = word("unknown", "signed-known", "evidenced", "privileged");
const agent = open({ id: some, manifest_version: some });

/** Every envelope's payload. A null link is refused here; its form is judged with the chain. */
export const basePayload = open(
  { type: some, issued_at: instant, issuer_id: some },
  {
    spec: some,
    sig_alg: word("EdDSA", "ES256"),
    previousReceiptHash: some,
    sequence: whole(0),
    session_id: some,
    policy_digest: some,
    reason: text(LONGEST),
    tool_name: some,
    payload_digest: open({ hash: hex32, size: whole(0) }, { preview: text(256) }),
    hook_latency_ms: number,
    tool_duration_ms: number,
    sandbox_state: word("enabled", "disabled", "unavailable"),
    action_ref: text(71, /^(?:sha256:)?[0-9a-f]{64}$/),
    committed_fields_root: hex32,
    issuer_certification: some,
    evidence: { kind: "list", of: any, most: 1024 },
  },
);

const byType: ReadonlyMap<string, ObjectForm> = new Map<string, ObjectForm>([
  [
    "protectmcp:decision",
    open(
      { decision: word("allow", "deny", "rate_limit", "require_approval") },
      { agent_tier: tier, required_tier: tier },
    ),
  ],
  [
    "protectmcp:restraint",
    open(
      {
        agent_id: some,
        agent_manifest_version: text(64, /^\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/),
        tool_name: some,
        decision: word("allow", "deny"),
      },
      { denial_type: word("policy-block", "agent-refusal") },
    ),
  ],
  [
    "blindllm:arena-battle",
    open({ battle_id: some, lane_id: some, agent_a: agent, agent_b: agent, winner: word("A", "B", "tie") }),
  ],
  [
    "protectmcp:lifecycle",
    open({
      lifecycle_event: word(
        "subagent_start",
        "subagent_stop",
        "session_start",
        "session_end",
        "task_created",
        "task_completed",
        "teammate_idle",
        "config_change",
      ),
    }),
  ],
  [
    "scopeblind:spending_authority",
    open(
      { amount: any, currency: text(3, /^[A-Z]{3}$/), decision: word("allow", "deny") },
      { utilization_band: word("low", "medium", "high", "exceeded") },
    ),
  ],
  [
    "blindllm:formal-debate",
    open({
      debate_id: some,
      spec_id: some,
      lane_id: some,
      artifact_hash: some,
      resolution_hash: some,
      pro: any,
      con: any,
      audience_winner: any,
      judge_winner: any,
      restraint_result: any,
    }),
  ],
  // The migration source: its float score and its conventions are judged elsewhere.
  ["sb-runtime:decision", open({ decision: word("allow", "deny"), action: text(LONGEST) }, { ring: word(2, 3) })],
]);

/** The form that a type of the drafts has; undefined for types that nobody here knows. */
export function readingForm(type: unknown): ObjectForm | undefined {
  return typeof type === "string" ? byType.get(type) : undefined;
}

/** The AGT integration profile 0.1 (v2 shape): what its two types require. */
export const agtPayload = open(
  {
    policy_id: some,
    policy_hash: some,
    decision: word("allow", "deny", "require_approval", "compensated"),
    ring: word(2, 3),
    action: text(LONGEST, /^[^\u0000]+$/),
    agent_id: some,
  },
  { reason: text(256), delegation_chain_root: some, previousReceiptHash: some },
);
