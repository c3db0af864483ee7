// Descriptor-relative file access, which Node lacks: `/proc/self/fd/N/<name bytes>`, no link followed. Whoever holds a folder's
// descriptor cannot be led elsewhere by a link that appears on the way.
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  readdirSync,
  realpathSync,
  writeSync,
  type BigIntStats,
} from "node:fs";
import { componentsOf, fromLatin1, isPlainAbsolute, toBytes, type ByteText } from "./byte-text.ts";

// Not in node:fs; the same number on x86-64 and arm64. Opens a name without reading it, so rights to read are not needed.
const O_PATH = 0o10000000;
const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK } = constants;

/** A name in an open folder. */
export type At = { readonly folder: number; readonly name: ByteText };

/** The path of a name below an open folder. */
export function below({ folder, name }: At): Buffer {
  return Buffer.from(`/proc/self/fd/${folder}/${name}`, "latin1");
}

/** What stands there, itself and not what it points to; undefined when nothing does. */
export function statAt(at: At): BigIntStats | undefined {
  return lstatSync(below(at), { bigint: true, throwIfNoEntry: false });
}

/** The names in a folder, in byte order. */
export function namesIn(folder: number): readonly ByteText[] {
  const names = readdirSync(`/proc/self/fd/${folder}/.`, { encoding: "latin1" });
  return names.sort().map(fromLatin1);
}

/** True for a folder with nothing in it. Throws node's ENOTDIR, EACCES. */
export function isEmptyFolder(at: At): boolean {
  const fd = openFolderAt(at);
  try {
    return readdirSync(`/proc/self/fd/${fd}/.`).length === 0;
  } finally {
    closeSync(fd);
  }
}

/** Opens the folder at a name for walking and reading. Throws node's ELOOP or ENOTDIR for a link. */
export function openFolderAt(at: At): number {
  return openSync(below(at), O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
}

/** Opens the folder at a name for passing through only. */
export function passFolderAt(at: At): number {
  return openSync(below(at), O_PATH | O_DIRECTORY | O_NOFOLLOW);
}

/** Opens whatever stands at a name as itself, without touching it; `/proc/self/fd/N` is then exactly that inode. */
export function holdAt(at: At): number {
  return openSync(below(at), O_PATH | O_NOFOLLOW);
}

/**
 * Opens an absolute folder from the root down; no component may be a link, `.` or `..`. The caller closes it.
 * Throws node's ENOENT, ENOTDIR, EACCES.
 */
export function openAbsolute(path: ByteText): number {
  if (!isPlainAbsolute(path)) throw new Error("an absolute path without `.` and `..` is needed");
  let at = openSync("/", O_PATH | O_DIRECTORY);
  for (const name of componentsOf(path)) {
    try {
      const next = passFolderAt({ folder: at, name });
      closeSync(at);
      at = next;
    } catch (error) {
      closeSync(at);
      throw error;
    }
  }
  return at;
}

/** The real path of a folder that the person named; links on the way are theirs. Throws node's ENOENT, ENOTDIR, ELOOP. */
export function realPath(path: ByteText): ByteText {
  return fromLatin1(realpathSync.native(toBytes(path), { encoding: "latin1" }));
}

/** Opens a regular file to read. Throws node's errors, and ESTALE-like `Error` when it is not the file of `facts` any more. */
export function openFileAt(at: At, facts: BigIntStats): number {
  const fd = openSync(below(at), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  const now = fstatSync(fd, { bigint: true });
  if (now.ino === facts.ino && now.dev === facts.dev && now.isFile()) return fd;
  closeSync(fd);
  throw new Error("the file was replaced while it was opened");
}

/** Makes a file that must not exist and opens it to write. Throws node's EEXIST. */
export function createAt(at: At, mode: number): number {
  return openSync(below(at), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
}

/** At most `most` bytes of a regular file of ours; undefined when it is missing, no regular file, or larger. */
export function readSmall(at: At, most: number): Buffer | undefined {
  const facts = statAt(at);
  if (!facts?.isFile() || facts.size > BigInt(most)) return undefined;
  const fd = openFileAt(at, facts);
  try {
    const bytes = Buffer.alloc(Number(facts.size));
    let filled = 0;
    for (let got = -1; got !== 0 && filled < bytes.length; filled += got)
      got = readSync(fd, bytes, filled, bytes.length - filled, null);
    return bytes.subarray(0, filled);
  } finally {
    closeSync(fd);
  }
}

/** Writes all of it. */
export function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at, bytes.length - at);
}

/** Node's code of an error (`ENOENT`), `""` for anything else. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
