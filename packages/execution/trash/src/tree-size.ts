// How much a tree holds: entries, bytes, and the blocks it takes. Links are not followed, nothing is opened but folders.
import { closeSync } from "node:fs";
import { namesIn, openFolderAt, statAt, type At } from "./open-below.ts";

/** What a tree holds. `bytes` is file sizes added up, `blocks` what `du -B1` says. `whole`: it was counted to the end. */
export type TreeSize = {
  readonly entries: number;
  readonly bytes: number;
  readonly blocks: number;
  readonly whole: boolean;
};

/** Deeper trees are not walked: one folder is held open for each level. */
export const DEEPEST = 1000;

/** Counts what stands at `at`, itself included, but no more than `most` entries. Folders that cannot be read count as not whole. */
export function treeSize(at: At, most: number = Number.POSITIVE_INFINITY): TreeSize {
  const sum = { entries: 0, bytes: 0, blocks: 0, whole: true };
  add(at, 0);
  return sum;

  function add(one: At, depth: number): void {
    const facts = statAt(one);
    if (facts === undefined) return;
    sum.entries += 1;
    sum.blocks += Number(facts.blocks) * 512;
    if (facts.isFile()) sum.bytes += Number(facts.size);
    if (facts.isDirectory()) addFolder(one, depth + 1);
  }

  function addFolder(one: At, depth: number): void {
    let folder: number;
    try {
      if (depth > DEEPEST) throw new Error("too deep");
      folder = openFolderAt(one);
    } catch {
      sum.whole = false;
      return;
    }
    try {
      for (const name of namesIn(folder)) {
        if (sum.entries >= most) sum.whole = false;
        if (!sum.whole) return;
        add({ folder, name }, depth);
      }
    } finally {
      closeSync(folder);
    }
  }
}
