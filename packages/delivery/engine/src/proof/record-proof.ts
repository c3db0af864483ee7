// A proof becomes a fact of the project in one commit: its row, a ledger entry, and its signed receipt in the project's chain.
import type { LedgerDraft, Proof } from "@ces/records";
import type { EngineContext } from "../context.ts";
import { entry } from "../journal.ts";
import { plainJson } from "../plain-json.ts";
import { type CommittingContext, commitSigned } from "../receipts/commit-signed.ts";
import { proofReceipt } from "./proof-receipt.ts";

/** Commits it. Throws what `commitSigned` throws; nothing is stored then. */
export function recordProof(ctx: CommittingContext & Pick<EngineContext, "random">, proof: Proof): void {
  const step = {
    delivery_id: null,
    expected_version: null,
    fence: null,
    snapshot: null,
    entries: [proofEntry(proof)],
    effects: [],
    effects_done: [],
    rows: [{ kind: "proof" as const, id: proof.proof_id, delivery_id: null, body: plainJson(proof) }],
  };
  commitSigned(ctx, step, [proofReceipt(ctx, proof)]);
}

function proofEntry(proof: Proof): LedgerDraft {
  const red = proof.canaries.filter(({ held }) => !held);
  const runtimes = proof.runtimes.map(({ runtime, version }) => `${runtime} ${version}`).join(", ");
  const said = proof.held ? "all held" : `${red.length} did not hold`;
  return entry("proof", null, `walls proved through ${runtimes}: ${said}`, {
    decision: proof.held ? "held" : "red",
    rationale:
      red.length === 0 ? null : red.map(({ id, runtime, observed }) => `${id} (${runtime}): ${observed}`).join("; "),
    refs: [proof.proof_id],
    data: {
      fingerprint: proof.fingerprint,
      canaries: proof.canaries.length,
      held: proof.canaries.length - red.length,
      not_tried: proof.not_tried.length,
    },
  });
}
