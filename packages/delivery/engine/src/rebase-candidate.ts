// The target branch moved under a candidate: the same in-scope delta on the new base, or a conflict that a person must see (S22).
import type { TreeFile } from "@ces/ports";
import type { DeliverySnapshot, Effect, Manifest, MergeCandidate, Reason } from "@ces/records";
import type { EngineContext } from "./context.ts";
import { commitStep, entry } from "./journal.ts";
import { plainJson } from "./plain-json.ts";
import { recallCandidate } from "./recall.ts";
import type { HopEnd } from "./thread.ts";

export type BaseMove = { readonly kind: "unmoved" } | { readonly kind: "moved"; readonly end: HopEnd };

/**
 * Before checks run: if the branch is no longer at the candidate's base, records a candidate on the new base and goes round
 * again, or fails the delivery when both sides changed the same path. Contract and scope stay as they were sealed.
 */
export async function moveToNewBase(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  manifest: Manifest,
  effect: Effect,
): Promise<BaseMove> {
  const candidate = recallCandidate(ctx.store, snapshot.delivery_id);
  const current = await ctx.git.resolveRef(manifest.target_ref);
  if (current === candidate.base_commit) return { kind: "unmoved" };
  if (current === null)
    return failed(ctx, snapshot, effect, {
      code: "BRANCH_GONE",
      text: `\`${manifest.target_ref}\` does not exist any more`,
    });
  const { tree } = await ctx.git.commit(current);
  const files = new Map((await ctx.git.treeFiles(tree)).map((file) => [file.path, file]));
  const conflicts = conflictsWith(files, candidate);
  if (conflicts.length > 0)
    return failed(ctx, snapshot, effect, {
      code: "BASE_CONFLICT",
      text: `the branch changed the same files meanwhile: ${conflicts.join(", ")}`,
    });
  const next: MergeCandidate = {
    ...candidate,
    base_commit: current,
    base_tree: tree,
    tree: await ctx.git.writeTree(apply(files, candidate)),
    delta: { ...candidate.delta, base_tree: tree },
  };
  commitStep(ctx, snapshot, {
    name: "candidate_rebased",
    patch: { candidate_tree: next.tree },
    rows: [
      {
        kind: "candidate",
        id: `${snapshot.delivery_id}/${snapshot.version}`,
        delivery_id: snapshot.delivery_id,
        body: plainJson(next),
      },
    ],
    entries: [
      entry("evidence", snapshot.delivery_id, `candidate ${next.tree} on ${current}`, { refs: [next.tree, current] }),
    ],
    done: effect,
    next: [{ name: "run_checks" }],
  });
  return { kind: "moved", end: { kind: "moved" } };
}

function failed(ctx: EngineContext, snapshot: DeliverySnapshot, effect: Effect, reason: Reason): BaseMove {
  commitStep(ctx, snapshot, {
    name: "base_conflict",
    event: "verification_failed",
    patch: { blockers: [reason] },
    done: effect,
  });
  return { kind: "moved", end: { kind: "moved" } };
}

/** Paths that both sides changed, and paths that the branch needs for something else: a file where a folder is now, or the reverse. */
function conflictsWith(files: ReadonlyMap<string, TreeFile>, candidate: MergeCandidate): readonly string[] {
  const changed = candidate.delta.in_scope
    .filter((file) => (files.get(file.path)?.oid ?? null) !== file.before)
    .map((file) => file.path);
  const paths = apply(files, candidate).map((file) => file.path);
  const folders = new Set(
    paths.flatMap((path) =>
      path
        .split("/")
        .slice(1)
        .map((_, depth) =>
          path
            .split("/")
            .slice(0, depth + 1)
            .join("/"),
        ),
    ),
  );
  return [...new Set([...changed, ...paths.filter((path) => folders.has(path))])];
}

function apply(files: ReadonlyMap<string, TreeFile>, candidate: MergeCandidate): readonly TreeFile[] {
  const next = new Map(files);
  for (const file of candidate.delta.in_scope) {
    if (file.after === null) next.delete(file.path);
    else next.set(file.path, { path: file.path, mode: file.mode, oid: file.after });
  }
  return [...next.values()];
}
