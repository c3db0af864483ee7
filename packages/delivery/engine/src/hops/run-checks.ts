// CES runs every check itself, on exactly the tree that would be merged: fresh files, no network, no keys (S05, S12).
import { closureChanges, judgeChecks } from "@ces/evidence";
import { hashJson } from "@ces/kernel";
import {
  CheckExecution,
  type CheckRun,
  type CheckSpec,
  type DeliverySnapshot,
  type Manifest,
  type MergeCandidate,
} from "@ces/records";
import { laidOver } from "@ces/workspace";
import { believedManifest } from "../believed-manifest.ts";
import { execute, type OneCheck, type Packages } from "../box/check-box.ts";
import type { EngineContext } from "../context.ts";
import { installCandidate } from "../deps/install-candidate.ts";
import { commitRows, commitStep, entry } from "../journal.ts";
import { implementRun, recallCandidate, recallChecks, recallWish } from "../recall.ts";
import { moveToNewBase } from "../rebase-candidate.ts";
import type { Hop, HopEnd } from "../thread.ts";

/** Runs every sealed check on the candidate. A run that did not complete is not checked: its evidence says so. */
export const runChecks: Hop = async (ctx, snapshot, effect) => {
  const believed = believedManifest(ctx, snapshot);
  if (believed.kind === "refused") return { kind: "waiting", needs: "remedy", blockers: [believed.reason] };
  const moved = await moveToNewBase(ctx, snapshot, believed.manifest, effect);
  if (moved.kind !== "unmoved") return moved.end;
  const candidate = recallCandidate(ctx.store, snapshot.delivery_id);
  const complete = implementRun(ctx.store, snapshot)?.outcome === "completed";
  const done = new Set(
    recallChecks(ctx.store, snapshot.delivery_id, candidate.tree)
      .filter(({ outcome }) => outcome !== "not_run" || !complete)
      .map((check) => check.check_id),
  );
  await ctx.verifyToolchain(believed.manifest.toolchain);
  ctx.report({ kind: "stage", stage: "checks", status: "started", note: `${believed.manifest.checks.length} checks` });
  const fit = complete && candidate.delta.blockers.length === 0;
  const packages = fit
    ? await packagesFor(ctx, snapshot, believed.manifest, candidate)
    : { kind: "as_checked_out" as const };
  if (packages.kind === "stopped") return packages.end;
  try {
    const open = believed.manifest.checks.filter(({ check_id }) => !done.has(check_id));
    const ended = await runAll(ctx, snapshot, open, (current, spec) =>
      fit && packages.kind !== "refused"
        ? runOne(ctx, current, { manifest: believed.manifest, candidate, spec, packages })
        : Promise.resolve(notRun(ctx, spec, candidate)),
    );
    if (ended.kind === "stopped") return ended.end;
    ctx.report({ kind: "stage", stage: "checks", status: "done", note: "" });
    commitStep(ctx, ended.current, { name: "checks_done", done: effect, next: [{ name: "seal_evidence" }] });
    return { kind: "moved" };
  } finally {
    if (packages.kind === "installed") await packages.dispose();
  }
};

/** A change of dependencies is checked with the packages that its own lockfile pins; everything else with those of the checkout. */
async function packagesFor(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  manifest: Manifest,
  candidate: MergeCandidate,
): Promise<Packages> {
  const wish = manifest.runtime === "install" ? recallWish(ctx.store, snapshot.delivery_id) : undefined;
  return wish === undefined
    ? { kind: "as_checked_out" }
    : installCandidate(ctx, snapshot, { manifest, candidate, wish });
}

type AllChecked =
  | { readonly kind: "checked"; readonly current: DeliverySnapshot }
  | { readonly kind: "stopped"; readonly end: HopEnd };

/** One check after the other, each with a commit of its own. */
async function runAll(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  specs: readonly CheckSpec[],
  run: (current: DeliverySnapshot, spec: CheckSpec) => Promise<Checked>,
): Promise<AllChecked> {
  let current = snapshot;
  for (const spec of specs) {
    const checked = await run(current, spec);
    if (checked.kind === "stopped") return checked;
    current = commitStep(ctx, current, {
      name: `checked_${spec.check_id}`,
      rows: [
        {
          kind: "check",
          id: `${snapshot.delivery_id}/${current.version}/${spec.check_id}`,
          delivery_id: snapshot.delivery_id,
          body: checked.run,
        },
      ],
      entries: [checkEntry(snapshot, checked.run)],
    });
  }
  return { kind: "checked", current };
}

