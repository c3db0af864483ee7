// Own discovery (S03, S35): the nearest `.git` upwards, and nothing that merely looks like a repository. It stops where
// somebody else could have put one: another file system, another owner, a folder anyone may write, HOME.
import { lstatSync, readFileSync, readdirSync, realpathSync, type Stats } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CesError, printable } from "@ces/kernel";
import type { RepositoryFound } from "@ces/ports";

/** Where discovery ends: the user's HOME, absolute. */
export type FindLimits = { readonly home: string };

/** Found, or none. */
export type RepositorySearch = RepositoryFound | { readonly kind: "none" };

/**
 * Finds the repository of `startDir`. A repository in HOME itself is taken only when HOME is where the search starts.
 * Throws CesError `GIT_LINK_REFUSED` for a `.git` that is a link, a special file or an unknown kind of pointer.
 */
export function findRepository(startDir: string, { home }: FindLimits): RepositorySearch {
  const start = realpathSync(startDir);
  const facts = lstatSync(start);
  const stop = realpathOr(home);
  for (let dir = start; ; dir = dirname(dir)) {
    if (dir !== start && (dir === stop || !sameGround(lstatSync(dir), facts))) return { kind: "none" };
    const entry = lstatSync(join(dir, ".git"), { throwIfNoEntry: false });
    if (entry !== undefined) return describe(dir, entry, facts.uid);
    if (dir === stop || dir === dirname(dir)) return { kind: "none" };
  }
}

function sameGround(dir: Stats, start: Stats): boolean {
  return dir.dev === start.dev && dir.uid === start.uid && (dir.mode & 0o002) === 0;
}

function describe(root: string, entry: Stats, owner: number): RepositorySearch {
  const path = join(root, ".git");
  if (![owner, process.getuid?.() ?? owner, 0].includes(entry.uid)) throw refused(path, "belongs to another user");
  if (entry.isDirectory()) {
    if (!isRepository(path)) throw refused(path, "is no repository");
    return found(root, path, path);
  }
  if (!entry.isFile()) throw refused(path, "is a link or special file");
  const gitDir = readPointer(path, entry);
  const common = readText(join(gitDir, "commondir"));
  const back = readText(join(gitDir, "gitdir"));
  // A linked worktree points back at its file; a submodule or `--separate-git-dir` does not and is not taken.
  if (common === undefined || back === undefined || resolve(gitDir, back) !== path)
    throw refused(path, "is not the pointer of a linked worktree");
  const commonDir = resolve(gitDir, common);
  if (!isRepository(commonDir)) throw refused(path, "points at no repository");
  return found(root, gitDir, commonDir);
}

function found(root: string, gitDir: string, commonDir: string): RepositoryFound {
  const head = readText(join(gitDir, "HEAD")) ?? "";
  const ref = /^ref: (refs\/\S+)$/.exec(head)?.[1] ?? null;
  return { kind: "found", root, git_dir: gitDir, common_dir: commonDir, head_ref: ref, notes: notesOn(commonDir) };
}

// Recorded, not refused: replace refs are switched off in every read, alternates are how `clone --reference` works.
function notesOn(commonDir: string): readonly string[] {
  const notes: string[] = [];
  const packed = readText(join(commonDir, "packed-refs")) ?? "";
  if (names(join(commonDir, "refs", "replace")).length > 0 || packed.includes(" refs/replace/"))
    notes.push("the repository has replace refs; CES reads the real objects");
  const alternates = readText(join(commonDir, "objects", "info", "alternates"));
  if (alternates) notes.push(`the repository borrows objects from \`${printable(alternates.split("\n")[0] ?? "")}\``);
  return notes;
}

function readPointer(path: string, entry: Stats): string {
  const text = entry.size > 4096 ? "" : readFileSync(path, "utf8");
  // eslint-disable-next-line no-control-regex
  const target = /^gitdir: ([^\u0000-\u001f]+)\n?$/.exec(text)?.[1];
  if (target === undefined) throw refused(path, "is not a git pointer file");
  const gitDir = resolve(dirname(path), target);
  if (lstatSync(gitDir, { throwIfNoEntry: false })?.isDirectory() !== true) throw refused(path, "points at no folder");
  return gitDir;
}

function isRepository(dir: string): boolean {
  const real = (name: string): Stats | undefined => lstatSync(join(dir, name), { throwIfNoEntry: false });
  return Boolean(real("HEAD")?.isFile() && real("objects")?.isDirectory() && real("refs")?.isDirectory());
}

function readText(path: string): string | undefined {
  const entry = lstatSync(path, { throwIfNoEntry: false });
  return entry?.isFile() === true ? readFileSync(path, "utf8").trim() : undefined;
}

function names(dir: string): readonly string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

function realpathOr(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function refused(path: string, why: string): CesError {
  return new CesError("GIT_LINK_REFUSED", `\`${printable(path)}\` ${why}`, {
    remedy: "run the command in an ordinary checkout or a `git worktree`",
  });
}
