// From the trash to a name where nothing stands. A file is linked into place, which never replaces anything; a folder is renamed
// after a look, and what could slip in between would have to be an empty folder. Across devices a verified copy comes first.
import { chmodSync, closeSync, linkSync, unlinkSync } from "node:fs";
import { CesError } from "@ces/kernel";
import { byteText, type ByteText } from "./byte-text.ts";
import { copyStyle, needFree } from "./copy-out.ts";
import { copyTree } from "./copy-tree.ts";
import type { ItemRef } from "./journal-entry.ts";
import { below, codeOf, holdAt, statAt, type At } from "./open-below.ts";
import { removeTree } from "./remove-tree.ts";
import { renameWhole } from "./rename-whole.ts";
import { treeSize } from "./tree-size.ts";

/** The name a copy has beside its place until it is whole. */
export function temporaryName({ txid, n }: ItemRef): ByteText {
  return byteText(`.ces-back-${txid}-${n}`);
}

/** Moves on one device. Throws CesError TRASH_WOULD_OVERWRITE, node's EXDEV and others. */
export function placeBack(from: At, to: At): void {
  const facts = statAt(from);
  if (facts === undefined) throw gone();
  if (facts.isDirectory()) {
    if (statAt(to) !== undefined) throw occupied();
    return renameWhole(from, to, facts);
  }
  try {
    linkSync(below(from), below(to));
  } catch (error) {
    const code = codeOf(error);
    if (code === "EEXIST") throw occupied();
    // No hard links on this file system, or not for files of others.
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "EMLINK", "ENOSYS"].includes(code)) throw error;
    if (statAt(to) !== undefined) throw occupied();
    return renameWhole(from, to, facts);
  }
  try {
    unlinkSync(below(from));
  } catch (error) {
    unlinkSync(below(to));
    throw error;
  }
}

/**
 * Copies to another device, under a name beside the place, and hands the copy's inode to `covered` before it gets its name. What
 * lies in the trash stays there. Throws CesError TRASH_WOULD_OVERWRITE, TRASH_NO_SPACE, TRASH_CANNOT_COPY, node's errors.
 */
export function copyBack(from: At, to: At, { item, covered }: { item: ItemRef; covered: (ino: string) => void }): void {
  const temporary = { folder: to.folder, name: temporaryName(item) };
  needFree(treeSize(from), to.folder);
  try {
    copyTree(from, temporary, copyStyle(false, "each"));
    covered(String(statAt(temporary)?.ino ?? ""));
    placeBack(temporary, to);
  } finally {
    removeTree(temporary);
  }
}

/** Gives what stands there the mode it had, if it has another one. */
export function giveMode(at: At, mode: number): void {
  const facts = statAt(at);
  if (facts === undefined || facts.isSymbolicLink() || Number(facts.mode & 0o7777n) === mode) return;
  const self = holdAt(at);
  try {
    chmodSync(`/proc/self/fd/${self}`, mode);
  } finally {
    closeSync(self);
  }
}

function occupied(): CesError {
  return new CesError("TRASH_WOULD_OVERWRITE", "something stands at the place by now", {
    remedy: "move it away, or restore with `--to`",
  });
}

function gone(): CesError {
  return new CesError("TRASH_ITEM_GONE", "it is not in the trash any more", { remedy: "ces trash list" });
}
