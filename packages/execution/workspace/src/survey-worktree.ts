// The one reading of the dead worktree: every file that the run could write, by content (S36). Unchanged files leave only
// their name; changed ones keep their bytes, which nobody reads from the disk again (S06).
import type { TreeFile } from "@ces/ports";
import type { BlobId } from "./blob-id.ts";
import { looksBare } from "./inspect-tree.ts";
import { isDotGit, plainName } from "./odd-names.ts";
import { walkTree, type WalkEntry } from "./walk-tree.ts";

/** Bounds of one reading. Entries are counted above those of the base; bytes are those of changed files. */
export type FreezeLimits = { readonly entries: number; readonly bytes: number; readonly depth: number };

/** The limits of S28. */
export const FREEZE_LIMITS: FreezeLimits = { entries: 100_000, bytes: 100 * 1024 * 1024, depth: 100 };

/** What to read: `reachable` says whether the run could write at or below a path. */
export type SurveyRequest = {
  readonly worktree: string;
  readonly base: ReadonlyMap<string, TreeFile>;
  readonly blobId: BlobId;
  readonly reachable: (path: string) => boolean;
  readonly limits: FreezeLimits;
};

/** A file or link that differs from the base. */
export type ChangedFile = {
  readonly path: string;
  readonly mode: "100644" | "100755" | "120000";
  readonly oid: string;
  readonly bytes: Buffer;
};

/** Something that is not taken. `path` is text to show. */
export type OddEntry = { readonly path: string; readonly why: string; readonly code: "ODD_FILE" | "NESTED_REPOSITORY" };

/** What stands in the worktree. `complete` is false when a limit ended the reading. */
export type Survey = {
  readonly changed: readonly ChangedFile[];
  readonly seen: ReadonlySet<string>;
  readonly odd: readonly OddEntry[];
  readonly complete: boolean;
};

type Tally = {
  readonly changed: ChangedFile[];
  readonly seen: Set<string>;
  readonly odd: OddEntry[];
  entries: number;
  bytes: number;
};

/** Walks the worktree once. Throws CesError `WORKSPACE_MOVED` when something still writes to it. */
export async function surveyWorktree(request: SurveyRequest): Promise<Survey> {
  const { worktree, base, limits, reachable } = request;
  const tally: Tally = { changed: [], seen: new Set(), odd: [], entries: 0, bytes: 0 };
  // The root's `.git` is CES's own mount; no other spelling and no other place is.
  const enter = (path: string): boolean => path !== ".git" && reachable(path) && !isDotGit(lastName(path));
  for await (const entry of walkTree(worktree, { enter, maxDepth: limits.depth })) {
    take(entry, request, tally);
    const over = overLimit(tally, base.size, limits);
    if (over === undefined) continue;
    tally.odd.push(over);
    return { ...tally, complete: false };
  }
  return { ...tally, complete: true };
}

function take(entry: WalkEntry, request: SurveyRequest, tally: Tally): void {
  tally.entries += 1;
  // Whatever stands at a path, the path is not deleted.
  if (entry.kind !== "folder") tally.seen.add(entry.path);
  if (entry.kind === "odd") tally.odd.push({ path: entry.path, why: entry.why, code: "ODD_FILE" });
  else if (entry.kind === "folder") tally.odd.push(...repositoriesIn(entry.path, entry.names));
  else if (entry.kind === "link") takeLink(entry, request, tally);
  else takeFile(entry, request, tally);
}

function repositoriesIn(path: string, names: ReadonlySet<string>): readonly OddEntry[] {
  const found: OddEntry[] = [];
  const at = (name: string): string => (path === "" ? name : `${path}/${name}`);
  for (const name of names) {
    if (!isDotGit(name) || at(name) === ".git") continue;
    found.push({ path: at(name), why: "is a git directory of its own", code: "NESTED_REPOSITORY" });
  }
  if (looksBare(names))
    found.push({ path: path || ".", why: "looks like a bare repository", code: "NESTED_REPOSITORY" });
  return found;
}

function takeLink(entry: Extract<WalkEntry, { kind: "link" }>, request: SurveyRequest, tally: Tally): void {
  if (plainName(entry.target) === undefined)
    tally.odd.push({ path: entry.path, why: "is a link with an odd target", code: "ODD_FILE" });
  else compare({ path: entry.path, mode: "120000", bytes: entry.target }, request, tally);
}

function takeFile(entry: Extract<WalkEntry, { kind: "file" }>, request: SurveyRequest, tally: Tally): void {
  if (entry.facts.size > BigInt(request.limits.bytes)) {
    tally.odd.push({ path: entry.path, why: `is larger than ${request.limits.bytes} bytes`, code: "ODD_FILE" });
    return;
  }
  const mode = (entry.facts.mode & 0o100n) === 0n ? "100644" : "100755";
  compare({ path: entry.path, mode, bytes: entry.read() }, request, tally);
}

function compare(file: Omit<ChangedFile, "oid">, { base, blobId }: SurveyRequest, tally: Tally): void {
  const oid = blobId(file.bytes);
  const known = base.get(file.path);
  if (known?.oid === oid && known.mode === file.mode) return;
  tally.bytes += file.bytes.length;
  tally.changed.push({ ...file, oid });
}

function overLimit(tally: Tally, baseFiles: number, limits: FreezeLimits): OddEntry | undefined {
  if (tally.bytes > limits.bytes)
    return { path: ".", why: `holds more than ${limits.bytes} changed bytes`, code: "ODD_FILE" };
  if (tally.entries > limits.entries + 2 * baseFiles + 1)
    return { path: ".", why: `holds more than ${limits.entries} new entries`, code: "ODD_FILE" };
  return undefined;
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
