// One command's time with the trash: the lock is held, the journal is open, what a killed command left is settled first.
import { byteText, joinPath, nameOf, parentOf, type ByteText } from "./byte-text.ts";
import { openJournal, type Journal } from "./journal.ts";
import { readMounts } from "./mounts.ts";
import { codeOf, realPath } from "./open-below.ts";
import { settleUnfinished } from "./settle-unfinished.ts";
import type { Guarded } from "./refuse-place.ts";
import { closeTrash, openHomeTrash, openVolumeTrash, reopenTrash, type TrashFolder } from "./trash-folder.ts";
import type { Trash } from "./trash.ts";
import { takeWriterLock } from "./writer-lock.ts";

/** The open trash. */
export type Session = {
  readonly trash: Trash;
  readonly journal: Journal;
  readonly guarded: Guarded;
  /** The home trash, made if missing. */
  readonly home: () => TrashFolder;
  /** Trash folders on a device, the home's first; `parent` is the real folder of what is to be moved. May be empty. */
  readonly on: (dev: bigint, parent: ByteText) => readonly TrashFolder[];
  /** The trash folder at a path of the journal; undefined when it is not there or not ours any more. */
  readonly at: (root: ByteText) => TrashFolder | undefined;
  /** The trash of the volume at a mount point, if it has one already. */
  readonly ofVolume: (top: ByteText) => TrashFolder | undefined;
};

/** Runs `work` with the trash open. Throws CesError TRASH_BUSY, TRASH_JOURNAL_FORGED, TRASH_FOLDER_UNSAFE. */
export function withSession<T>(trash: Trash, work: (session: Session) => T): T {
  const { clock, random, place } = trash;
  const lock = takeWriterLock(place.state_directory, { clock, random, wait_ms: place.wait_ms });
  try {
    const journal = openJournal(place.state_directory, trash.mac);
    const folders = openFolders(trash);
    try {
      const session: Session = { trash, journal, guarded: guardedPlaces(trash), ...folders.find };
      if (journal.unfinished) settleUnfinished(session);
      return work(session);
    } finally {
      folders.close();
      journal.close();
    }
  } finally {
    lock.release();
  }
}

function guardedPlaces({ place }: Trash): Guarded {
  const state = parentOf(byteText(place.state_directory));
  // Itself and not what it leads to: a trash that is a link is not used.
  const trash = withReal([place.data_home]).map((folder) => joinPath(folder, byteText("Trash")));
  return {
    homes: withReal(place.homes),
    workspaces: withReal(place.workspaces),
    kept: [...withReal([state]), ...trash],
    mounts: readMounts(),
  };
}

// A place counts under the name it was given and under its real one.
function withReal(paths: readonly ByteText[]): readonly ByteText[] {
  return [...new Set(paths.flatMap((path) => [path, realOr(path)]))];
}

function realOr(path: ByteText): ByteText {
  try {
    return realPath(path);
  } catch (error) {
    return codeOf(error) === "ENOENT" && path !== "/" ? joinPath(realOr(parentOf(path)), nameOf(path)) : path;
  }
}

function openFolders({ place }: Trash) {
  const open = new Map<string, TrashFolder | undefined>();
  const remember = (key: string, find: () => TrashFolder | undefined): TrashFolder | undefined => {
    if (!open.has(key)) open.set(key, find());
    return open.get(key);
  };
  let home: TrashFolder | undefined;
  const openHome = (): TrashFolder => (home ??= openHomeTrash(place.data_home, place.uid));
  const volume = (top: ByteText, how: "make" | "look"): TrashFolder | undefined =>
    remember(`${how} ${top}`, () => openVolumeTrash(top, place.uid, how));
  const mounts = readMounts();
  const find: Pick<Session, "home" | "on" | "at" | "ofVolume"> = {
    home: openHome,
    on: (dev, parent) => {
      const own = openHome();
      if (own.dev === dev) return [own];
      const other = volume(mounts.topOf(parent), "make");
      return other?.dev === dev ? [other] : [];
    },
    at: (root) => (root === openHome().path ? openHome() : remember(`at ${root}`, () => reopened(root, place.uid))),
    ofVolume: (top) => volume(top, "look"),
  };
  const close = (): void => {
    for (const one of [home, ...open.values()]) if (one) closeTrash(one);
  };
  return { find, close };
}

function reopened(root: ByteText, uid: number): TrashFolder | undefined {
  try {
    return reopenTrash(root, uid);
  } catch {
    return undefined;
  }
}
