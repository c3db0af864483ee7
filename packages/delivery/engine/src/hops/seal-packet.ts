// Everything measured becomes one sealed packet; the classification is redone on what was really changed and may only rise (S20).
import { reclassify } from "@ces/classification";
import { assembleEvidence, type EvidenceFacts, parseClaim, sealEvidence, weightOf } from "@ces/evidence";
import { CesError, makeId } from "@ces/kernel";
import { classificationHash, raiseManifest, sealManifest } from "@ces/manifest";
import {
  Classification,
  type DeliverySnapshot,
  EvidencePacket,
  type MergeCandidate,
  type Observation,
  type ReceiptHead,
  type RunRecord,
  type SealedManifest,
} from "@ces/records";
import { type FileFacts, runSensors, sensors } from "@ces/sensors";
import { believedManifest } from "../believed-manifest.ts";
import type { EngineContext } from "../context.ts";
import { wishedDependencies } from "../dependency-changes.ts";
import { dependencyObservation } from "../deps/dependency-evidence.ts";
import { dependencyFiles } from "../deps/dependency-files.ts";
import { installOf } from "../deps/install-candidate.ts";
import { commitStep, entry } from "../journal.ts";
import { plainJson } from "../plain-json.ts";
import {
  implementRun,
  recallCandidate,
  recallChecks,
  recallDecisions,
  recallManifest,
  recallRuns,
  recallWish,
} from "../recall.ts";
import type { Hop } from "../thread.ts";

/** Seals the evidence; the delivery goes to review, or fails with what is red. Nothing of the agent's is read from disk any more. */
export const sealPacket: Hop = async (ctx, snapshot, effect) => {
  // SECURITY: a raised contract is sealed anew; only one that holds may be.
  const believed = believedManifest(ctx, snapshot);
  if (believed.kind === "refused") return { kind: "waiting", needs: "remedy", blockers: [believed.reason] };
  ctx.report({ kind: "stage", stage: "evidence", status: "started", note: "" });
  const candidate = recallCandidate(ctx.store, snapshot.delivery_id);
  const run = implementRun(ctx.store, snapshot);
  if (run === undefined)
    throw new CesError("RECORD_MISSING", "the run of this attempt is not recorded", { remedy: "ces audit verify" });
  // A run that did not complete is red whatever its files hold; reading tens of thousands of them would only hold the lease.
  const contents = run.outcome === "completed" ? await changedContents(ctx, candidate) : [];
  const stored = recallManifest(ctx.store, snapshot.delivery_id);
  const before = currentClassification(ctx, snapshot, stored);
  const after = reclassify({ previous: before, delta: candidate.delta, contents, at: before.classified_at });
  const sealed = raise(ctx, stored, before, after);
  const packet = EvidencePacket.parse(
    plainJson(
      assemble(ctx, snapshot, {
        candidate,
        run,
        sealed,
        reclassification: after,
        contents,
        dependencies: run.outcome === "completed" ? await dependenciesOf(ctx, snapshot, candidate) : [],
      }),
    ),
  );
  const evidence = sealEvidence(packet, ctx.signer, ctx.crypto);
  const stops = packet.blockers.filter((blocker) => weightOf(blocker) === "stops");
  report(ctx, packet);
  const raisedRows = sealed === stored ? [] : raisedRowsOf(ctx, snapshot, sealed, after);
  commitStep(ctx, snapshot, {
    name: "evidence_sealed",
    event: stops.length > 0 ? "verification_failed" : "verification_passed",
    patch: { evidence_id: packet.evidence_id, manifest_hash: sealed.content_hash, blockers: [...packet.blockers] },
    rows: [
      ...raisedRows,
      { kind: "evidence", id: packet.evidence_id, delivery_id: snapshot.delivery_id, body: plainJson(evidence) },
    ],
    entries: [
      entry("evidence", snapshot.delivery_id, `${packet.evidence_id} sealed`, {
        decision: stops.length > 0 ? "red" : "passed",
        rationale: packet.blockers
          .map((blocker) => `${blocker.code}: ${blocker.text}`)
          .join("; ")
          .slice(0, 4000),
        refs: [packet.evidence_id, evidence.content_hash, packet.candidate_tree],
        data: {
          claim: packet.claim_verdict,
          decisions: packet.decisions.count,
          decisions_head: packet.decisions.head,
          receipts: packet.receipts?.count ?? 0,
          receipts_head: packet.receipts?.terminal_hash ?? null,
        },
      }),
      ...packet.observations.map((seen) =>
        entry("sensor_run", snapshot.delivery_id, `${seen.sensor} ${seen.outcome}`, {
          decision: seen.outcome,
          rationale: seen.detail.slice(0, 4000),
        }),
      ),
    ],
    done: effect,
  });
  return { kind: "moved" };
};

