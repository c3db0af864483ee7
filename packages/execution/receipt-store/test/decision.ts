// A draft for the tests and the writers that they start.
import { type DecisionDraft, DECISION_TYPE } from "@ces/receipts";

/** A decision that is fit to be signed, told apart by its iteration. */
export const decision = (iteration: string): DecisionDraft => ({
  type: DECISION_TYPE,
  tool_name: "shell:git",
  decision: "allow",
  reason: "POLICY_ALLOW",
  agent_id: "did:mesh:tester",
  observed_by: "client",
  iteration_id: iteration,
  policy_id: "allow-safe-shell",
  policy_engine: "ces-rules",
  policy_digest: `sha256:${"a".repeat(64)}`,
  sandbox_backend: "ces_walls",
  ring: 3,
  sandbox_state: "enabled",
  sandbox_observed: [{ source: "kernel", facts: { seccomp: 2, no_new_privs: true } }],
});
