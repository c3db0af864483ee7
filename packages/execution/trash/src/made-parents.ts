// Folders that things are put back into: opened from the root down without a link, made where they are missing, held while they
// are used, and taken away again when nothing was put back after all.
import { closeSync, mkdirSync, rmdirSync } from "node:fs";
import { componentsOf, joinPath, nameOf, parentOf, ROOT, type ByteText } from "./byte-text.ts";
import { below, codeOf, openAbsolute, passFolderAt, statAt, type At } from "./open-below.ts";

/** Parents of places. */
export type MadeParents = {
  /** The place itself, in its held parent. Throws node's ENOTDIR for a link on the way. */
  readonly placeOf: (path: ByteText) => At;
  /** Closes what is held. */
  readonly release: () => void;
  /** Removes the folders that were made and are empty. */
  readonly unmake: () => void;
};

/** None yet. */
export function madeParents(): MadeParents {
  const held = new Map<ByteText, number>();
  const made: ByteText[] = [];
  const release = (): void => {
    for (const fd of held.values()) closeSync(fd);
    held.clear();
  };
  return {
    placeOf: (path) => {
      const parent = parentOf(path);
      const folder = held.get(parent) ?? openOrMake(parent, made);
      held.set(parent, folder);
      return { folder, name: nameOf(path) };
    },
    release,
    unmake: () => {
      release();
      for (const path of made.toReversed()) removeEmpty(path);
    },
  };
}

function openOrMake(path: ByteText, made: ByteText[]): number {
  try {
    return openAbsolute(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
  let at = openAbsolute(ROOT);
  let way = ROOT;
  for (const name of componentsOf(path)) {
    way = joinPath(way, name);
    const next = enter({ folder: at, name }, () => made.push(way));
    closeSync(at);
    at = next;
  }
  return at;
}

function enter(at: At, note: () => void): number {
  try {
    if (statAt(at) === undefined) {
      mkdirSync(below(at));
      note();
    }
    return passFolderAt(at);
  } catch (error) {
    closeSync(at.folder);
    throw error;
  }
}

function removeEmpty(path: ByteText): void {
  try {
    const folder = openAbsolute(parentOf(path));
    try {
      rmdirSync(below({ folder, name: nameOf(path) }));
    } finally {
      closeSync(folder);
    }
  } catch {
    // Somebody uses it by now.
  }
}
