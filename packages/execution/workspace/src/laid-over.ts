// The tree of the second check run (S12): the candidate, with everything of the base that defines the check over it.
import type { Git, TreeFile } from "@ces/ports";
import { isCheckDefinition } from "./check-definition.ts";

/** Both trees and the closure's paths. */
export type LaidOver = {
  readonly git: Git;
  readonly candidateTree: string;
  readonly baseTree: string;
  readonly paths: readonly string[];
};

/**
 * Closure paths get the base's version, deleted ones come back, added tests stay. Files that would newly define a check
 * (a `GNUmakefile` beside the Makefile, a `conftest.py`, a runner configuration) go. Returns the tree id.
 */
export async function laidOver({ git, candidateTree, baseTree, paths }: LaidOver): Promise<string> {
  const base = new Map((await git.treeFiles(baseTree)).map((file) => [file.path, file]));
  const restored = paths.flatMap((path) => base.get(path) ?? []);
  const names = new Set(restored.map((file) => file.path));
  const kept = (await git.treeFiles(candidateTree)).filter(
    (file) => !names.has(file.path) && !collides(file, names) && (base.has(file.path) || !isCheckDefinition(file.path)),
  );
  const files = withoutFileParents(kept, restored);
  return git.writeTree([...files, ...restored]);
}

// A candidate file below a restored file cannot stay.
function collides(file: TreeFile, names: ReadonlySet<string>): boolean {
  for (let slash = file.path.indexOf("/"); slash >= 0; slash = file.path.indexOf("/", slash + 1))
    if (names.has(file.path.slice(0, slash))) return true;
  return false;
}

// A candidate file that stands where a restored file needs a folder cannot stay either.
function withoutFileParents(kept: readonly TreeFile[], restored: readonly TreeFile[]): readonly TreeFile[] {
  const folders = new Set<string>();
  for (const { path } of restored)
    for (let slash = path.indexOf("/"); slash >= 0; slash = path.indexOf("/", slash + 1))
      folders.add(path.slice(0, slash));
  return kept.filter((file) => !folders.has(file.path));
}
