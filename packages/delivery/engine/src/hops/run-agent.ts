// The attempt: a fresh tree, a fresh HOME, a fresh session, what is left of the budget. A dead attempt is recorded and a new one begun.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { makeId } from "@ces/kernel";
import type { DeliverySnapshot, Effect, Manifest, RunRecord, RunStarted } from "@ces/records";
import { completionPrompt } from "@ces/runtimes";
import { INSIDE, killRecordedBox, type TreePlan } from "@ces/sandbox";
import { dependencyFolders, materialize } from "@ces/workspace";
import { believedManifest } from "../believed-manifest.ts";
import { runSession, type SessionEnd } from "../box/agent-session.ts";
import { journalledRun } from "../box/journalled-run.ts";
import { type PreparedBox, prepareBox, removeBox } from "../box/open-box.ts";
import { remainingBudgets } from "../box/spent.ts";
import { writeMounts } from "../box/workspace-mount.ts";
import type { EngineContext, RuntimeOnHost } from "../context.ts";
import { resolveDependencies } from "../deps/resolve-dependencies.ts";
import { commitStep } from "../journal.ts";
import { implementRun, recallStarted } from "../recall.ts";
import { runExecution, unwatched } from "../receipts/box-receipts.ts";
import { runEntry } from "../run-entry.ts";
import type { Hop, HopEnd } from "../thread.ts";

/** Runs the implementer of the current attempt, or closes an attempt whose driver died and issues the next. */
export const runAgent: Hop = async (ctx, snapshot, effect) => {
  const believed = believedManifest(ctx, snapshot);
  if (believed.kind === "refused") return { kind: "waiting", needs: "remedy", blockers: [believed.reason] };
  const dead = startedHere(ctx, snapshot);
  if (dead !== undefined && implementRun(ctx.store, snapshot) === undefined)
    return closeDeadAttempt(ctx, snapshot, effect, dead);
  if (believed.manifest.runtime === "install") return resolveDependencies(ctx, snapshot, effect, believed);
  const choice = await ctx.runtime(believed.manifest.runtime);
  if (choice.kind === "missing")
    return {
      kind: "waiting",
      needs: "remedy",
      blockers: [{ code: choice.code, text: `${choice.text}; ${choice.remedy}` }],
    };
  const left = remainingBudgets(ctx.store, snapshot.delivery_id, believed.manifest.budgets);
  if (left.tokens === 0 || left.requests === 0 || left.wall_seconds === 0) return noBudget(ctx, snapshot, effect);
  await ctx.verifyToolchain(believed.manifest.toolchain);
  ctx.report({
    kind: "stage",
    stage: "agent",
    status: "started",
    note: `${choice.found.runtime.name} ${choice.found.version}, attempt ${snapshot.attempt}`,
  });
  const prepared = prepareBox(ctx, {
    run_id: makeId("R", ctx.random),
    purpose: "implement",
    delivery_id: snapshot.delivery_id,
    manifest_hash: believed.hash,
    attempt: snapshot.attempt,
    label: choice.found.runtime.name,
  });
  const session = await implement(ctx, snapshot, { manifest: believed.manifest, client: choice.found, prepared });
  return finish(ctx, snapshot, effect, { session, tree_dir: join(prepared.root.path, "tree") });
};

const startedHere = (ctx: EngineContext, snapshot: DeliverySnapshot): RunStarted | undefined =>
  recallStarted(ctx.store, snapshot.delivery_id)
    .filter(({ order }) => order.purpose === "implement" && order.attempt === snapshot.attempt)
    .at(-1);

/** The driver of this attempt died. Its box is made sure to be dead too; the next attempt starts from the base. */
async function closeDeadAttempt(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  effect: Effect,
  dead: RunStarted,
): Promise<HopEnd> {
  await killRecordedBox(dead.handle, dead.box_dir);
  await removeBox(ctx, dead.order);
  ctx.report({
    kind: "note",
    level: "warning",
    text: `attempt ${snapshot.attempt} was interrupted; it starts again from the base`,
  });
  const record = interruptedRecord(ctx, dead, snapshot.runtime);
  commitStep(ctx, snapshot, {
    name: "attempt_interrupted",
    event: "resume",
    rows: [{ kind: "run", id: record.order.run_id, delivery_id: snapshot.delivery_id, body: record }],
    entries: [runEntry(record)],
    receipts: runExecution(ctx, { record, sandbox: unwatched, went: true }),
    done: effect,
  });
  return { kind: "moved" };
}

