// Removing for good: what was copied and verified, what a copy left half done, what a person clears. No link is followed, no
// other device is entered, and a source goes only entry by entry where the copy holds the same.
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  renameSync,
  rmdirSync,
  unlinkSync,
  type BigIntStats,
} from "node:fs";
import { CesError } from "@ces/kernel";
import { byteText } from "./byte-text.ts";
import { compareTrees } from "./compare-trees.ts";
import { below, codeOf, holdAt, namesIn, openFolderAt, statAt, type At } from "./open-below.ts";

/** Removes whatever stands at `at`; nothing there is fine. Throws CesError TRASH_REMOVE_DEVICE at a mount point. */
export function removeTree(at: At): void {
  const facts = statAt(at);
  if (facts === undefined) return;
  if (!facts.isDirectory()) return unlinkSync(below(at));
  const fd = openOwnFolder(at, facts);
  try {
    let moved = 0;
    for (let names = namesIn(fd); names.length > 0; names = namesIn(fd))
      for (const name of names) moved = removeChild({ folder: fd, name }, { top: fd, dev: facts.dev, moved });
  } finally {
    closeSync(fd);
  }
  rmdirSync(below(at));
}

/**
 * Removes `source`, of which `copy` is a verified copy. What the copy does not hold as it stands now stops it; that and everything
 * not yet removed stays. Throws CesError TRASH_SOURCE_CHANGED, and node's errors.
 */
export function removeCopied(source: At, copy: At): void {
  const facts = statAt(source);
  if (facts === undefined) return;
  if (!facts.isDirectory()) {
    const fault = compareTrees(source, copy, { content: "sizes" });
    if (fault !== undefined) throw changed(fault);
    return unlinkSync(below(source));
  }
  if (statAt(copy)?.isDirectory() !== true) throw changed("has an entry of another kind");
  const [from, to] = [openFolderAt(source), openFolderAt(copy)];
  try {
    for (const name of namesIn(from)) removeCopied({ folder: from, name }, { folder: to, name });
  } finally {
    closeSync(from);
    closeSync(to);
  }
  rmdirSync(below(source));
}

/** Why a tree could be copied but not removed: a folder in it that may not be written; undefined when it can. */
export function whyNotRemovable(at: At): string | undefined {
  const facts = statAt(at);
  if (facts?.isDirectory() !== true) return undefined;
  const fd = openFolderAt(at);
  try {
    const names = namesIn(fd);
    if (names.length > 0) accessSync(`/proc/self/fd/${fd}`, constants.W_OK | constants.X_OK);
    for (const name of names) {
      const why = whyNotRemovable({ folder: fd, name });
      if (why !== undefined) return why;
    }
    return undefined;
  } catch (error) {
    return codeOf(error) || "unreadable";
  } finally {
    closeSync(fd);
  }
}

type Pile = { readonly top: number; readonly dev: bigint; readonly moved: number };

// Folders are lifted to the top before they are emptied: one descriptor at a time, whatever the depth.
function removeChild(at: At, pile: Pile): number {
  const facts = statAt(at);
  if (facts === undefined) return pile.moved;
  if (!facts.isDirectory()) {
    unlinkSync(below(at));
    return pile.moved;
  }
  if (facts.dev !== pile.dev) throw otherDevice();
  const fd = openOwnFolder(at, facts);
  let moved = pile.moved;
  try {
    for (const name of namesIn(fd)) moved = liftChild({ folder: fd, name }, { ...pile, moved });
  } finally {
    closeSync(fd);
  }
  rmdirSync(below(at));
  return moved;
}

function liftChild(at: At, pile: Pile): number {
  const facts = statAt(at);
  if (facts === undefined) return pile.moved;
  if (!facts.isDirectory()) {
    unlinkSync(below(at));
    return pile.moved;
  }
  if (facts.dev !== pile.dev) throw otherDevice();
  // A folder moves only for someone who may write in it.
  closeSync(openOwnFolder(at, facts));
  let moved = pile.moved;
  while (statAt({ folder: pile.top, name: lifted(moved) }) !== undefined) moved += 1;
  renameSync(below(at), below({ folder: pile.top, name: lifted(moved) }));
  return moved + 1;
}

function lifted(n: number): At["name"] {
  return byteText(`ces-removing-${n}`);
}

function openOwnFolder(at: At, facts: BigIntStats): number {
  if ((facts.mode & 0o700n) !== 0o700n) {
    const self = holdAt(at);
    try {
      chmodSync(`/proc/self/fd/${self}`, Number(facts.mode & 0o777n) | 0o700);
    } finally {
      closeSync(self);
    }
  }
  return openFolderAt(at);
}

function otherDevice(): CesError {
  return new CesError("TRASH_REMOVE_DEVICE", "something is mounted inside of what is to be removed", {
    remedy: "unmount it, then run the command again",
  });
}

function changed(fault: string): CesError {
  return new CesError("TRASH_SOURCE_CHANGED", `what was copied to the trash ${fault} now; the rest of it stays`, {
    remedy: "look at what is left, then run the command again",
  });
}
