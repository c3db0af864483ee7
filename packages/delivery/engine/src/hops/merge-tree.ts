// The merge: exactly the approved tree, on exactly the approved base, by compare-and-swap (S15, S22).
import { mergeChecks, verifyApproval } from "@ces/approvals";
import {
  Identity,
  type DeliverySnapshot,
  type Effect,
  type Manifest,
  type Merge,
  type MergeCandidate,
  type Reason,
  type SealedEvidence,
} from "@ces/records";
import { checkoutPlan } from "../checkout-plan.ts";
import { approvedFacts } from "../approved-facts.ts";
import { believeEvidence } from "../believe-evidence.ts";
import { believedManifest } from "../believed-manifest.ts";
import type { EngineContext } from "../context.ts";
import { haltInForce } from "../halts.ts";
import { commitStep, entry } from "../journal.ts";
import { mergeCommit } from "../merge-commit.ts";
import { recallApproval, recallCandidate, recallEvidence, recallTriage } from "../recall.ts";
import type { Hop, HopEnd } from "../thread.ts";

/** Verifies everything once more and moves the ref; a moved ref sends the delivery back to verification. */
export const mergeTree: Hop = async (ctx, snapshot, effect) => {
  ctx.report({ kind: "stage", stage: "merge", status: "started", note: "" });
  // SECURITY: S32 — opening the store finds changed rows; a row hidden by its lookup column is found only by walking everything.
  ctx.auditLedger();
  const believed = believedManifest(ctx, snapshot);
  if (believed.kind === "refused") return refuse(ctx, [believed.reason]);
  const { manifest } = believed;
  const candidate = recallCandidate(ctx.store, snapshot.delivery_id);
  const evidence = recallEvidence(ctx.store, snapshot.delivery_id);
  if (snapshot.demo !== ctx.demo || (manifest.runtime === "replay" && !ctx.demo)) {
    return refuse(ctx, [
      { code: "DEMO_NEVER_MERGES", text: "a replayed run merges only in the scratch copy of `ces demo`" },
    ]);
  }
  const decision = decideMerge(ctx, snapshot, manifest, evidence);
  const record = entry(
    "merge",
    snapshot.delivery_id,
    decision.allowed ? "merge allowed" : `merge refused: ${decision.refused.join(", ")}`,
    {
      decision: decision.allowed ? "allow" : "deny",
      refs: [candidate.tree],
      data: Object.fromEntries(decision.checks.map((check) => [check.name, check.passed])),
    },
  );
  if (decision.refused.length > 0 && decision.refused.every((code) => VOID.has(code)))
    return approvalVoid(ctx, { snapshot, effect, record });
  if (!decision.allowed) {
    const blockers = decision.checks
      .filter((check) => !check.passed)
      .map((check, at): Reason => ({ code: decision.refused[at] ?? "MERGE_REFUSED", text: check.detail }));
    commitStep(ctx, snapshot, { name: "merge_refused", patch: { blockers: [...blockers] }, entries: [record] });
    return refuse(ctx, blockers);
  }
  return moveRef(ctx, { snapshot, effect, manifest, candidate, record });
};

function decideMerge(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  manifest: Manifest,
  evidence: SealedEvidence | undefined,
) {
  const facts = approvedFacts(ctx, snapshot);
  const triage = recallTriage(ctx.store, snapshot.delivery_id);
  return mergeChecks({
    halt: haltInForce(ctx.store, "merges"),
    evidence: believeEvidence(ctx, evidence, facts),
    manifest_expires_at: manifest.expires_at,
    now: ctx.clock.now(),
    approval: verifyApproval(recallApproval(ctx.store, snapshot.delivery_id), facts, {
      keys: ctx.keys,
      crypto: ctx.crypto,
      now: ctx.clock.now(),
      identity: (name) => identityKey(ctx, name),
    }),
    gates_required: [manifest.minimum_gate, ...(triage === undefined ? [] : [triage.required_gate])],
    review: {
      complete: snapshot.state === "approved" && triage !== undefined,
      detail: `the delivery is ${snapshot.state}`,
    },
  });
}

/** The public key that is enrolled under a name. */
function identityKey(ctx: EngineContext, name: string): string | undefined {
  const row = ctx.store.record("identity", name);
  return row === undefined ? undefined : Identity.parse(row.body).public_key;
}

interface Move {
  readonly snapshot: DeliverySnapshot;
  readonly effect: Effect;
  readonly manifest: Manifest;
  readonly candidate: MergeCandidate;
  readonly record: ReturnType<typeof entry>;
}