function interruptedRecord(ctx: EngineContext, dead: RunStarted, runtime: DeliverySnapshot["runtime"]): RunRecord {
  return {
    schema: "ces.run/v1",
    order: dead.order,
    runtime,
    runtime_version: "",
    model: "",
    reported_model: "",
    session_id: "",
    outcome: "interrupted",
    exit_code: null,
    reason: { code: "DRIVER_DIED", text: "CES ended while the run was under way" },
    limits: [],
    transcript: null,
    final_text: "",
    started_at: dead.started_at,
    ...(dead.command_contract === undefined ? {} : { command_contract: dead.command_contract }),
    ...journalledRun(ctx, dead),
  };
}

function noBudget(ctx: EngineContext, snapshot: DeliverySnapshot, effect: Effect): HopEnd {
  commitStep(ctx, snapshot, {
    name: "budget_spent",
    event: "fail",
    patch: { blockers: [{ code: "BUDGET_SPENT", text: "nothing is left of the budget" }] },
    done: effect,
  });
  return { kind: "moved" };
}

interface Implement {
  readonly manifest: Manifest;
  readonly client: RuntimeOnHost;
  readonly prepared: PreparedBox;
}

async function implement(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  { manifest, client, prepared }: Implement,
): Promise<SessionEnd> {
  const { system, prompt } = completionPrompt({ manifest, purpose: "implement", feedback: feedback(snapshot) });
  const cassette = snapshot.runtime === "replay" ? await ctx.cassette(manifest.models[0] ?? "") : null;
  return runSession(ctx, snapshot, {
    prepared,
    client,
    manifest,
    place: async () => ({ tree: await workTree(ctx, manifest, prepared), data: [] }),
    cwd: INSIDE.workspace,
    budgets: remainingBudgets(ctx.store, snapshot.delivery_id, manifest.budgets),
    task: {
      prompt,
      system,
      model: manifest.models[0] ?? "",
      session_id: randomUUID(),
      purpose: "implement",
      json_schema: null,
      max_turns: manifest.budgets.requests,
      cassette,
    },
  });
}

const feedback = (snapshot: DeliverySnapshot): readonly string[] =>
  snapshot.retry_count > 0 ? snapshot.blockers.map((blocker) => `${blocker.code}: ${blocker.text}`) : [];

/** The base tree as files, the private git directory beside it, dependency folders to bind. */
async function workTree(ctx: EngineContext, manifest: Manifest, { root, user }: PreparedBox): Promise<TreePlan> {
  const source = join(root.path, "tree");
  const git = join(root.path, "git");
  await Promise.all([
    materialize({ git: ctx.git, tree: manifest.base_tree, into: source, owner: user }),
    ctx.exportBase({ from: ctx.git, base_commit: manifest.base_commit, to_dir: git, owner: user }),
  ]);
  const base = await ctx.git.treeFiles(manifest.base_tree);
  const dependencies = dependencyFolders({
    checkoutRoot: ctx.places.project_root,
    baseFiles: base,
    home: ctx.home,
    trusted: [ctx.places.state_dir],
  });
  for (const refused of dependencies.refused)
    ctx.report({
      kind: "note",
      level: "warning",
      text: `${refused.path} is not bound: ${refused.code} ${refused.why}`,
    });
  return {
    source,
    ...writeMounts(manifest.affected_files, manifest.forbidden_files, base),
    git,
    dependencies: dependencies.binds.map((bind) => ({
      source: bind.source,
      at: bind.path,
      checkout: ctx.places.project_root,
    })),
    scratch: [],
  };
}

interface Finished {
  readonly session: SessionEnd;
  readonly tree_dir: string;
}

async function finish(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  effect: Effect,
  { session, tree_dir }: Finished,
): Promise<HopEnd> {
  const { record } = session;
  const rows = [{ kind: "run" as const, id: record.order.run_id, delivery_id: snapshot.delivery_id, body: record }];
  const receipts = runExecution(ctx, session);
  ctx.report({
    kind: "stage",
    stage: "agent",
    status: record.outcome === "completed" ? "done" : "failed",
    note: record.reason === null ? record.outcome : `${record.outcome}: ${record.reason.text}`,
  });
  if (session.stopped !== null) {
    await session.dispose();
    commitStep(ctx, snapshot, {
      name: `run_${session.stopped}`,
      event: "resume",
      rows,
      entries: [runEntry(record)],
      receipts,
      done: effect,
    });
    return session.stopped === "halted"
      ? { kind: "halted", blockers: [{ code: "HALTED", text: "the run was stopped by a halt" }] }
      : { kind: "interrupted" };
  }
  commitStep(ctx, snapshot, {
    name: "run_ended",
    rows,
    entries: [runEntry(record)],
    receipts,
    done: effect,
    next: [{ name: "freeze", input: { tree_dir, run_id: record.order.run_id } }],
  });
  return { kind: "moved" };
}
