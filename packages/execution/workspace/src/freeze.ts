// The freeze (DESIGN §5): after the last process of a run is dead, what it left becomes a candidate tree. Everything later
// takes that tree id and never the worktree again. Blockers stop the delivery; the caller must not merge beside one.
import { printable } from "@ces/kernel";
import type { Git, TreeFile } from "@ces/ports";
import type { Delta, DeltaFile, LeftBehind, Reason } from "@ces/records";
import { blobIdOf } from "./blob-id.ts";
import { candidateFiles, writeCandidate } from "./candidate-tree.ts";
import { deltaFile } from "./delta-file.ts";
import { escapingLinks } from "./inspect-tree.ts";
import { treeLinks } from "./materialize.ts";
import {
  listChanges,
  placeOf,
  type Change,
  type ChangePlace,
  type FreezeScope,
  type SortRules,
} from "./sort-changes.ts";
import { FREEZE_LIMITS, surveyWorktree, type FreezeLimits, type OddEntry, type Survey } from "./survey-worktree.ts";

/** What to freeze, and by which rules. */
export type FreezeRequest = {
  readonly git: Git;
  readonly baseTree: string;
  /** Absolute, no link, written to by nobody any more. */
  readonly worktree: string;
  readonly scope: FreezeScope;
  readonly baseIgnored: (path: string) => boolean;
  /** Ignored paths that the manifest names. */
  readonly explicitPaths?: readonly string[];
  /** Folders and files that were writable mounts; everything when absent. */
  readonly writable?: readonly string[];
  /** Paths below those that were read-only mounts during the run: taken from the base unread (S36). */
  readonly readOnly?: readonly string[];
  readonly limits?: Partial<FreezeLimits>;
};

/** The difference and the tree. With a blocker in `delta`, the tree is for looking at only. */
export type Frozen = { readonly delta: Delta; readonly candidateTree: string };

type Sorted = Readonly<Record<ChangePlace, readonly Change[]>>;

/** Reads the worktree once. Throws CesError `WORKSPACE_MOVED` when something still writes to it. */
export async function freeze(request: FreezeRequest): Promise<Frozen> {
  const { git, baseTree } = request;
  const baseFiles = await git.treeFiles(baseTree);
  const base = new Map(baseFiles.map((file) => [file.path, file]));
  const reachable = reachableBy(request);
  const limits = { ...FREEZE_LIMITS, ...request.limits };
  const blobId = blobIdOf(git.object_format);
  const survey = await surveyWorktree({ worktree: request.worktree, base, blobId, reachable, limits });
  // A reading that was cut short knows nothing about the rest: no deletion is concluded from it.
  const changes = survey.complete ? listChanges(base, survey, reachable) : [];
  const sorted = sortChanges(changes, request);
  const candidate = candidateFiles(baseFiles, sorted.in_scope);
  const candidateTree = await writeCandidate(git, candidate.files, sorted.in_scope);
  const links = await escapes(git, candidate.files, sorted.in_scope);
  const blockers = [
    ...survey.odd.map(oddReason),
    ...sorted.ces_state.map(stateReason),
    ...candidate.blockers,
    ...links,
  ];
  const delta = {
    base_tree: baseTree,
    in_scope: await deltaFiles(git, sorted.in_scope),
    out_of_scope: await deltaFiles(git, byPath([...sorted.out_of_scope, ...sorted.forbidden, ...sorted.ces_state])),
    left_behind: leftBehind(sorted, survey),
    blockers,
  };
  return { delta, candidateTree };
}

// Whether the run could have written at or below a path.
function reachableBy({ writable, readOnly }: FreezeRequest): (path: string) => boolean {
  const below = (path: string, folder: string): boolean =>
    folder === "" || path === folder || path.startsWith(`${folder}/`);
  return (path) => {
    if ((readOnly ?? []).some((folder) => below(path, folder))) return false;
    return writable === undefined || writable.some((folder) => below(path, folder) || below(folder, path));
  };
}

function sortChanges(changes: readonly Change[], request: FreezeRequest): Sorted {
  const rules: SortRules = { ...request, explicitPaths: new Set(request.explicitPaths) };
  const sorted: Record<ChangePlace, Change[]> = {
    in_scope: [],
    out_of_scope: [],
    forbidden: [],
    ignored: [],
    ces_state: [],
  };
  for (const change of changes) sorted[placeOf(change, rules)].push(change);
  return sorted;
}

// Every link of the candidate is followed again: a changed link can lead an old one out.
async function escapes(git: Git, files: readonly TreeFile[], changes: readonly Change[]): Promise<readonly Reason[]> {
  if (!changes.some((change) => change.before?.mode === "120000" || change.after?.mode === "120000")) return [];
  return escapingLinks(await treeLinks(git, files));
}

async function deltaFiles(git: Git, changes: readonly Change[]): Promise<DeltaFile[]> {
  const replaced = changes.filter((change) => change.before !== null);
  const blobs = await git.blobs(replaced.map((change) => change.before?.oid ?? ""));
  const contents = new Map(replaced.map((change, i) => [change.path, blobs[i] ?? null]));
  return changes.map((change) => deltaFile(change, contents.get(change.path) ?? null));
}

function leftBehind(sorted: Sorted, survey: Survey): LeftBehind[] {
  const rows = (changes: readonly Change[], why: LeftBehind["why"]): LeftBehind[] =>
    changes.flatMap(({ path, after }) => (after === null ? [] : [{ path, why, bytes: after.bytes.length }]));
  const odd = survey.odd.map(({ path }): LeftBehind => ({ path, why: "odd_file", bytes: 0 }));
  const all = [
    ...rows(sorted.ignored, "ignored"),
    ...rows(sorted.out_of_scope, "out_of_scope"),
    ...rows([...sorted.forbidden, ...sorted.ces_state], "forbidden"),
    ...odd,
  ];
  return byPath(all);
}

function byPath<T extends { readonly path: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

function oddReason({ code, path, why }: OddEntry): Reason {
  return { code, text: `\`${printable(path)}\` ${why}`, held_by: "merge" };
}

function stateReason({ path }: Change): Reason {
  return { code: "STATE_WRITTEN", text: `\`${printable(path)}\` is in a folder of CES's own state`, held_by: "merge" };
}
