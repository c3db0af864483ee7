// Into the trash across devices, and rescue copies: room first, then a verified copy, then (for a delete) the source goes, entry
// by entry, where the copy holds the same. Any error before that takes the copy away and leaves the source.
import { statfsSync } from "node:fs";
import { CesError } from "@ces/kernel";
import { encodePercent, type ByteText } from "./byte-text.ts";
import { compareTrees } from "./compare-trees.ts";
import { copyTree } from "./copy-tree.ts";
import type { CopyStyle } from "./copy-file.ts";
import { fault, faultOf, faultOfCode, type Fault } from "./fault.ts";
import { itemId } from "./history.ts";
import type { Care, Leaving, Left } from "./move-out.ts";
import { statAt, type At } from "./open-below.ts";
import { removeCopied, removeTree, whyNotRemovable } from "./remove-tree.ts";
import { fileAt, release, reserve } from "./reserve.ts";
import type { TrashFolder } from "./trash-folder.ts";
import { treeSize } from "./tree-size.ts";

/** Copies a thing to the home trash and removes it where it was. `renew`: its intent said something else. */
export function copyOut(leaving: Leaving, care: Care, intent: "stands" | "renew" = "stands"): Left {
  const folder = care.session.home();
  const { n, found } = leaving;
  const stuck = whyNotRemovable(found.at);
  if (stuck !== undefined) return stayed(leaving, faultOfCode(stuck));
  const copy = copyToTrash(leaving, folder, { ...care, how: "copy", intent });
  care.transacting.settle([{ n, result: "covered", ino: copy.ino }], "synced");
  const outcome = { n, result: "done" as const, ino: copy.ino };
  const target = fileAt(folder, copy.name);
  const why = removeSource(found.at, target);
  if (why === undefined) return { kind: "left", leaving, folder, name: copy.name, outcome };
  if (compareTrees(target, found.at, { content: "sizes" }) === undefined) {
    removeTree(target);
    release(folder, copy.name);
    return stayed(leaving, why);
  }
  const half = fault(why.code, `is in the trash whole, but what is left of it could not be removed: ${why.text}`);
  return { kind: "stayed", leaving, fault: half, outcome };
}

/** A thing that stays where it is, and why. */
export function stayed(leaving: Leaving, why: Fault): Left {
  return { kind: "stayed", leaving, fault: why, outcome: { n: leaving.n, result: "not_done", ino: null } };
}

/** A copy in a trash folder, under the name it got. */
export type TrashCopy = { readonly name: Leaving["name"]; readonly ino: string };

/** How a copy comes about. `keep`: the source stays; `renew`: the intent that stands in the journal said something else. */
export type Copying = Care & { readonly how: "copy" | "keep"; readonly intent: "stands" | "renew" };

/** Copies a thing into a trash folder under a reserved name. Throws CesError TRASH_NO_SPACE, TRASH_CANNOT_COPY, node's errors. */
export function copyToTrash(leaving: Leaving, folder: TrashFolder, copying: Copying): TrashCopy {
  const { found } = leaving;
  needRoom(found.at, folder);
  const name = reserveCopy(leaving, folder, copying);
  const target = fileAt(folder, name);
  try {
    copyTree(found.at, target, copyStyle(found.dev === folder.dev, "each"));
  } catch (error) {
    removeTree(target);
    release(folder, name);
    throw error;
  }
  return { name, ino: String(statAt(target)?.ino ?? "") };
}

function reserveCopy(leaving: Leaving, folder: TrashFolder, { how, intent, session, transacting }: Copying): ByteText {
  const { n, found, facts } = leaving;
  const path = encodePercent(found.path);
  const intend = (name: ByteText): void => {
    const spot = { root: encodePercent(folder.path), name: encodePercent(name) };
    transacting.intend([{ n, how, path, facts, spot, from: null }]);
  };
  const item = itemId({ txid: transacting.txid, n });
  const place = { folder, item, path: found.path, epoch_ms: session.trash.clock.epochMs() };
  let { name } = leaving;
  if (intent === "renew") intend(name);
  while (!reserve({ ...place, name }, "synced")) {
    name = leaving.nextName();
    intend(name);
  }
  return name;
}

/** How to copy on this machine. */
export function copyStyle(sameDevice: boolean, sync: CopyStyle["sync"]): CopyStyle {
  return { sync, owners: process.geteuid?.() === 0, clone: sameDevice ? "try" : "no" };
}

/** Throws CesError TRASH_NO_SPACE when the copy of a tree would not fit. A quota shows only when it is hit: then it is rolled back. */
export function needRoom(source: At, folder: TrashFolder): void {
  const { entries, blocks, whole } = treeSize(source);
  if (!whole) throw new CesError("TRASH_CANNOT_COPY", "it holds a folder that cannot be read", { remedy: "ls -la" });
  needFree({ entries, blocks }, folder.files);
}

/** Throws CesError TRASH_NO_SPACE unless a file system has room for so much and a little more. */
export function needFree({ entries, blocks }: { readonly entries: number; readonly blocks: number }, fd: number): void {
  const free = statfsSync(`/proc/self/fd/${fd}/.`, { bigint: true });
  const wanted = BigInt(blocks) + BigInt(entries) * free.bsize + 1_048_576n;
  const inodes = free.files === 0n || free.ffree > BigInt(entries);
  if (inodes && wanted <= free.bavail * free.bsize) return;
  throw new CesError("TRASH_NO_SPACE", "the trash has no room for a copy of it", {
    remedy: "ces trash size, then `ces trash clear` at a terminal",
  });
}

function removeSource(source: At, copy: At): Fault | undefined {
  try {
    removeCopied(source, copy);
    return undefined;
  } catch (error) {
    return faultOf(error);
  }
}
