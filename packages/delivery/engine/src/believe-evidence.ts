// Evidence as a decision or a merge may rest on it: sealed by this project, about exactly this contract, this base and this tree.
import type { ApprovedFacts } from "@ces/approvals";
import { verifyEvidence } from "@ces/evidence";
import type { SealedEvidence } from "@ces/records";
import type { EngineContext } from "./context.ts";

/** Whether it is believed, and what was found. */
export function believeEvidence(
  ctx: EngineContext,
  sealed: SealedEvidence | undefined,
  facts: ApprovedFacts,
): { readonly verified: boolean; readonly detail: string } {
  if (sealed === undefined) return { verified: false, detail: "there is no evidence" };
  const read = verifyEvidence(sealed, ctx.keys, ctx.crypto);
  if (read.kind === "invalid") return { verified: false, detail: `the evidence is not believed: ${read.why}` };
  const { packet } = read;
  const speaksOfThis =
    packet.manifest_hash === facts.manifest_hash &&
    packet.candidate_tree === facts.candidate_tree &&
    packet.base_commit === facts.base_commit;
  return {
    verified: speaksOfThis,
    detail: speaksOfThis ? `${packet.evidence_id} verifies` : "the evidence speaks of another contract or tree",
  };
}
