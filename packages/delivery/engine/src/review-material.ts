// What a reviewer is shown: both trees as renamed data, the changed files, and a planted defect among them (S23).
import { join } from "node:path";
import type { TreeFile } from "@ces/ports";
import type { MergeCandidate } from "@ces/records";
import { type PlantedDefect, renameForReview, type ShownFile } from "@ces/review";
import { materialize } from "@ces/workspace";
import type { PreparedBox } from "./box/open-box.ts";
import type { EngineContext } from "./context.ts";

/** Inside the box: base and candidate beside an empty working directory. */
export const BASE_DIR = "/review/base";
/** See `BASE_DIR`. */
export const CANDIDATE_DIR = "/review/candidate";

/** The changed files under the names that the reviewer sees, the planted one among them. */
export function shownFiles(candidate: MergeCandidate, planted: PlantedDefect | null): readonly ShownFile[] {
  const changed = candidate.delta.in_scope.map(({ path, change }): ShownFile => ({
    path,
    shown_as: renameForReview(path),
    change,
  }));
  return planted === null
    ? changed
    : [...changed, { path: planted.path, shown_as: planted.path, change: "added" }].toSorted((a, b) =>
        a.path < b.path ? -1 : 1,
      );
}

/** Both trees as renamed data; the planted file stands in the candidate that the reviewer sees and in no tree that is merged. */
export async function reviewData(
  ctx: EngineContext,
  candidate: MergeCandidate,
  prepared: PreparedBox,
  planted: PlantedDefect | null,
) {
  const place = async (name: string, tree: string): Promise<string> => {
    const into = join(prepared.root.path, name);
    await materialize({ git: ctx.git, tree, into, owner: prepared.user });
    return into;
  };
  const shown = async (tree: string, extra: readonly TreeFile[]): Promise<string> =>
    ctx.git.writeTree([
      ...(await ctx.git.treeFiles(tree)).filter(isData).map((file) => ({ ...file, path: renameForReview(file.path) })),
      ...extra,
    ]);
  const decoy: readonly TreeFile[] =
    planted === null
      ? []
      : [
          {
            path: planted.path,
            mode: "100644",
            oid: await ctx.git.writeBlob(new TextEncoder().encode(planted.content)),
          },
        ];
  return Promise.all([
    shown(candidate.base_tree, []).then(async (tree) => ({ source: await place("base", tree), inside: BASE_DIR })),
    shown(candidate.tree, decoy).then(async (tree) => ({
      source: await place("candidate", tree),
      inside: CANDIDATE_DIR,
    })),
  ]);
}

/** Links are left out: a renamed target would dangle, and a reviewer reads what is changed, not where it points. */
const isData = (file: TreeFile): boolean => file.mode === "100644" || file.mode === "100755";
