// What an approval binds, as it stands right now: computed the same way when it is given and when it is used (S22).
import type { ApprovedFacts } from "@ces/approvals";
import { CesError, type Json, hashJson } from "@ces/kernel";
import type { DeliverySnapshot } from "@ces/records";
import type { EngineContext } from "./context.ts";
import { recallCandidate, recallChecks, recallEvidence, recallManifest, recallReviews } from "./recall.ts";

/** The bound facts of a delivery under decision. Throws EVIDENCE_MISSING. */
export function approvedFacts(ctx: EngineContext, snapshot: DeliverySnapshot): ApprovedFacts {
  const id = snapshot.delivery_id;
  const sealed = recallManifest(ctx.store, id);
  const candidate = recallCandidate(ctx.store, id);
  const evidence = recallEvidence(ctx.store, id);
  if (evidence === undefined)
    throw new CesError("EVIDENCE_MISSING", "there is no evidence to decide on", { remedy: "ces continue" });
  const hash = (domain: string, value: Json): string => hashJson(ctx.crypto, domain, value);
  return {
    delivery_id: id,
    manifest_hash: sealed.content_hash,
    policy_hash: ctx.policy_hash,
    base_commit: candidate.base_commit,
    candidate_tree: candidate.tree,
    evidence_id: evidence.packet.evidence_id,
    evidence_hash: evidence.content_hash,
    checks_hash: hash("ces.checks/v1", recallChecks(ctx.store, id, candidate.tree)),
    reviews_hash: hash("ces.reviews/v1", recallReviews(ctx.store, id, evidence.packet.evidence_id)),
    target_ref: sealed.manifest.target_ref,
  };
}
