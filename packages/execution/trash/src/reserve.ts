// A place in a trash folder: the info file comes first and exclusively, so that two programs never take one name.
import { closeSync, fsyncSync, unlinkSync } from "node:fs";
import type { Random } from "@ces/kernel";
import { fromLatin1, type ByteText } from "./byte-text.ts";
import { below, codeOf, createAt, readSmall, statAt, writeWhole, type At } from "./open-below.ts";
import { recordedPath, type TrashFolder } from "./trash-folder.ts";
import { INFO_ENDING, infoText, readInfo, trashName } from "./trash-info.ts";

/** A name in a trash folder, and what its info file says. `item` is our id of it. */
export type Reservation = {
  readonly item: string;
  readonly folder: TrashFolder;
  readonly name: ByteText;
  readonly path: ByteText;
  readonly epoch_ms: number;
};

/** Writes the info file; false when the name is taken. `synced`: it is on the disk before anything moves. */
export function reserve(place: Reservation, how: "synced" | "written"): boolean {
  const at = infoAt(place.folder, place.name);
  let fd: number;
  try {
    fd = createAt(at, 0o600);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
  try {
    writeWhole(fd, Buffer.from(infoText(recordedPath(place.folder, place.path), place.epoch_ms, place.item)));
    if (how === "synced") fsyncSync(fd);
  } catch (error) {
    unlinkSync(below(at));
    throw error;
  } finally {
    closeSync(fd);
  }
  // Something without info may stand there, left by another program.
  if (statAt(fileAt(place.folder, place.name)) === undefined) return true;
  unlinkSync(below(at));
  return false;
}

/** Removes the info file of a name; missing is fine. */
export function release(folder: TrashFolder, name: ByteText): void {
  try {
    unlinkSync(below(infoAt(folder, name)));
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

/** True when the info file of a name is the one that was made for this item. */
export function isReservedFor(folder: TrashFolder, name: ByteText, item: string): boolean {
  const bytes = infoBytes(folder, name);
  return bytes !== undefined && readInfo(bytes)?.item === item;
}

/**
 * True when the info file of a name was being written for this path when its writer was killed: it says nothing yet, or the
 * beginning of what it would have said. Only for a name that a journaled intent was about to take.
 */
export function isHalfReservedFor(folder: TrashFolder, name: ByteText, path: ByteText): boolean {
  const bytes = infoBytes(folder, name)?.toString("latin1");
  const whole = infoText(recordedPath(folder, path), 0, "");
  const start = whole.slice(0, whole.indexOf("DeletionDate="));
  return bytes !== undefined && (start.startsWith(bytes) || (bytes.startsWith(start) && !bytes.endsWith("\n")));
}

/** Where an item's content is. */
export function fileAt(folder: TrashFolder, name: ByteText): At {
  return { folder: folder.files, name };
}

/** Where an item's info file is. */
export function infoAt(folder: TrashFolder, name: ByteText): At {
  return { folder: folder.info, name: fromLatin1(`${name}${INFO_ENDING}`) };
}

/** The bytes of an info file; undefined when there is none to speak of. Attacker-controlled. */
export function infoBytes(folder: TrashFolder, name: ByteText): Buffer | undefined {
  return readSmall(infoAt(folder, name), 64 * 1024);
}

/** Names to try for an item, one after the other. Those of `taken` and those that are taken on disk now are left out. */
export function nameSource(
  own: ByteText,
  folder: TrashFolder,
  { taken, random }: { readonly taken: Set<string>; readonly random: Random },
): () => ByteText {
  let attempt = 0;
  return () => {
    for (;;) {
      const name = trashName(own, attempt++, () => Buffer.from(random(4)).toString("hex"));
      if (taken.has(name) || statAt(infoAt(folder, name)) !== undefined) continue;
      taken.add(name);
      return name;
    }
  };
}
