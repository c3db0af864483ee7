// What a killed command left: for each intent without an outcome the disk is asked where the thing is. Nothing is taken on faith,
// nothing that is not whole elsewhere is removed.
import { closeSync } from "node:fs";
import { nameOf, parentOf, type ByteText } from "./byte-text.ts";
import { historyOf, itemId, type Item } from "./history.ts";
import type { Settled } from "./journal-entry.ts";
import { codeOf, openAbsolute, statAt, type At } from "./open-below.ts";
import { giveMode, temporaryName } from "./place-back.ts";
import { removeCopied, removeTree } from "./remove-tree.ts";
import { fileAt, isHalfReservedFor, isReservedFor, release } from "./reserve.ts";
import type { Session } from "./session.ts";
import type { TrashFolder } from "./trash-folder.ts";
import { withSpot } from "./spot.ts";

/** Settles the transaction that the journal ends in, and closes it. */
export function settleUnfinished(session: Session): void {
  const last = historyOf(session.journal.entries()).at(-1);
  if (last === undefined || last.ended) return;
  const { txid } = last.begin;
  // What was placed may still have its info file in the trash.
  const open = last.items.filter(({ how, result }) => result !== "not_done" && (result !== "done" || how === "place"));
  const settled = open.map((item): Settled => ({
    kind: "settled",
    txid,
    n: item.n,
    result: settleOrLeave(session, item) ? "done" : "not_done",
    ino: null,
  }));
  session.journal.append([...settled, { kind: "end", txid, whole: false, recovered: true }], "synced");
}

// What cannot be settled must not stop every later command: everything stays where it is, and a copy that is whole counts.
function settleOrLeave(session: Session, item: Item): boolean {
  try {
    return settleItem(session, item);
  } catch {
    return item.result === "covered" && item.how === "copy";
  }
}

// True: the item is done.
function settleItem(session: Session, item: Item): boolean {
  if (item.how === "absent") return true;
  const folder = item.spot && session.at(item.spot.root);
  if (!folder || item.spot === null) return false;
  switch (item.how) {
    case "move":
      return settleMove(item, folder, item.spot.name);
    case "copy":
      return settleCopy(item, folder, item.spot.name);
    case "keep":
    case "snapshot":
      return settleKeep(item, folder, item.spot.name);
    case "place":
      return settlePlace(item, folder, item.spot.name);
    case "drop":
      return settleDrop(item, folder, item.spot.name);
    default:
      return item.how satisfies never;
  }
}

function settleMove(item: Item, folder: TrashFolder, name: ByteText): boolean {
  const there = statAt(fileAt(folder, name));
  if (there !== undefined && String(there.ino) === item.facts?.ino) return asItWas(item, fileAt(folder, name));
  // Only the info file was made, or nothing.
  if (there === undefined && isOurs(item, folder, name)) release(folder, name);
  withPlace(item.path, (source) => {
    if (String(statAt(source)?.ino) === item.facts?.ino) asItWas(item, source);
  });
  return false;
}

// True, after taking back the right to write that a folder had to be given for its rename.
function asItWas({ facts }: Item, at: At): true {
  if (facts?.type === "folder") giveMode(at, facts.mode);
  return true;
}

function isOurs(item: Item, folder: TrashFolder, name: ByteText): boolean {
  if (isReservedFor(folder, name, itemId(item))) return true;
  return statAt(fileAt(folder, name)) === undefined && isHalfReservedFor(folder, name, item.path);
}

// Not covered: the copy may be half, and the source was not touched. Covered: the copy is whole, and the source goes on going.
function settleCopy(item: Item, folder: TrashFolder, name: ByteText): boolean {
  const copy = fileAt(folder, name);
  if (item.result === "covered") {
    withPlace(item.path, (source) => {
      if (String(statAt(source)?.ino) === item.facts?.ino) removeCopied(source, copy);
    });
    return true;
  }
  return settleKeep(item, folder, name);
}

function settleKeep(item: Item, folder: TrashFolder, name: ByteText): boolean {
  // SECURITY: the name may have been taken by somebody else before we came to it. Only what was reserved for this item is ours.
  if (!name.includes("/") && !isOurs(item, folder, name)) return false;
  if (item.how === "snapshot" && statAt(fileAt(folder, name)) !== undefined) return true;
  const stands = withPlace(item.path, (source) => statAt(source) !== undefined) ?? false;
  // If the source is gone after all, half a copy is better than none.
  if (!stands) return withSpot(folder, name, (at) => statAt(at) !== undefined) ?? false;
  withSpot(folder, name, removeTree);
  if (!name.includes("/")) release(folder, name);
  return false;
}

function settlePlace(item: Item, folder: TrashFolder, name: ByteText): boolean {
  const trashed = item.facts?.ino;
  return (
    withPlace(item.path, (target) => {
      const placed = String(statAt(target)?.ino) === (item.ino ?? trashed);
      // A copy that is not in its place yet, or the second name it had for a moment.
      removeTree({ ...target, name: temporaryName(item) });
      if (placed) {
        withSpot(folder, name, (at) => {
          if (String(statAt(at)?.ino) === trashed) removeTree(at);
        });
        if (!name.includes("/") && statAt(fileAt(folder, name)) === undefined) release(folder, name);
      }
      return placed;
    }) ?? false
  );
}

// A person confirmed it, so it is finished.
function settleDrop({ from }: Item, folder: TrashFolder, name: ByteText): boolean {
  if (from === null || !isReservedFor(folder, name, itemId(from))) return true;
  removeTree(fileAt(folder, name));
  release(folder, name);
  return true;
}

// Undefined when the folder of the path is not there, or reached through a link now.
function withPlace<T>(path: ByteText, use: (at: At) => T): T | undefined {
  let folder: number;
  try {
    folder = openAbsolute(parentOf(path));
  } catch (error) {
    if (codeOf(error) === "") throw error;
    return undefined;
  }
  try {
    return use({ folder, name: nameOf(path) });
  } finally {
    closeSync(folder);
  }
}
