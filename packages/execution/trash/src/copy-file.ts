// One regular file's bytes to another place: shared blocks where the file system can, else a copy that keeps holes.
import {
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  ftruncateSync,
  futimesSync,
  openSync,
  readSync,
  writeSync,
  type BigIntStats,
} from "node:fs";
import { below, createAt, holdAt, openFileAt, type At } from "./open-below.ts";

/** How a tree is copied. `clone` is tried until the file system says no. */
export type CopyStyle = {
  /** `each`: every file and folder is on the disk before the copy counts. */
  readonly sync: "each" | "none";
  /** Running as root: owners are kept, and a set-id mode with them. */
  readonly owners: boolean;
  clone: "try" | "no";
};

const CHUNK = 1024 * 1024;
const HOLE = 64 * 1024;

/** Copies bytes, mode, times and, as root, the owner. `facts` are the source's. Throws node's errors. */
export function copyFile(from: At, to: At, facts: BigIntStats, style: CopyStyle): void {
  const source = openFileAt(from, facts);
  try {
    const target = cloneFile(source, to, style) ?? createAt(to, 0o600);
    try {
      if (style.clone === "no") copyBytes(source, target, facts);
      dress(target, facts, style);
      if (style.sync === "each") fsyncSync(target);
    } finally {
      closeSync(target);
    }
  } finally {
    closeSync(source);
  }
}

/** Seconds for node's `utimes`, which takes no nanoseconds: what is kept is exact to a microsecond. */
export function seconds(nanoseconds: bigint): number {
  return Number(nanoseconds) / 1e9;
}

/** The mode to give: without its owner a copy must not be set-id. */
export function copiedMode(facts: BigIntStats, style: CopyStyle): number {
  const mode = Number(facts.mode & 0o7777n);
  const ours = facts.uid === BigInt(process.geteuid?.() ?? -1);
  return style.owners || ours ? mode : mode & 0o1777;
}

function cloneFile(source: number, to: At, style: CopyStyle): number | undefined {
  if (style.clone === "no") return undefined;
  try {
    copyFileSync(`/proc/self/fd/${source}`, below(to), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE_FORCE);
  } catch {
    // No shared blocks here. Whatever else was wrong shows when the copy is made by hand.
    style.clone = "no";
    return undefined;
  }
  const self = holdAt(to);
  try {
    return openSync(`/proc/self/fd/${self}`, constants.O_RDONLY | constants.O_NONBLOCK);
  } finally {
    closeSync(self);
  }
}

function copyBytes(source: number, target: number, facts: BigIntStats): void {
  const holes = facts.blocks * 512n < facts.size;
  const chunk = Buffer.allocUnsafe(holes ? HOLE : Math.min(CHUNK, Number(facts.size) + 1));
  const zero = Buffer.alloc(holes ? HOLE : 0);
  let at = 0;
  for (let got = readSync(source, chunk, 0, chunk.length, 0); got > 0;) {
    const piece = chunk.subarray(0, got);
    if (!holes || !piece.equals(zero.subarray(0, got))) writeAt(target, piece, at);
    at += got;
    got = readSync(source, chunk, 0, chunk.length, at);
  }
  if (holes) ftruncateSync(target, at);
}

function writeAt(fd: number, piece: Buffer, at: number): void {
  for (let done = 0; done < piece.length;) done += writeSync(fd, piece, done, piece.length - done, at + done);
}

// The owner first: changing it clears set-id bits. The times last.
function dress(fd: number, facts: BigIntStats, style: CopyStyle): void {
  if (style.owners) fchownSync(fd, Number(facts.uid), Number(facts.gid));
  fchmodSync(fd, copiedMode(facts, style));
  futimesSync(fd, seconds(facts.atimeNs), seconds(facts.mtimeNs));
}
