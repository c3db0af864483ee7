// The decision: what the delivery needs against what stands behind the consent (DESIGN §2). Approves, rejects or waits.
import { gateSatisfied, gateSupplied, sealApproval } from "@ces/approvals";
import { CesError, makeId, wellFormed } from "@ces/kernel";
import { stopReasons } from "@ces/review";
import type {
  Actor,
  Approval,
  DeliverySnapshot,
  Effect,
  EvidencePacket,
  GateType,
  Reason,
  SealedEvidence,
  Triage,
} from "@ces/records";
import { approvedFacts } from "../approved-facts.ts";
import { believeEvidence } from "../believe-evidence.ts";
import { believedManifest } from "../believed-manifest.ts";
import type { ConsentAnswer, ConsentRequest, EngineContext } from "../context.ts";
import { commitStep, entry } from "../journal.ts";
import { recallEvidence, recallTriage } from "../recall.ts";
import type { Hop, HopEnd } from "../thread.ts";

const APPROVAL_HOURS = 24;

/** Asks for consent and records the decision. A red that rests on facts is never approved; a red that rests on risk alone needs a human. */
export const decide: Hop = async (ctx, snapshot, effect) => {
  ctx.auditLedger();
  const believed = believedManifest(ctx, snapshot);
  if (believed.kind === "refused") return waiting("remedy", [believed.reason]);
  const evidence = recallEvidence(ctx.store, snapshot.delivery_id);
  const triage = recallTriage(ctx.store, snapshot.delivery_id);
  if (evidence === undefined || triage === undefined)
    return waiting("remedy", [{ code: "EVIDENCE_MISSING", text: "there is no evidence to decide on" }]);
  const whole = believeEvidence(ctx, evidence, approvedFacts(ctx, snapshot));
  if (!whole.verified) return waiting("remedy", [{ code: "EVIDENCE_INVALID", text: whole.detail }]);
  ctx.report({ kind: "stage", stage: "decision", status: "started", note: `${triage.required_gate} gate` });
  const answer = await ctx.consent(question(snapshot, evidence, triage));
  return settle(ctx, { snapshot, effect, triage, packet: evidence.packet, answer });
};

/** The other answer, while an approved delivery still waits for its merge. Throws NEEDS_APPROVAL when nobody proved to be a person. */
export async function rejectApproved(ctx: EngineContext, snapshot: DeliverySnapshot): Promise<void> {
  const effect = ctx.store.pendingEffects(snapshot.delivery_id).find(({ name }) => name === "merge");
  const evidence = recallEvidence(ctx.store, snapshot.delivery_id);
  const triage = recallTriage(ctx.store, snapshot.delivery_id);
  if (effect === undefined || evidence === undefined || triage === undefined)
    throw new CesError("EVIDENCE_MISSING", "there is no decision to take back", { remedy: "ces status" });
  const answer = await ctx.consent(question(snapshot, evidence, triage));
  if (answer.decision !== "reject")
    throw new CesError("STALE_APPROVAL", "the decision was about evidence that no longer stands", {
      remedy: "ces status",
    });
  const { gate, actor } = gateSupplied(answer.consent);
  const end = reject(ctx, { snapshot, effect, triage, packet: evidence.packet, answer }, actor, gate);
  if (end.kind === "waiting")
    throw new CesError("NEEDS_APPROVAL", "only a person rejects a delivery", {
      remedy: "run it at a terminal, or with --as NAME",
    });
}

const question = (snapshot: DeliverySnapshot, evidence: SealedEvidence, triage: Triage): ConsentRequest => ({
  delivery_id: snapshot.delivery_id,
  evidence_id: evidence.packet.evidence_id,
  evidence_hash: evidence.content_hash,
  required_gate: triage.required_gate,
  gate_reasons: triage.gate_reasons,
  color: triage.color,
  summary: evidence.packet.decision_view.change_summary,
});

interface Decision {
  readonly snapshot: DeliverySnapshot;
  readonly effect: Effect;
  readonly triage: Triage;
  readonly packet: EvidencePacket;
  readonly answer: ConsentAnswer;
}

function settle(ctx: EngineContext, decision: Decision): HopEnd {
  const { triage, packet, answer } = decision;
  const { gate, actor } = gateSupplied(answer.consent);
  if (answer.decision === "reject") return reject(ctx, decision, actor, gate);
  const blockers = whyNot({ triage, packet, gate, answer });
  if (blockers.length > 0) {
    ctx.report({ kind: "stage", stage: "decision", status: "failed", note: blockers[0]?.text ?? "" });
    return waiting(blockers.some(({ code }) => code === "TRIAGE_RED") ? "remedy" : "approval", blockers);
  }
  return approve(
    ctx,
    decision,
    actor.kind === "agent" ? { id: "ces", kind: "control_plane", proof: "none" } : actor,
    gate,
  );
}

