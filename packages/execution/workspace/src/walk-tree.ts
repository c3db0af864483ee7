// Walks what a sandbox left: byte names, descriptors, no link followed, nothing opened that is not a folder (S28).
// Yields to the event loop every few milliseconds, so that heartbeats and gates go on.
import { closeSync, readdirSync, readlinkSync, type BigIntStats } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { below, openFolder, openFolderBelow, readBelow, statBelow } from "./open-at.ts";
import { plainName, shownName } from "./odd-names.ts";

/** One entry. `path` is a plain tree path, but for `odd`, where it is text to show. */
export type WalkEntry =
  | { readonly kind: "folder"; readonly path: string; readonly names: ReadonlySet<string> }
  | { readonly kind: "file"; readonly path: string; readonly facts: BigIntStats; readonly read: () => Buffer }
  | { readonly kind: "link"; readonly path: string; readonly target: Buffer }
  | { readonly kind: "odd"; readonly path: string; readonly why: string };

/** What to leave out and how deep to go. */
export type WalkOptions = {
  /** False: this entry is neither reported nor entered. */
  readonly enter: (path: string) => boolean;
  readonly maxDepth: number;
};

type Frame = { readonly fd: number; readonly path: string; readonly names: readonly Buffer[]; at: number };

const SLICE_MS = 10;
const SET_ID = 0o6000n;

/** Every entry below `root` (absolute, trusted, no link), folders before what they hold, names in byte order. */
export async function* walkTree(root: string, options: WalkOptions): AsyncGenerator<WalkEntry> {
  const stack: Frame[] = [];
  try {
    stack.push(frame(openFolder(root), ""));
    yield folderEntry(stack[0]);
    let slice = performance.now();
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const name = top.names[top.at++];
      if (name === undefined) {
        closeSync(top.fd);
        stack.pop();
        continue;
      }
      const entry = look(stack, top, name, options);
      if (entry !== undefined) yield entry;
      if (performance.now() - slice < SLICE_MS) continue;
      await setImmediate();
      slice = performance.now();
    }
  } finally {
    for (const open of stack) closeSync(open.fd);
  }
}

function look(stack: Frame[], parent: Frame, name: Buffer, options: WalkOptions): WalkEntry | undefined {
  const text = plainName(name);
  if (text === undefined) return odd(join(parent.path, shownName(name)), "has a name that is not plain UTF-8");
  const path = join(parent.path, text);
  if (!options.enter(path)) return undefined;
  const facts = statBelow(parent.fd, name);
  if (facts === undefined) return odd(path, "vanished while it was read");
  if (facts.isSymbolicLink())
    return { kind: "link", path, target: readlinkSync(below(parent.fd, name), { encoding: "buffer" }) };
  if (facts.isDirectory()) {
    if (stack.length > options.maxDepth || path.length > 4096)
      return odd(path, `lies deeper than ${options.maxDepth} folders`);
    const child = frame(openFolderBelow(parent.fd, name, facts), path);
    stack.push(child);
    return folderEntry(child);
  }
  const why = oddKind(facts);
  if (why !== undefined) return odd(path, why);
  return { kind: "file", path, facts, read: () => readBelow(parent.fd, name, facts) };
}

function oddKind(facts: BigIntStats): string | undefined {
  if (facts.isFIFO()) return "is a FIFO";
  if (facts.isSocket()) return "is a socket";
  if (!facts.isFile()) return "is a device";
  if (facts.nlink !== 1n) return "has a second name (hard link)";
  return (facts.mode & SET_ID) === 0n ? undefined : "has a set-id mode";
}

function frame(fd: number, path: string): Frame {
  try {
    const names = readdirSync(below(fd, "."), { encoding: "buffer" }).sort(Buffer.compare);
    return { fd, path, names, at: 0 };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function folderEntry(of: Frame | undefined): WalkEntry {
  const names = new Set((of?.names ?? []).map((name) => plainName(name) ?? ""));
  return { kind: "folder", path: of?.path ?? "", names };
}

function odd(path: string, why: string): WalkEntry {
  return { kind: "odd", path, why };
}

function join(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
