// Reviewers: other models, behind the same walls, over the frozen trees as data. Their answers can only raise (S23).
import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { makeId } from "@ces/kernel";
import type {
  DeliverySnapshot,
  Manifest,
  MergeCandidate,
  ReviewAssignment,
  ReviewRoute,
  ReviewRun,
  RunRecord,
} from "@ces/records";
import { parseReview, plantDefect, reviewPrompt, routeReview } from "@ces/review";
import { INSIDE } from "@ces/sandbox";
import { believedManifest } from "../believed-manifest.ts";
import { runSession, type SessionEnd } from "../box/agent-session.ts";
import { prepareBox } from "../box/open-box.ts";
import { remainingBudgets } from "../box/spent.ts";
import type { EngineContext } from "../context.ts";
import { commitRows, commitStep, entry } from "../journal.ts";
import { recallCandidate, recallEvidence, recallReviews, recallRoute } from "../recall.ts";
import { BASE_DIR, CANDIDATE_DIR, reviewData, shownFiles } from "../review-material.ts";
import { runExecution, stoppedExecution } from "../receipts/box-receipts.ts";
import { runEntry } from "../run-entry.ts";
import type { Hop, HopEnd } from "../thread.ts";

/** Routes and runs the reviews that are still missing, one commit each. A reviewer that cannot run is an incomplete review, never a skipped one. */
export const runReviews: Hop = async (ctx, snapshot, effect) => {
  const believed = believedManifest(ctx, snapshot);
  if (believed.kind === "refused") return { kind: "waiting", needs: "remedy", blockers: [believed.reason] };
  // SECURITY: S38 — what a cassette prepared is never reviewed, decided or merged outside the demo's own copy.
  if (believed.manifest.runtime === "replay" && !ctx.demo) {
    return {
      kind: "waiting",
      needs: "remedy",
      blockers: [{ code: "DEMO_NEVER_MERGES", text: "a replayed run merges only in the scratch copy of `ces demo`" }],
    };
  }
  const evidence_id = recallEvidence(ctx.store, snapshot.delivery_id)?.packet.evidence_id ?? "";
  const candidate = recallCandidate(ctx.store, snapshot.delivery_id);
  const { route, current: routed } = await routeOf(ctx, snapshot, believed.manifest, evidence_id);
  let current = routed;
  ctx.report({
    kind: "stage",
    stage: "review",
    status: "started",
    note: route.assignments.map((one) => `${one.role} by ${one.model}`).join(", "),
  });
  for (const note of route.notes) ctx.report({ kind: "note", level: "warning", text: note });
  const done = new Set(
    recallReviews(ctx.store, snapshot.delivery_id, evidence_id).map((run) => run.assignment.reviewer_id),
  );
  for (const assignment of route.assignments.filter(({ reviewer_id }) => !done.has(reviewer_id))) {
    const looked = await review(ctx, current, { manifest: believed.manifest, candidate, assignment });
    if ("kind" in looked) return looked;
    const { reviewed, run } = looked;
    for (const finding of reviewed.findings)
      ctx.report({ kind: "finding", severity: finding.severity, source: assignment.reviewer_id, text: finding.title });
    current = commitStep(ctx, current, {
      name: `reviewed_${assignment.role}`,
      rows: [
        { kind: "review", id: `${evidence_id}/${reviewed.run_id}`, delivery_id: snapshot.delivery_id, body: reviewed },
        ...(run === null ? [] : [runRow(run.record)]),
      ],
      entries: [
        ...(run === null ? [] : [runEntry(run.record)]),
        entry("sensor_run", snapshot.delivery_id, `review ${assignment.role}: ${reviewed.outcome}`, {
          decision: reviewed.outcome,
          refs: [evidence_id, reviewed.run_id],
          data: {
            findings: reviewed.findings.length,
            model: assignment.model,
            reported_model: reviewed.reported_model,
          },
        }),
      ],
      receipts: run === null ? [] : runExecution(ctx, run),
    });
  }
  ctx.report({ kind: "stage", stage: "review", status: "done", note: "" });
  commitStep(ctx, current, { name: "reviews_done", done: effect, next: [{ name: "triage" }] });
  return { kind: "moved" };
};

const runRow = (body: RunRecord) =>
  ({ kind: "run", id: body.order.run_id, delivery_id: body.order.delivery_id, body }) as const;

/** The route of this evidence, made and recorded once. */
async function routeOf(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  manifest: Manifest,
  evidence_id: string,
): Promise<{ readonly route: ReviewRoute; readonly current: DeliverySnapshot }> {
  const known = ctx.store.record("review_route", evidence_id);
  const earlier = recallRoute(ctx.store, snapshot.delivery_id);
  if (known !== undefined && earlier !== undefined) return { route: earlier, current: snapshot };
  const route = routeReview({
    risk_tier: manifest.risk_tier,
    builder: { runtime: manifest.runtime, model: manifest.models[0] ?? "" },
    roster: manifest.runtime === "replay" ? [] : await ctx.roster(),
  });
  const current = commitStep(ctx, snapshot, {
    name: "review_routed",
    rows: [{ kind: "review_route", id: evidence_id, delivery_id: snapshot.delivery_id, body: route }],
  });
  return { route, current };
}