interface Weighed {
  readonly triage: Triage;
  readonly packet: EvidencePacket;
  readonly gate: GateType;
  readonly answer: ConsentAnswer;
}

/** Why this consent does not approve this delivery; empty when it does. What evidence says is wrong, nobody approves. */
function whyNot({ triage, packet, gate, answer }: Weighed): readonly Reason[] {
  const reasons: Reason[] = stopReasons(packet).map((text) => ({ code: "TRIAGE_RED", text }));
  if (triage.color === "red" && gate !== "human")
    reasons.push({ code: "TRIAGE_RED", text: `triage is red: ${triage.reasons.join("; ")}` });
  if (!gateSatisfied(triage.required_gate, gate)) {
    reasons.push({
      code: "NEEDS_APPROVAL",
      text: `a ${triage.required_gate} decision is needed (${triage.gate_reasons.join("; ")}); what was supplied is ${gate}`,
    });
  }
  if (answer.decision === "stale")
    reasons.push({
      code: "STALE_APPROVAL",
      text: "the change was measured again meanwhile: the decision was about evidence that no longer stands",
    });
  if (reasons.length === 0 && answer.decision === "none")
    reasons.push({ code: "NEEDS_APPROVAL", text: "nobody has decided yet" });
  return reasons;
}

function approve(
  ctx: EngineContext,
  { snapshot, effect, triage, answer }: Decision,
  actor: Actor,
  gate: GateType,
): HopEnd {
  const approval = makeApproval(ctx, snapshot, { decision: "approve", triage, gate, actor, answer });
  const sealed = sealApproval(approval, ctx.signer, ctx.crypto);
  ctx.report({ kind: "stage", stage: "decision", status: "done", note: `approved by ${actor.id} (${gate})` });
  commitStep(ctx, snapshot, {
    name: "approved",
    event: "approve",
    actor,
    patch: { approval_id: approval.approval_id, blockers: [] },
    rows: [{ kind: "approval", id: approval.approval_id, delivery_id: snapshot.delivery_id, body: sealed }],
    entries: [decisionEntry(snapshot, approval, actor)],
    done: effect,
  });
  return { kind: "moved" };
}

function reject(
  ctx: EngineContext,
  { snapshot, effect, triage, answer }: Decision,
  actor: Actor,
  gate: GateType,
): HopEnd {
  if (actor.kind !== "human")
    return waiting("approval", [{ code: "NEEDS_APPROVAL", text: "only a person rejects a delivery" }]);
  const approval = makeApproval(ctx, snapshot, { decision: "reject", triage, gate, actor, answer });
  commitStep(ctx, snapshot, {
    name: "rejected",
    event: "reject",
    actor,
    patch: { blockers: [{ code: "REJECTED", text: answer.reason === "" ? `rejected by ${actor.id}` : answer.reason }] },
    rows: [
      {
        kind: "approval",
        id: approval.approval_id,
        delivery_id: snapshot.delivery_id,
        body: sealApproval(approval, ctx.signer, ctx.crypto),
      },
    ],
    entries: [decisionEntry(snapshot, approval, actor)],
    done: effect,
  });
  return { kind: "moved" };
}

interface ApprovalInput {
  readonly decision: Approval["decision"];
  readonly triage: Triage;
  readonly gate: GateType;
  readonly actor: Actor;
  readonly answer: ConsentAnswer;
}

function makeApproval(ctx: EngineContext, snapshot: DeliverySnapshot, input: ApprovalInput): Approval {
  return {
    schema: "ces.approval/v1",
    approval_id: makeId("AP", ctx.random),
    ...approvedFacts(ctx, snapshot),
    decision: input.decision,
    gate_required: input.triage.required_gate,
    gate_supplied: input.gate,
    actor: input.actor,
    proof: input.actor.proof === "key" ? input.answer.proof : null,
    reason: wellFormed(input.answer.reason.slice(0, 2000)),
    decided_at: ctx.clock.now(),
    expires_at: new Date(ctx.clock.epochMs() + APPROVAL_HOURS * 3_600_000).toISOString(),
  };
}

const decisionEntry = (snapshot: DeliverySnapshot, approval: Approval, actor: Actor) =>
  entry("approval", snapshot.delivery_id, `${approval.decision} by ${actor.id}`, {
    actor,
    decision: approval.decision,
    rationale: approval.reason,
    refs: [approval.approval_id, approval.evidence_id, approval.candidate_tree],
    data: { gate_required: approval.gate_required, gate_supplied: approval.gate_supplied },
  });

const waiting = (needs: "approval" | "remedy", blockers: readonly Reason[]): HopEnd => ({
  kind: "waiting",
  needs,
  blockers,
});
