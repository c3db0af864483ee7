// Base tree plus in-scope changes as one tree, from the bytes that were read once.
import { printable } from "@ces/kernel";
import type { Git, TreeFile } from "@ces/ports";
import type { Reason } from "@ces/records";
import { foldPath } from "./odd-names.ts";
import type { Change } from "./sort-changes.ts";

/** The tree's files after the changes, and why some of them were not taken. */
export type CandidateFiles = { readonly files: readonly TreeFile[]; readonly blockers: readonly Reason[] };

/** Applies changes to the base's files. A path below a file that stays, or a twin of another path, is an ODD_FILE. */
export function candidateFiles(base: readonly TreeFile[], changes: readonly Change[]): CandidateFiles {
  const files = new Map(base.map((file) => [file.path, file]));
  for (const { path, after } of changes) {
    if (after === null) files.delete(path);
    else files.set(path, { path, mode: after.mode, oid: after.oid });
  }
  const added = changes.filter((change) => change.after !== null).map((change) => change.path);
  const conflicts = new Set(added.filter((path) => parentsOf(path).some((parent) => files.has(parent))));
  for (const path of conflicts) files.delete(path);
  const blockers = [
    ...[...conflicts].map((path) => odd(path, "stands below a file that stays")),
    ...twins(changes, [...files.keys()]),
  ];
  return { files: [...files.values()], blockers };
}

/** Writes the changed blobs and the tree; returns its id. */
export async function writeCandidate(
  git: Git,
  files: readonly TreeFile[],
  changes: readonly Change[],
): Promise<string> {
  const wanted = new Set(files.map((file) => file.oid));
  for (const { after } of changes) if (after !== null && wanted.has(after.oid)) await git.writeBlob(after.bytes);
  return git.writeTree(files);
}

// `A.js` beside `a.js` is one file on other machines: which of the two was checked?
function twins(changes: readonly Change[], paths: readonly string[]): readonly Reason[] {
  const added = changes.filter((change) => change.before === null && change.after !== null);
  if (added.length === 0) return [];
  const spellings = new Map<string, Set<string>>();
  for (const path of paths) {
    for (const prefix of [path, ...parentsOf(path)]) {
      const folded = foldPath(prefix);
      spellings.set(folded, (spellings.get(folded) ?? new Set()).add(prefix));
    }
  }
  const doubled = (path: string): boolean =>
    [path, ...parentsOf(path)].some((prefix) => (spellings.get(foldPath(prefix))?.size ?? 0) > 1);
  return added
    .filter(({ path }) => doubled(path))
    .map(({ path }) => odd(path, "differs from another path only in case or accents"));
}

function parentsOf(path: string): readonly string[] {
  const parents: string[] = [];
  for (let slash = path.indexOf("/"); slash >= 0; slash = path.indexOf("/", slash + 1))
    parents.push(path.slice(0, slash));
  return parents;
}

function odd(path: string, why: string): Reason {
  return { code: "ODD_FILE", text: `\`${printable(path)}\` ${why}`, held_by: "merge" };
}
