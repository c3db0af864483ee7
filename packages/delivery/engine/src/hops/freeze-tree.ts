// The freeze: every process of the run is dead; the worktree is read once and becomes a tree id. Nothing reads it again.
import { basename, dirname } from "node:path";
import { lstatSync } from "node:fs";
import { compileGlob } from "@ces/kernel";
import type { DeliverySnapshot, Effect, Manifest, MergeCandidate } from "@ces/records";
import { freeze, protectionOf, readIgnoreRules } from "@ces/workspace";
import { believedManifest } from "../believed-manifest.ts";
import { removeBox } from "../box/open-box.ts";
import { writeMounts } from "../box/workspace-mount.ts";
import type { EngineContext } from "../context.ts";
import { dependencyBlockers } from "../dependency-changes.ts";
import { commitStep, entry } from "../journal.ts";
import { plainJson } from "../plain-json.ts";
import type { Hop, HopEnd } from "../thread.ts";
import { worktreeOf } from "../worktree-of.ts";

/** Makes the candidate and hands the delivery to verification. A worktree that is gone means that the attempt is gone. */
export const freezeTree: Hop = async (ctx, snapshot, effect) => {
  const believed = believedManifest(ctx, snapshot);
  if (believed.kind === "refused") return { kind: "waiting", needs: "remedy", blockers: [believed.reason] };
  const worktree = worktreeOf(effect);
  if (lstatSync(worktree, { throwIfNoEntry: false }) === undefined) return attemptLost(ctx, snapshot, effect);
  ctx.report({ kind: "stage", stage: "freeze", status: "started", note: "" });
  const candidate = await freezeCandidate(ctx, snapshot, believed.manifest, worktree);
  recordCandidate(ctx, snapshot, effect, candidate);
  await removeBox(ctx, { delivery_id: snapshot.delivery_id, run_id: basename(dirname(worktree)) });
  return { kind: "moved" };
};

function attemptLost(ctx: EngineContext, snapshot: DeliverySnapshot, effect: Effect): HopEnd {
  commitStep(ctx, snapshot, { name: "worktree_lost", event: "resume", done: effect });
  return { kind: "moved" };
}

async function freezeCandidate(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  manifest: Manifest,
  worktree: string,
): Promise<MergeCandidate> {
  const affected = manifest.affected_files.map(compileGlob);
  const forbidden = manifest.forbidden_files.map(compileGlob);
  const base = await ctx.git.treeFiles(manifest.base_tree);
  const { writable } = writeMounts(manifest.affected_files, manifest.forbidden_files, base);
  const frozen = await freeze({
    git: ctx.git,
    baseTree: manifest.base_tree,
    worktree,
    scope: {
      affected: (path) => affected.some((glob) => glob.test(path)),
      forbidden: (path) => forbidden.some((glob) => glob.test(path)),
    },
    baseIgnored: await readIgnoreRules(ctx.git, manifest.base_tree),
    writable: writable.map(({ path }) => path),
  });
  const delta = { ...frozen.delta, blockers: [...frozen.delta.blockers, ...dependencyBlockers(frozen.delta)] };
  return {
    schema: "ces.candidate/v1",
    base_commit: manifest.base_commit,
    base_tree: manifest.base_tree,
    tree: frozen.candidateTree,
    attempt: snapshot.attempt,
    delta,
  };
}

function recordCandidate(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  effect: Effect,
  candidate: MergeCandidate,
): void {
  const { in_scope, out_of_scope, left_behind } = candidate.delta;
  ctx.report({
    kind: "stage",
    stage: "freeze",
    status: "done",
    note: `${in_scope.length} files, tree ${candidate.tree.slice(0, 12)}`,
  });
  for (const file of out_of_scope)
    ctx.report({
      kind: "finding",
      severity: "high",
      source: "scope",
      text: `${file.path} is out of scope${why(file.path)}`,
    });
  commitStep(ctx, snapshot, {
    name: "frozen",
    event: "submit_for_verification",
    patch: { candidate_tree: candidate.tree },
    rows: [
      {
        kind: "candidate",
        id: `${snapshot.delivery_id}/${snapshot.version}`,
        delivery_id: snapshot.delivery_id,
        body: plainJson(candidate),
      },
    ],
    entries: [
      entry("evidence", snapshot.delivery_id, `candidate ${candidate.tree}`, {
        refs: [candidate.tree, candidate.base_commit],
        data: { in_scope: in_scope.length, out_of_scope: out_of_scope.length, left_behind: left_behind.length },
      }),
    ],
    done: effect,
  });
}

const why = (path: string): string => {
  const protection = protectionOf(path);
  return protection === undefined ? "" : ` (${protection.why})`;
};
