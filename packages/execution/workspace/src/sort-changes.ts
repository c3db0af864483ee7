// Sorts every change of a survey into what may be merged, what may not, and what is left behind.
import type { TreeFile } from "@ces/ports";
import { isCesState } from "./odd-names.ts";
import type { ChangedFile, Survey } from "./survey-worktree.ts";

/** The manifest's scope as questions about a path. */
export type FreezeScope = {
  readonly affected: (path: string) => boolean;
  readonly forbidden: (path: string) => boolean;
};

/** What decides where a change goes. `explicitPaths` are ignored paths that the manifest names (S15). */
export type SortRules = {
  readonly scope: FreezeScope;
  readonly baseIgnored: (path: string) => boolean;
  readonly explicitPaths: ReadonlySet<string>;
};

/** One path that differs. `after` null: deleted. */
export type Change = { readonly path: string; readonly before: TreeFile | null; readonly after: ChangedFile | null };

/** Where a change goes; `ces_state` is forbidden and stops the delivery. */
export type ChangePlace = "in_scope" | "out_of_scope" | "forbidden" | "ignored" | "ces_state";

/** Every difference between base and worktree, sorted by path. `gone` says which unseen base paths count as deleted. */
export function listChanges(
  base: ReadonlyMap<string, TreeFile>,
  survey: Survey,
  gone: (path: string) => boolean,
): readonly Change[] {
  const changes: Change[] = survey.changed.map((after) => ({
    path: after.path,
    before: base.get(after.path) ?? null,
    after,
  }));
  for (const before of base.values())
    if (!survey.seen.has(before.path) && gone(before.path)) changes.push({ path: before.path, before, after: null });
  return changes.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

/** Where one change goes. A path that the base ignores does not enter a delta unless the manifest names it. */
export function placeOf({ path, before }: Change, { scope, baseIgnored, explicitPaths }: SortRules): ChangePlace {
  if (isCesState(path)) return "ces_state";
  if (before === null && !explicitPaths.has(path) && baseIgnored(path)) return "ignored";
  if (scope.forbidden(path)) return "forbidden";
  return scope.affected(path) ? "in_scope" : "out_of_scope";
}