type Checked = { readonly kind: "run"; readonly run: CheckRun } | { readonly kind: "stopped"; readonly end: HopEnd };

async function runOne(ctx: EngineContext, snapshot: DeliverySnapshot, one: OneCheck): Promise<Checked> {
  const { spec, candidate } = one;
  const laid = await laidOver({
    git: ctx.git,
    candidateTree: candidate.tree,
    baseTree: candidate.base_tree,
    paths: spec.closure.map(({ path }) => path),
  });
  const [base, asIs, over] = await Promise.all([
    executeOnBase(ctx, snapshot, one),
    execute(ctx, snapshot, one, { variant: "as_is", tree: candidate.tree }),
    // Nothing of the base to lay over: the same tree, so the same run.
    laid === candidate.tree ? null : execute(ctx, snapshot, one, { variant: "base_laid_over", tree: laid }),
  ]);
  const executions: CheckExecution[] = [];
  for (const run of [base, asIs, over ?? ("kind" in asIs ? asIs : { ...asIs, variant: "base_laid_over" as const })]) {
    if ("kind" in run) return { kind: "stopped", end: run };
    executions.push(run);
  }
  const judged = judgeChecks({
    spec,
    candidate_tree: candidate.tree,
    executions,
    closure_changed: [...closureChanges(spec, candidate.delta.in_scope)],
    finished_at: ctx.clock.now(),
  });
  report(ctx, judged);
  return { kind: "run", run: judged };
}

/** The check on the base tells how many tests there should be. It depends on nothing of the delivery: its result is kept and used again. */
async function executeOnBase(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  one: OneCheck,
): Promise<CheckExecution | HopEnd> {
  const tree = one.candidate.base_tree;
  const id = `base/${tree}/${hashJson(ctx.crypto, "ces.base-check/v1", [one.spec, one.manifest.toolchain])}`;
  const known = ctx.store.record("check", id);
  if (known !== undefined) return CheckExecution.parse(known.body);
  const run = await execute(ctx, snapshot, one, { variant: "base", tree });
  // Only what says how many tests there are is worth keeping: a base that could not be run may be runnable the next time.
  if (!("kind" in run) && run.outcome === "passed" && ctx.store.record("check", id) === undefined) {
    commitRows(ctx, snapshot, {
      rows: [{ kind: "check", id, delivery_id: null, body: run }],
      entries: [
        entry("check", snapshot.delivery_id, `${run.variant} ${one.spec.check_id} ${run.outcome}`, {
          decision: run.outcome,
          refs: [tree, run.run_id],
        }),
      ],
    });
  }
  return run;
}

function notRun(ctx: EngineContext, spec: CheckSpec, candidate: MergeCandidate): Checked {
  ctx.report({
    kind: "check",
    check_id: spec.check_id,
    variant: "as_is",
    status: "not_run",
    duration_ms: 0,
    note: "the run is not fit to be checked",
  });
  return {
    kind: "run",
    run: judgeChecks({
      spec,
      candidate_tree: candidate.tree,
      executions: [],
      closure_changed: [],
      finished_at: ctx.clock.now(),
    }),
  };
}

function report(ctx: EngineContext, run: CheckRun): void {
  const asIs = run.executions.find((one) => one.variant === "as_is");
  const counts =
    asIs?.counts === null || asIs === undefined ? "" : `${asIs.counts.passed} passed, ${asIs.counts.failed} failed`;
  ctx.report({
    kind: "check",
    check_id: run.check_id,
    variant: "as_is",
    status: run.outcome,
    duration_ms: asIs?.duration_ms ?? 0,
    note: run.touched[0] ?? counts,
  });
}

const checkEntry = (snapshot: DeliverySnapshot, run: CheckRun) =>
  entry("check", snapshot.delivery_id, `${run.check_id} ${run.outcome}`, {
    decision: run.outcome,
    rationale: run.touched.join("; ").slice(0, 4000),
    refs: [run.candidate_tree, ...run.executions.map(({ run_id }) => run_id)],
  });
