// What may be looked at in a worktree while an agent is still writing to it: for judging a command, never for believing a result.
// SECURITY: S06 — each component is opened by descriptor without following links, so that nobody can lead a look-up elsewhere while it happens.
import { closeSync, constants, openSync, readdirSync, readlinkSync, readSync, type BigIntStats } from "node:fs";
import { below, openFolder, statBelow } from "./open-at.ts";

/** One entry as it stood at one moment. */
export interface LiveFact {
  readonly kind: "file" | "dir" | "link" | "block" | "char" | "fifo" | "socket";
  readonly target?: string;
  readonly dev: number;
  readonly ino: number;
  readonly size: number;
  readonly mode: number;
}

/** Look-ups below one root by paths relative to it (`""` is the root); undefined for whatever cannot be answered. Never throws. */
export interface LiveFacts {
  readonly lstat: (path: string) => LiveFact | undefined;
  readonly list: (path: string, most: number) => readonly string[] | undefined;
  readonly read: (path: string, maxBytes: number) => string | undefined;
}

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK } = constants;

/** Facts of the tree at `root`, which is absolute, trusted and no link. */
export function liveFacts(root: string): LiveFacts {
  const look = <Of>(path: string, act: (folder: number, name: string) => Of): Of | undefined => {
    try {
      return inFolder(root, path, act);
    } catch {
      return undefined;
    }
  };
  return {
    lstat: (path) => look(path === "" ? "." : path, (folder, name) => factOf(folder, name, statBelow(folder, name))),
    list: (path, most) =>
      look(path === "" ? "." : path, (folder, name) => {
        const fd = openSync(below(folder, name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
        try {
          const names = readdirSync(below(fd, "."));
          return names.length > most ? undefined : names;
        } finally {
          closeSync(fd);
        }
      }),
    read: (path, maxBytes) => look(path, (folder, name) => textOf(folder, name, maxBytes)),
  };
}

function inFolder<Of>(root: string, path: string, act: (folder: number, name: string) => Of): Of {
  const names = path.split("/").filter((name) => name !== "");
  const open = [openFolder(root)];
  try {
    for (const name of names.slice(0, -1))
      open.push(openSync(below(open.at(-1) ?? -1, name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    return act(open.at(-1) ?? -1, names.at(-1) ?? ".");
  } finally {
    for (const fd of open) closeSync(fd);
  }
}

function factOf(folder: number, name: string, stats: BigIntStats | undefined): LiveFact | undefined {
  if (stats === undefined) return undefined;
  const kind = kindOf(stats);
  const fact = {
    kind,
    dev: Number(stats.dev),
    ino: Number(stats.ino),
    size: Number(stats.size),
    mode: Number(stats.mode & 0o7777n),
  };
  return kind === "link" ? { ...fact, target: readlinkSync(below(folder, name), "utf8") } : fact;
}

function kindOf(stats: BigIntStats): LiveFact["kind"] {
  if (stats.isFile()) return "file";
  if (stats.isDirectory()) return "dir";
  if (stats.isSymbolicLink()) return "link";
  if (stats.isBlockDevice()) return "block";
  if (stats.isCharacterDevice()) return "char";
  return stats.isFIFO() ? "fifo" : "socket";
}

function textOf(folder: number, name: string, maxBytes: number): string | undefined {
  const stats = statBelow(folder, name);
  if (stats === undefined || !stats.isFile() || stats.size > BigInt(maxBytes)) return undefined;
  const fd = openSync(below(folder, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const bytes = Buffer.alloc(maxBytes + 1);
    let end = 0;
    for (let got = -1; got !== 0 && end < bytes.length; end += got)
      got = readSync(fd, bytes, end, bytes.length - end, null);
    return end > maxBytes ? undefined : new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, end));
  } finally {
    closeSync(fd);
  }
}