async function moveRef(ctx: EngineContext, move: Move): Promise<HopEnd> {
  const { snapshot, manifest, candidate } = move;
  const commit = await mergeCommit(ctx, snapshot, manifest, candidate);
  const current = await ctx.git.resolveRef(manifest.target_ref);
  // A crash between moving the ref and recording it leaves our own commit there, by now perhaps with others on top: the commit is a
  // function of what was approved.
  const plan = await checkoutPlan(ctx, manifest.target_ref, candidate);
  if (!(await holdsCommit(ctx, current, { commit, base: candidate.base_commit }))) {
    if (current !== candidate.base_commit) return baseMoved(ctx, move, current);
    if (plan.kind === "refused")
      return refuse(ctx, [{ code: plan.code, text: `in the way in your checkout: ${plan.paths.join(", ")}` }]);
    const halt = haltInForce(ctx.store, "merges");
    if (halt !== undefined) return { kind: "halted", blockers: [{ code: "HALTED", text: `halted: ${halt.reason}` }] };
    const moved = await ctx.git.updateRef(manifest.target_ref, commit, candidate.base_commit);
    if (moved.kind === "stale") return baseMoved(ctx, move, moved.actual);
  }
  recordMerge(ctx, move, commit, plan.kind === "ok" ? "updated" : plan.kind === "refused" ? "left_alone" : plan.kind);
  return { kind: "moved" };
}

/** How far back our own commit is looked for. */
const LOOK_BACK = 200;

/** Along first parents, no further than the base that our commit stands on. */
async function holdsCommit(
  ctx: EngineContext,
  tip: string | null,
  { commit, base }: { readonly commit: string; readonly base: string },
): Promise<boolean> {
  let at = tip;
  for (let step = 0; at !== null && at !== base && step < LOOK_BACK; step += 1) {
    if (at === commit) return true;
    at = (await ctx.git.commit(at)).parents[0] ?? null;
  }
  return false;
}

function recordMerge(
  ctx: EngineContext,
  { snapshot, effect, manifest, candidate, record }: Move,
  commit: string,
  checkout: Merge["checkout"],
): void {
  const merge = {
    schema: "ces.merge/v1" as const,
    delivery_id: snapshot.delivery_id,
    approval_id: snapshot.approval_id ?? "",
    target_ref: manifest.target_ref,
    previous: candidate.base_commit,
    commit,
    tree: candidate.tree,
    checkout,
    merged_at: ctx.clock.now(),
  };
  commitStep(ctx, snapshot, {
    name: "merged",
    event: "merge",
    patch: { merged_commit: commit, blockers: [] },
    rows: [{ kind: "merge", id: snapshot.delivery_id, delivery_id: snapshot.delivery_id, body: merge }],
    entries: [record],
    done: effect,
  });
  ctx.report({ kind: "stage", stage: "merge", status: "done", note: commit.slice(0, 12) });
}

/** An approval that ran out, or that names what is no longer so, is asked for again on a fresh measurement. */
const VOID: ReadonlySet<string> = new Set(["APPROVAL_EXPIRED", "STALE_APPROVAL"]);

function approvalVoid(
  ctx: EngineContext,
  { snapshot, effect, record }: Pick<Move, "snapshot" | "effect" | "record">,
): HopEnd {
  ctx.report({
    kind: "note",
    level: "warning",
    text: "the approval is void: the change is measured and decided again",
  });
  commitStep(ctx, snapshot, {
    name: "approval_void",
    event: "base_moved",
    patch: { approval_id: null, blockers: [] },
    entries: [record],
    done: effect,
  });
  return { kind: "moved" };
}

/** The approval is void: new base, new candidate, new checks (S22). */
function baseMoved(ctx: EngineContext, { snapshot, effect }: Move, actual: string | null): HopEnd {
  ctx.report({
    kind: "note",
    level: "warning",
    text: `the branch moved to ${actual ?? "nothing"}: a new candidate is made and the approval is void`,
  });
  commitStep(ctx, snapshot, {
    name: "base_moved",
    event: "base_moved",
    patch: { approval_id: null, blockers: [] },
    done: effect,
  });
  return { kind: "moved" };
}

function refuse(ctx: EngineContext, blockers: readonly Reason[]): HopEnd {
  ctx.report({ kind: "stage", stage: "merge", status: "failed", note: blockers[0]?.text ?? "" });
  return { kind: "waiting", needs: "remedy", blockers };
}