/** Raw bytes before and after, from frozen objects only. What is out of scope was never made an object: it is named, not read. */
async function changedContents(ctx: EngineContext, { delta }: MergeCandidate): Promise<readonly FileFacts[]> {
  const oids = [
    ...new Set(delta.in_scope.flatMap(({ before, after }) => [before, after]).filter((oid) => oid !== null)),
  ];
  const bytes = await ctx.git.blobs(oids);
  const byOid = new Map(oids.map((oid, at) => [oid, bytes[at] ?? null]));
  const read = (oid: string | null): Uint8Array | null => (oid === null ? null : (byOid.get(oid) ?? null));
  return delta.in_scope.map(({ path, change, mode, before, after }) => ({
    path,
    change,
    mode,
    before: read(before),
    after: read(after),
  }));
}

/** A change of dependencies is judged on the frozen lockfile, with what is known of packages now. */
async function dependenciesOf(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  candidate: MergeCandidate,
): Promise<readonly Observation[]> {
  const wish = recallWish(ctx.store, snapshot.delivery_id);
  if (wish === undefined) return [];
  const files = await dependencyFiles(ctx, candidate, wish);
  const install = installOf(recallRuns(ctx.store, snapshot.delivery_id), candidate.tree);
  return [dependencyObservation({ wish, files, ground: ctx.supply(), install })];
}

function currentClassification(ctx: EngineContext, snapshot: DeliverySnapshot, stored: SealedManifest): Classification {
  const row = ctx.store.record("classification", `${snapshot.delivery_id}/${stored.manifest.classification_hash}`);
  if (row === undefined)
    throw new CesError("RECORD_MISSING", "the classification of the contract is not recorded", {
      remedy: "ces audit verify",
    });
  return Classification.parse(row.body);
}

/** The next version of the contract when an axis rose; the same object when nothing did. */
function raise(
  ctx: EngineContext,
  stored: SealedManifest,
  before: Classification,
  after: Classification,
): SealedManifest {
  const axes = (c: Classification): string => `${c.risk_tier} ${c.behavior_confidence} ${c.change_class}`;
  if (axes(before) === axes(after)) return stored;
  ctx.report({
    kind: "note",
    level: "warning",
    text: `what was changed raises the classification: ${axes(before)} → ${axes(after)}`,
  });
  return sealManifest(raiseManifest(stored, after, ctx.clock, ctx.crypto), ctx.signer, ctx.crypto);
}

const raisedRowsOf = (
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  sealed: SealedManifest,
  after: Classification,
) => [
  {
    kind: "classification" as const,
    id: `${snapshot.delivery_id}/${classificationHash(after, ctx.crypto)}`,
    delivery_id: snapshot.delivery_id,
    body: after,
  },
  {
    kind: "manifest" as const,
    id: `${sealed.manifest.manifest_id}@${sealed.manifest.version}`,
    delivery_id: snapshot.delivery_id,
    body: sealed,
  },
];

/** Sealed with the evidence and in the ledger: whoever cuts the chain before it afterwards, and leaves these, is found. */
function receiptHead({ receipts }: EngineContext): ReceiptHead {
  return { ...receipts.reread(), kid: receipts.signer().kid };
}

