// Evidence and reviews become a colour and the gate that the delivery needs (spec/ces §5.4, DESIGN §2).
import { summarizeReviews, triage } from "@ces/review";
import { autonomyCeiling, trustView } from "@ces/trust";
import { CesError } from "@ces/kernel";
import type { EvidencePacket } from "@ces/records";
import { believedManifest } from "../believed-manifest.ts";
import { commitStep, entry } from "../journal.ts";
import { recallEvidence, recallReviews, recallRoute } from "../recall.ts";
import type { Hop } from "../thread.ts";

/** Triages and opens the decision. The sub-states are journalled one by one; a driver that died between two goes on at the next. */
export const triageDelivery: Hop = async (ctx, snapshot, effect) => {
  const evidence = recallEvidence(ctx.store, snapshot.delivery_id)?.packet;
  const route = recallRoute(ctx.store, snapshot.delivery_id);
  if (evidence === undefined || route === undefined)
    throw new CesError("EVIDENCE_MISSING", "there is nothing to triage", { remedy: "ces continue" });
  const believed = believedManifest(ctx, snapshot);
  if (believed.kind === "refused") return { kind: "waiting", needs: "remedy", blockers: [believed.reason] };
  const { manifest } = believed;
  const reviews = summarizeReviews(recallReviews(ctx.store, snapshot.delivery_id, evidence.evidence_id), route);
  const trust = trustView(manifest.implementer_id);
  const { risk_tier, behavior_confidence } = manifest;
  const result = triage({
    risk_tier,
    behavior_confidence,
    trust_status: trust.status,
    observations: evidence.observations,
    checks: evidence.checks,
    claim_verdict: evidence.claim_verdict,
    blockers: evidence.blockers,
    reviews,
    ceiling: autonomyCeiling(behavior_confidence, risk_tier, trust.status),
    minimum_gate: manifest.minimum_gate,
  });
  for (const reason of result.reasons)
    ctx.report({ kind: "note", level: result.color === "red" ? "warning" : "info", text: `triage: ${reason}` });
  let current = snapshot;
  if (current.review_state === "pending_review")
    current = commitStep(ctx, current, {
      name: "challenger_briefed",
      event: "open_brief",
      entries: [challenge(evidence)],
    });
  if (current.review_state === "challenger_brief")
    current = commitStep(ctx, current, { name: "triage_opened", event: "open_triage" });
  commitStep(ctx, current, {
    name: "triaged",
    event: "open_decision",
    rows: [{ kind: "triage", id: evidence.evidence_id, delivery_id: snapshot.delivery_id, body: result }],
    entries: [
      entry("classification", snapshot.delivery_id, `triage ${result.color}`, {
        decision: result.color,
        rationale: result.reasons.join("; "),
        refs: [evidence.evidence_id],
        data: { required_gate: result.required_gate },
      }),
    ],
    done: effect,
  });
  return { kind: "moved" };
};

/** The challenger's brief: what speaks against, from facts. */
const challenge = (evidence: EvidencePacket) =>
  entry("escalation", evidence.delivery_id, "challenger brief", {
    rationale: evidence.decision_view.arguments_against.join("; ").slice(0, 4000),
    refs: [evidence.evidence_id],
  });
