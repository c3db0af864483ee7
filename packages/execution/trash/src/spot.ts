// A place below `files` of a trash folder. A worktree's copies lie in folders there, and no component may have become a link.
import { closeSync, mkdirSync } from "node:fs";
import { componentsOf, HERE, type ByteText } from "./byte-text.ts";
import { below, codeOf, passFolderAt, type At } from "./open-below.ts";
import type { TrashFolder } from "./trash-folder.ts";

/** Runs `use` with the folder held that `name` lies in; undefined when a folder on the way is missing or a link. */
export function withSpot<T>(folder: TrashFolder, name: ByteText, use: (at: At) => T): T | undefined {
  const parts = componentsOf(name);
  const last = parts.at(-1);
  if (last === undefined || parts.some((part) => part === "." || part === "..")) return undefined;
  if (parts.length === 1) return use({ folder: folder.files, name: last });
  const held = descend(folder.files, parts.slice(0, -1), "look");
  if (held === undefined) return undefined;
  try {
    return use({ folder: held, name: last });
  } finally {
    closeSync(held);
  }
}

/** As `withSpot`; folders on the way are made. */
export function withNewSpot<T>(folder: TrashFolder, name: ByteText, use: (at: At) => T): T {
  const parts = componentsOf(name);
  const held = descend(folder.files, parts.slice(0, -1), "make");
  const last = parts.at(-1);
  if (held === undefined || last === undefined) throw new Error("the folder of a copy cannot be made");
  try {
    return use({ folder: held, name: last });
  } finally {
    closeSync(held);
  }
}

function descend(start: number, parts: readonly ByteText[], how: "look" | "make"): number | undefined {
  let at = passFolderAt({ folder: start, name: HERE });
  for (const name of parts) {
    try {
      if (how === "make") makeFolder({ folder: at, name });
      const next = passFolderAt({ folder: at, name });
      closeSync(at);
      at = next;
    } catch (error) {
      closeSync(at);
      if (["ENOENT", "ENOTDIR", "ELOOP"].includes(codeOf(error))) return undefined;
      throw error;
    }
  }
  return at;
}

function makeFolder(at: At): void {
  try {
    mkdirSync(below(at), { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
}