interface Measured {
  readonly candidate: MergeCandidate;
  readonly run: RunRecord;
  readonly sealed: SealedManifest;
  readonly reclassification: Classification;
  readonly contents: readonly FileFacts[];
  /** How a change of dependencies was judged; empty for everything else. */
  readonly dependencies: readonly Observation[];
}

function assemble(ctx: EngineContext, snapshot: DeliverySnapshot, measured: Measured): EvidencePacket {
  const facts = evidenceFacts(ctx, snapshot, measured);
  const packet = assembleEvidence(facts);
  // An agent that could do without the dependency has delivered; one that could not is told apart from one that failed.
  const isStopped = packet.blockers.some((blocker) => weightOf(blocker) === "stops");
  const wished = isStopped
    ? wishedDependencies(recallDecisions(ctx.store, measured.run), facts.claim, measured.candidate.delta)
    : [];
  if (wished.length === 0 || packet.blockers.some(({ code }) => code === "DEPENDENCY_CHANGE")) return packet;
  const { delta } = facts.candidate;
  return assembleEvidence({
    ...facts,
    candidate: { ...facts.candidate, delta: { ...delta, blockers: [...wished, ...delta.blockers] } },
  });
}

function evidenceFacts(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  { candidate, run, sealed, reclassification, contents, dependencies }: Measured,
): EvidenceFacts {
  const checks = recallChecks(ctx.store, snapshot.delivery_id, candidate.tree);
  const claim = parseClaim(run.final_text, sealed.manifest.manifest_id);
  if (claim.kind === "malformed")
    ctx.report({ kind: "note", level: "warning", text: `the agent's completion block cannot be read: ${claim.why}` });
  const { out_of_scope, left_behind } = candidate.delta;
  const check_closure = [...new Set(sealed.manifest.checks.flatMap((spec) => spec.closure.map(({ path }) => path)))];
  return {
    evidence_id: makeId("EP", ctx.random),
    manifest: sealed,
    candidate,
    run,
    demo: ctx.demo,
    reclassification,
    checks,
    claim: claim.kind === "claim" ? claim.claim : null,
    observations: [
      ...runSensors(sensors, {
        files: contents,
        out_of_scope,
        left_behind,
        check_closure,
        ...(dependencies.length === 0 ? {} : { judged_dependencies: sealed.manifest.affected_files }),
      }),
      ...dependencies,
    ],
    custody: [
      {
        step: "implement",
        role: "implementer",
        runtime: run.runtime,
        runtime_version: run.runtime_version,
        model: run.model,
        reported_model: run.reported_model,
        run_id: run.order.run_id,
        at: run.ended_at,
      },
    ],
    receipts: receiptHead(ctx),
    retries_used: snapshot.retry_count,
    interrupted_attempts: recallRuns(ctx.store, snapshot.delivery_id)
      .filter((past) => past.order.purpose === "implement")
      .filter((past) => past.outcome === "interrupted" || past.outcome === "halted").length,
    omitted: [
      ...(claim.kind === "malformed" ? [`completion block: ${claim.why}`] : []),
      ...(run.outcome === "completed" ? [] : ["contents of the changed files: the run did not complete"]),
    ],
    sealed_at: ctx.clock.now(),
  };
}

function report(ctx: EngineContext, packet: EvidencePacket): void {
  for (const finding of packet.observations.flatMap((seen) => seen.findings)) {
    ctx.report({
      kind: "finding",
      severity: finding.severity,
      source: finding.source,
      text: `${finding.title}${finding.path === null ? "" : ` (${finding.path})`}`,
    });
  }
  for (const blocker of packet.blockers)
    ctx.report({ kind: "finding", severity: "high", source: "evidence", text: `${blocker.code}: ${blocker.text}` });
  ctx.report({
    kind: "stage",
    stage: "evidence",
    status: packet.blockers.some((one) => weightOf(one) === "stops") ? "failed" : "done",
    note: `${packet.evidence_id}, claim ${packet.claim_verdict}`,
  });
}
