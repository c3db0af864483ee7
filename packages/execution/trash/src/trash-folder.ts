// The trash folders of this account (FreeDesktop Trash 1.0): one in its home, one at the top of every other volume. A folder that
// somebody else could write to or lead elsewhere is not used.
import { closeSync, fstatSync, mkdirSync, writeSync } from "node:fs";
import { CesError } from "@ces/kernel";
import {
  byteText,
  componentsOf,
  fromLatin1,
  isWithin,
  joinPath,
  nameOf,
  parentOf,
  relativeTo,
  shownText,
  toBytes,
  type ByteText,
} from "./byte-text.ts";
import {
  below,
  codeOf,
  createAt,
  openAbsolute,
  openFolderAt,
  passFolderAt,
  realPath,
  statAt,
  type At,
} from "./open-below.ts";

/** An open trash folder. `top`: of its volume, null for the one in the home. */
export type TrashFolder = {
  readonly path: ByteText;
  readonly top: ByteText | null;
  readonly root: number;
  readonly files: number;
  readonly info: number;
  readonly dev: bigint;
};

const [FILES, INFO, SHARED] = [byteText("files"), byteText("info"), byteText(".Trash")];

/** The home trash `${data_home}/Trash`, made if missing. Throws CesError TRASH_FOLDER_UNSAFE. */
export function openHomeTrash(dataHome: ByteText, uid: number): TrashFolder {
  const path = joinPath(dataHome, byteText("Trash"));
  try {
    makeFolders(dataHome);
    const parent = openAbsolute(realPath(dataHome));
    try {
      return openTrash({ folder: parent, name: nameOf(path) }, { path: realPathOf(path), top: null, uid });
    } finally {
      closeSync(parent);
    }
  } catch (cause) {
    throw cause instanceof CesError ? cause : unsafe(path, "cannot be opened", cause);
  }
}

/** The trash of a volume by its top: `.Trash/$uid` where an administrator made `.Trash`, else `.Trash-$uid`; undefined: none can be had. */
export function openVolumeTrash(top: ByteText, uid: number, how: "make" | "look"): TrashFolder | undefined {
  for (const name of volumeTrashNames(uid)) {
    const trash = tryVolume(top, name, { uid, how });
    if (trash) return trash;
  }
  return undefined;
}

/** Names of a volume's trash, in the order they are tried. */
export function volumeTrashNames(uid: number): readonly ByteText[] {
  return [byteText(`.Trash/${uid}`), byteText(`.Trash-${uid}`)];
}

/** Opens a trash folder by the path the journal has of it. Throws CesError TRASH_FOLDER_UNSAFE, node's ENOENT. */
export function reopenTrash(path: ByteText, uid: number): TrashFolder {
  const parent = openAbsolute(parentOf(path));
  try {
    return openTrash({ folder: parent, name: nameOf(path) }, { path, top: topOfTrash(path, uid), uid });
  } finally {
    closeSync(parent);
  }
}

function topOfTrash(path: ByteText, uid: number): ByteText | null {
  const name = volumeTrashNames(uid).find((one) => path.endsWith(`/${one}`));
  return name === undefined ? null : fromLatin1(path.slice(0, -name.length - 1) || "/");
}

/** What an item's `Path=` says in this trash: absolute in the home, relative to the top elsewhere. */
export function recordedPath(trash: TrashFolder, path: ByteText): ByteText {
  return trash.top !== null && isWithin(path, trash.top) ? relativeTo(path, trash.top) : path;
}

/** Closes it. */
export function closeTrash({ root, files, info }: TrashFolder): void {
  for (const fd of [root, files, info]) closeSync(fd);
}

type Opening = { readonly path: ByteText; readonly top: ByteText | null; readonly uid: number };

function tryVolume(
  top: ByteText,
  name: ByteText,
  { uid, how }: { readonly uid: number; readonly how: "make" | "look" },
): TrashFolder | undefined {
  const folder = openAbsolute(top);
  try {
    const shared = name.startsWith(`${SHARED}/`);
    if (shared && !isSticky({ folder, name: SHARED })) return undefined;
    if (how === "look" && statAt({ folder, name }) === undefined) return undefined;
    const parent = shared ? passFolderAt({ folder, name: SHARED }) : folder;
    try {
      const trash = openTrash({ folder: parent, name: nameOf(name) }, { path: joinPath(top, name), top, uid });
      if (!shared) hideFromGit(trash);
      return trash;
    } finally {
      if (shared) closeSync(parent);
    }
  } catch {
    // Read-only, not ours, a link: the volume has no trash for us, and the caller takes another one.
    return undefined;
  } finally {
    closeSync(folder);
  }
}

// Trash 1.0: `.Trash` counts only as a real folder with the sticky bit.
function isSticky(at: At): boolean {
  const facts = statAt(at);
  return facts?.isDirectory() === true && (facts.mode & 0o1000n) !== 0n;
}

function openTrash(at: At, { path, top, uid }: Opening): TrashFolder {
  const root = openOwn(at, path, uid);
  const opened = [root];
  try {
    for (const name of [FILES, INFO]) opened.push(openOwn({ folder: root, name }, joinPath(path, name), uid));
    const [, files = -1, info = -1] = opened;
    return { path, top, root, files, info, dev: fstatSync(files, { bigint: true }).dev };
  } catch (error) {
    for (const fd of opened) closeSync(fd);
    throw error;
  }
}

function openOwn(at: At, path: ByteText, uid: number): number {
  makeOne(at);
  const fd = openFolderAt(at);
  const facts = fstatSync(fd);
  if (facts.uid === uid && (facts.mode & 0o022) === 0) return fd;
  closeSync(fd);
  throw unsafe(path, facts.uid === uid ? "may be written by others" : "belongs to somebody else");
}

function makeOne(at: At): void {
  try {
    mkdirSync(below(at), { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

// The top of a volume may be a worktree (a bind mount in a container): `git add -A` must not commit the trash.
function hideFromGit(trash: TrashFolder): void {
  try {
    const fd = createAt({ folder: trash.root, name: byteText(".gitignore") }, 0o600);
    writeSync(fd, "*\n");
    closeSync(fd);
  } catch {
    // There already.
  }
}

function makeFolders(path: ByteText): void {
  let at = fromLatin1("");
  for (const name of componentsOf(path)) {
    at = fromLatin1(`${at}/${name}`);
    try {
      mkdirSync(toBytes(at), { mode: 0o700 });
    } catch (error) {
      if (!["EEXIST", "EROFS", "EACCES", "EPERM"].includes(codeOf(error))) throw error;
    }
  }
}

function realPathOf(path: ByteText): ByteText {
  return joinPath(realPath(parentOf(path)), nameOf(path));
}

function unsafe(path: ByteText, fault: string, cause?: unknown): CesError {
  return new CesError("TRASH_FOLDER_UNSAFE", `the trash \`${shownText(path)}\` ${fault}`, {
    remedy: "make it a folder of your own with mode 0700, or set XDG_DATA_HOME to one",
    ...(cause === undefined ? {} : { cause }),
  });
}
