// The signed receipt of a proof: one execution in the project's chain. What a stranger may see is which canaries held on which bubblewrap; the
// whole record stays in the project and is bound by a salted digest. Source: spec/acta.md §7.1, §7.7.
import type { Proof } from "@ces/records";
import { EXECUTION_TYPE } from "@ces/receipts";
import type { EngineContext } from "../context.ts";
import { type PendingReceipt, subjectOf } from "../receipts/pending-receipt.ts";

/** The receipt of a proof that is stored in the same commit. A proof decides nothing, so it answers no decision. */
export function proofReceipt(ctx: Pick<EngineContext, "random" | "crypto">, proof: Proof): PendingReceipt {
  const { about, digest } = subjectOf(ctx, "proof", { id: proof.proof_id, body: proof });
  const named = (held: boolean): readonly string[] =>
    proof.canaries.filter((one) => one.held === held).map(({ id, runtime }) => `${runtime}:${id}`);
  const facts = { driver: "bubblewrap", driver_version: proof.machine.bubblewrap, held: named(true) };
  const broken = named(false);
  return {
    about,
    draft: {
      type: EXECUTION_TYPE,
      tool_name: "walls:proof",
      agent_id: "ces",
      observed_by: "host",
      result: proof.held ? "succeeded" : "failed",
      duration_ms: Math.max(0, Date.parse(proof.ended_at) - Date.parse(proof.started_at)),
      session_id: proof.proof_id,
      decision_count: 0,
      run_digest: digest,
      sandbox_backend: "ces_walls",
      sandbox_state: "enabled",
      sandbox_observed: [
        { source: "driver", facts: broken.length === 0 ? facts : { ...facts, not_held: broken } },
        { source: "kernel", facts: { canary_denied: proof.held } },
      ],
    },
  };
}
