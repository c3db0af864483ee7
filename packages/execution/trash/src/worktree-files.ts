// What git would lose in a worktree, without running git: files that differ from the index or may be staged and not committed;
// on request also what git does not track. In doubt a file is on the list: a rescue copy too many costs space, one too few a file.
import { createHash } from "node:crypto";
import { closeSync, readSync, readlinkSync, type BigIntStats } from "node:fs";
import { ignoreRules, type Ignored } from "@ces/workspace";
import { byteText, fromLatin1, isPlainAbsolute, joinPath, shownText, type ByteText } from "./byte-text.ts";
import { readIndexFile, type IndexFile, type IndexRow } from "./git-index-file.ts";
import {
  below,
  namesIn,
  openAbsolute,
  openFileAt,
  openFolderAt,
  passFolderAt,
  readSmall,
  realPath,
  statAt,
  type At,
} from "./open-below.ts";

/** `tracked`: what git knows. `untracked`: also new files. `ignored`: everything. */
export type WorktreeScope = "tracked" | "untracked" | "ignored";

const GIT = byteText(".git");
const SUBMODULE = 0o160000;
const MOST_INDEX = 512 * 1024 * 1024;
const MOST_RULES = 1024 * 1024;

/** The paths at risk, relative to `root` (absolute); also tracked ones that are missing, whose return undo would take back. */
export function worktreeFiles(root: ByteText, scope: WorktreeScope): readonly ByteText[] {
  const top = openAbsolute(realPath(root));
  try {
    const git = readGit(top);
    const tracked = new Map<string, IndexRow>((git.index?.rows ?? []).map((row) => [row.path, row]));
    const unsure = git.index === undefined;
    const walk: Walk = {
      scope: unsure ? "ignored" : scope,
      git,
      tracked,
      folders: foldersOf(tracked.values()),
      seen: new Set(),
      found: [],
      rules: [],
    };
    walkFolder(walk, top, fromLatin1(""));
    const ignored = walk.scope === "untracked" ? ignoreRules([...walk.rules, ...git.excludes]) : undefined;
    return [...walk.found.filter((one) => isKept(one, ignored)).map(({ path }) => path), ...lost(walk)];
  } finally {
    closeSync(top);
  }
}

type GitFacts = {
  readonly index: IndexFile | undefined;
  /** When the index was written: a file that was changed in that moment may look clean (gitformat-index, "racy"). */
  readonly written_ns: bigint;
  readonly excludes: readonly RuleText[];
};
type RuleText = { readonly path: string; readonly text: string };
type AtRisk = { readonly path: ByteText; readonly tracked: boolean };
type Walk = {
  readonly scope: WorktreeScope;
  readonly git: GitFacts;
  readonly tracked: ReadonlyMap<string, IndexRow>;
  readonly folders: ReadonlySet<string>;
  readonly seen: Set<string>;
  readonly found: AtRisk[];
  readonly rules: RuleText[];
};

function isKept({ path, tracked }: AtRisk, ignored: Ignored | undefined): boolean {
  return tracked || ignored === undefined || !ignored(shownText(path));
}

function lost({ tracked, seen }: Walk): readonly ByteText[] {
  return [...tracked.values()].filter(({ path, mode }) => !seen.has(path) && isBlob(mode)).map(({ path }) => path);
}

function foldersOf(rows: Iterable<IndexRow>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const { path } of rows)
    for (
      let end = path.lastIndexOf("/");
      end > 0 && !folders.has(path.slice(0, end));
      end = path.lastIndexOf("/", end - 1)
    )
      folders.add(path.slice(0, end));
  return folders;
}

function walkFolder(walk: Walk, folder: number, path: ByteText): void {
  for (const name of namesIn(folder)) {
    if (name === GIT) continue;
    const at = { folder, name };
    const here = path === "" ? name : joinPath(path, name);
    const facts = statAt(at);
    if (facts?.isDirectory() === true) enterFolder(walk, at, here);
    else if (facts !== undefined && (facts.isFile() || facts.isSymbolicLink()))
      judgeFile(walk, at, { path: here, facts });
  }
}

function enterFolder(walk: Walk, at: At, path: ByteText): void {
  // A submodule's worktree is its own; of a folder without tracked files nothing tracked can be lost.
  if (walk.tracked.get(path)?.mode === SUBMODULE) return;
  if (walk.scope === "tracked" && !walk.folders.has(path)) return;
  const folder = openFolderAt(at);
  try {
    walkFolder(walk, folder, path);
  } finally {
    closeSync(folder);
  }
}

