// The difference of two trees as paths, without rename guessing.
import type { Git, TreeFile } from "@ces/ports";

/** One path that differs; null where a side has no file. */
export type TreeChange = { readonly path: string; readonly from: TreeFile | null; readonly to: TreeFile | null };

/** Every path whose mode or content differs, sorted by path. */
export async function treeChanges(git: Git, fromTree: string, toTree: string): Promise<readonly TreeChange[]> {
  const from = new Map((await git.treeFiles(fromTree)).map((file) => [file.path, file]));
  const to = new Map((await git.treeFiles(toTree)).map((file) => [file.path, file]));
  const paths = new Set([...from.keys(), ...to.keys()]);
  const changes = [...paths].map((path) => ({ path, from: from.get(path) ?? null, to: to.get(path) ?? null }));
  return changes
    .filter((change) => change.from?.oid !== change.to?.oid || change.from?.mode !== change.to?.mode)
    .sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}