interface OneReview {
  readonly manifest: Manifest;
  readonly candidate: MergeCandidate;
  readonly assignment: ReviewAssignment;
}

/** A review and the run that it came from; null when there was none. */
interface Reviewed {
  readonly reviewed: ReviewRun;
  readonly run: Pick<SessionEnd, "record" | "sandbox" | "went"> | null;
}

async function review(ctx: EngineContext, snapshot: DeliverySnapshot, one: OneReview): Promise<Reviewed | HopEnd> {
  const { assignment, candidate } = one;
  const choice = await ctx.runtime(assignment.runtime);
  const budgets = remainingBudgets(ctx.store, snapshot.delivery_id, one.manifest.budgets);
  const run_id = makeId("R", ctx.random);
  if (choice.kind === "missing") return { reviewed: incomplete(ctx, one, run_id, choice.text), run: null };
  const planted =
    assignment.runtime === "replay"
      ? null
      : plantDefect(
          ctx.random,
          candidate.delta.in_scope.map(({ path }) => path),
        );
  const files = shownFiles(candidate, planted);
  const prepared = prepareBox(ctx, {
    run_id,
    purpose: "review",
    delivery_id: snapshot.delivery_id,
    manifest_hash: snapshot.manifest_hash ?? "",
    attempt: snapshot.attempt,
    label: `${assignment.role} review`,
  });
  const empty = join(prepared.root.path, "cwd");
  mkdirSync(empty, { mode: 0o755 });
  const { manifest } = one;
  const session = await runSession(ctx, snapshot, {
    prepared,
    client: choice.found,
    manifest: readOnly(manifest, assignment.model),
    place: async () => ({
      tree: { source: empty, writable: [], protect: [], dependencies: [], scratch: [] },
      data: await reviewData(ctx, candidate, prepared, planted),
    }),
    cwd: INSIDE.workspace,
    budgets,
    task: {
      prompt: reviewPrompt({
        role: assignment.role,
        request: manifest.brief.request,
        acceptance_criteria: manifest.acceptance_criteria,
        must_not_break: manifest.brief.must_not_break,
        files,
        base_dir: BASE_DIR,
        candidate_dir: CANDIDATE_DIR,
      }),
      system: "",
      model: assignment.model,
      session_id: randomUUID(),
      purpose: "review",
      role: assignment.role,
      json_schema: null,
      max_turns: null,
      cassette: assignment.runtime === "replay" ? await ctx.cassette(manifest.models[0] ?? "") : null,
    },
  });
  await session.dispose();
  ctx.report({
    kind: "note",
    level: "info",
    text: `${assignment.role} review ${session.record.outcome}, ${session.record.usage.requests} requests`,
  });
  if (session.stopped !== null) {
    // No record is kept of a review that was stopped: it is repeated. Its box has a receipt all the same.
    commitRows(ctx, snapshot, { rows: [], receipts: stoppedExecution(ctx, session) });
    return session.stopped === "halted"
      ? { kind: "halted", blockers: [{ code: "HALTED", text: "a review was stopped by a halt" }] }
      : { kind: "interrupted" };
  }
  if (session.record.outcome !== "completed")
    return {
      reviewed: incomplete(ctx, one, run_id, session.record.reason?.text ?? session.record.outcome),
      run: session,
    };
  const read = parseReview(
    session.end.structured === null ? session.end.final_text : JSON.stringify(session.end.structured),
    { reviewer_id: assignment.reviewer_id, files, planted },
  );
  return {
    reviewed: {
      assignment,
      run_id,
      ...read,
      reported_model: session.record.reported_model,
      finished_at: ctx.clock.now(),
    },
    run: session,
  };
}

/** A reviewer may read and run reading commands; nothing is writable in its box anyway. */
const readOnly = (manifest: Manifest, model: string): Manifest => ({
  ...manifest,
  affected_files: [],
  allowed_tools: ["command", "read", "other"],
  models: [model],
});

function incomplete(ctx: EngineContext, { assignment }: OneReview, run_id: string, why: string): ReviewRun {
  const finding = {
    finding_id: `${run_id}/0`,
    source: assignment.reviewer_id,
    severity: "high" as const,
    category: "REVIEW_INCOMPLETE",
    path: null,
    line: null,
    title: "the review did not take place",
    description: why.slice(0, 4000),
    recommendation: "repeat the review",
  };
  return {
    assignment,
    run_id,
    outcome: "incomplete",
    examined: [],
    findings: [finding],
    reported_model: "",
    finished_at: ctx.clock.now(),
  };
}