type Standing = { readonly path: ByteText; readonly facts: BigIntStats };

function judgeFile(walk: Walk, at: At, { path, facts }: Standing): void {
  const row = walk.tracked.get(path);
  if (walk.scope === "untracked" && at.name === ".gitignore")
    walk.rules.push({ path: shownText(path), text: readSmall(at, MOST_RULES)?.toString("utf8") ?? "" });
  if (row === undefined) {
    if (walk.scope !== "tracked") walk.found.push({ path, tracked: false });
    return;
  }
  walk.seen.add(path);
  const { settled = new Set(), hash = "sha1" } = walk.git.index ?? {};
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
  if (!settled.has(folder) || !isClean(at, facts, { row, hash, written_ns: walk.git.written_ns }))
    walk.found.push({ path, tracked: true });
}

type Compared = { readonly row: IndexRow; readonly hash: string; readonly written_ns: bigint };

function isClean(at: At, facts: BigIntStats, { row, hash, written_ns }: Compared): boolean {
  if (modeOf(facts) !== row.mode || Number(facts.size & 0xffffffffn) !== row.size) return false;
  const unchanged =
    same32(facts.mtimeNs, row.mtime_ns) &&
    same32(facts.ctimeNs, row.ctime_ns) &&
    Number(facts.ino & 0xffffffffn) === row.ino;
  if (unchanged && facts.mtimeNs < written_ns) return true;
  return blobId(at, facts, hash) === row.oid;
}

function modeOf(facts: BigIntStats): number {
  if (facts.isSymbolicLink()) return 0o120000;
  return (facts.mode & 0o100n) === 0n ? 0o100644 : 0o100755;
}

// Git keeps 32 bits of seconds; a build without nanoseconds keeps none.
function same32(now: bigint, then: bigint): boolean {
  const kept = ((now / 1_000_000_000n) & 0xffffffffn) * 1_000_000_000n + (now % 1_000_000_000n);
  return kept === then;
}

function blobId(at: At, facts: BigIntStats, algorithm: string): string | undefined {
  const hash = createHash(algorithm).update(`blob ${facts.size}\0`, "latin1");
  try {
    if (facts.isSymbolicLink()) return hash.update(readlinkSync(below(at), { encoding: "buffer" })).digest("hex");
    const fd = openFileAt(at, facts);
    try {
      const chunk = Buffer.allocUnsafe(256 * 1024);
      for (let got = readSync(fd, chunk); got > 0; got = readSync(fd, chunk)) hash.update(chunk.subarray(0, got));
      return hash.digest("hex");
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined;
  }
}

function isBlob(mode: number): boolean {
  return (mode & 0o170000) === 0o100000 || mode === 0o120000;
}

const NO_GIT: GitFacts = { index: undefined, written_ns: 0n, excludes: [] };

// Not readable counts as: nothing is tracked, so everything is at risk.
function readGit(top: number): GitFacts {
  const folder = openGitFolder(top);
  if (folder === undefined) return NO_GIT;
  try {
    const at = { folder, name: byteText("index") };
    const bytes = readSmall(at, MOST_INDEX);
    const index = bytes && readIndexFile(bytes);
    return { index, written_ns: statAt(at)?.mtimeNs ?? 0n, excludes: readExcludes(folder) };
  } finally {
    closeSync(folder);
  }
}

function openGitFolder(top: number): number | undefined {
  const at = { folder: top, name: GIT };
  try {
    if (statAt(at)?.isDirectory() === true) return passFolderAt(at);
    // A linked worktree or submodule: `gitdir: <path>`.
    const text = readSmall(at, 4096)?.toString("latin1") ?? "";
    const path = fromLatin1(/^gitdir: ([^\0\n]+)\n?$/.exec(text)?.[1] ?? "");
    return openAbsolute(realPath(isPlainAbsolute(path) ? path : fromLatin1(`/proc/self/fd/${top}/${path}`)));
  } catch {
    return undefined;
  }
}

function readExcludes(folder: number): readonly RuleText[] {
  try {
    const info = passFolderAt({ folder, name: byteText("info") });
    try {
      const text = readSmall({ folder: info, name: byteText("exclude") }, MOST_RULES)?.toString("utf8") ?? "";
      return [{ path: ".gitignore", text }];
    } finally {
      closeSync(info);
    }
  } catch {
    return [];
  }
}
