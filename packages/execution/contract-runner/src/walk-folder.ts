// A walk over a tree that somebody else may be changing (attacker-controlled names and links): the root is held by its inode, and every
// folder is opened without following links and read through its descriptor, so that a swapped path leads nowhere.
import {
  chownSync,
  closeSync,
  constants,
  fstatSync,
  lchownSync,
  lstatSync,
  openSync,
  readdirSync,
  type BigIntStats,
} from "node:fs";

/** Where a walk starts: a path, and the inode that must stand there. */
export type WalkRoot = { readonly source: string; readonly dev: bigint; readonly ino: bigint };

/** One entry: its path below the root for people, itself and not what it points to, and how to change its owner. */
export type Entry = {
  readonly path: string;
  readonly stat: BigIntStats;
  readonly give: (uid: number, gid: number) => void;
};

/** `hidden`: a folder could not be read or lies too deep. `too_many`: the bound was met. `moved`: another inode stands at the root. */
export type WalkEnd =
  | { readonly kind: "whole" | "too_many" | "moved" }
  | { readonly kind: "hidden"; readonly path: string };

// Not in node:fs; the same number on x86-64 and arm64. Opens nothing but a name.
const O_PATH = 0o10000000;
const FOLDER = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
const DEEPEST = 200;
const WHOLE: WalkEnd = { kind: "whole" };

/** How far a walk goes: at most so many entries, and not to the paths that are skipped, nor below them. */
export type WalkBound = { readonly most: number; readonly skip: readonly string[] };

/** Visits the root and everything below it, parents first. */
export function walkFolder(root: WalkRoot, bound: WalkBound, visit: (entry: Entry) => void): WalkEnd {
  const held = openQuietly(root.source, O_PATH | constants.O_NOFOLLOW);
  if (held === undefined) return { kind: "moved" };
  try {
    const stat = fstatSync(held, { bigint: true });
    if (stat.dev !== root.dev || stat.ino !== root.ino) return { kind: "moved" };
    const self = `/proc/self/fd/${held}`;
    visit({ path: root.source, stat, give: (uid, gid) => chownSync(self, uid, gid) });
    // The descriptor is the folder; its name in /proc is a link and may be followed.
    return stat.isDirectory()
      ? inside(
          { at: Buffer.from(`${self}/.`), path: root.source, depth: 0 },
          { left: bound.most, skip: new Set(bound.skip) },
          visit,
        )
      : WHOLE;
  } finally {
    closeSync(held);
  }
}

type Left = { left: number; readonly skip: ReadonlySet<string> };

type Folder = { readonly at: Buffer; readonly path: string; readonly depth: number };

function inside({ at, path, depth }: Folder, bound: Left, visit: (entry: Entry) => void): WalkEnd {
  const folder = depth > DEEPEST ? undefined : openQuietly(at, FOLDER);
  if (folder === undefined) return { kind: "hidden", path };
  try {
    const base = Buffer.from(`/proc/self/fd/${folder}/`);
    for (const name of readdirSync(base, { encoding: "buffer" })) {
      const child = { at: Buffer.concat([base, name]), path: `${path}/${name.toString("utf8")}`, depth: depth + 1 };
      const stat = lstatQuietly(child.at);
      if (stat === undefined || bound.skip.has(child.path)) continue;
      bound.left -= 1;
      if (bound.left < 0) return { kind: "too_many" };
      visit({ path: child.path, stat, give: (uid, gid) => lchownSync(child.at, uid, gid) });
      const end = stat.isDirectory() ? inside(child, bound, visit) : WHOLE;
      if (end.kind !== "whole") return end;
    }
    return WHOLE;
  } finally {
    closeSync(folder);
  }
}

function lstatQuietly(at: Buffer): BigIntStats | undefined {
  try {
    return lstatSync(at, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function openQuietly(at: Buffer | string, flags: number): number | undefined {
  try {
    return openSync(at, flags);
  } catch {
    return undefined;
  }
}
