// What is written down about a thing before it is touched, and whether what stands somewhere is still that thing.
import { createHash } from "node:crypto";
import { closeSync, readSync, type BigIntStats } from "node:fs";
import type { FileType, ItemFacts } from "./journal-entry.ts";
import { openFileAt, type At } from "./open-below.ts";

/** Larger files are known by inode, size and time only. */
const HASHED_BYTES = 16n * 1024n * 1024n;

/** What a thing is. */
export function typeOf(facts: BigIntStats): FileType {
  if (facts.isFile()) return "file";
  if (facts.isDirectory()) return "folder";
  if (facts.isSymbolicLink()) return "link";
  if (facts.isFIFO()) return "fifo";
  return facts.isSocket() ? "socket" : "device";
}

/** The facts of what stands at `at`; a small regular file that may be read is hashed. `dev`: of the folder it stands in. */
export function itemFacts(at: At, facts: BigIntStats, dev: bigint): ItemFacts {
  return {
    type: typeOf(facts),
    dev: String(dev),
    ino: String(facts.ino),
    mode: Number(facts.mode & 0o7777n),
    size: Number(facts.size),
    mtime_ns: String(facts.mtimeNs),
    sha256: digestOf(at, facts),
  };
}

/** What is not as it was; undefined when it is. `ino` is the inode it has in the trash. */
export function changeOf(at: At, now: BigIntStats, was: ItemFacts, ino: string): string | undefined {
  if (typeOf(now) !== was.type || String(now.ino) !== ino) return "is another one than the one that was put there";
  if (was.type !== "file") return undefined;
  if (Number(now.size) !== was.size) return "has another size than before";
  if (was.sha256 === null) return isClose(now.mtimeNs, BigInt(was.mtime_ns)) ? undefined : "was changed since";
  return digestOf(at, now) === was.sha256 ? undefined : "has another content than before";
}

/** Two times that are the same to what node can set, which is floating-point seconds. */
export function isClose(a: bigint, b: bigint): boolean {
  const apart = a - b;
  return apart < 2_000n && apart > -2_000n;
}

// Best effort before the move: a file that its owner may not read has no digest, and can be moved all the same.
function digestOf(at: At, facts: BigIntStats): string | null {
  if (!facts.isFile() || facts.size > HASHED_BYTES) return null;
  try {
    return hashFile(at, facts);
  } catch {
    return null;
  }
}

function hashFile(at: At, facts: BigIntStats): string {
  const hash = createHash("sha256");
  const fd = openFileAt(at, facts);
  try {
    const chunk = Buffer.allocUnsafe(Math.min(Number(facts.size) + 1, 256 * 1024));
    for (let got = readSync(fd, chunk); got > 0; got = readSync(fd, chunk)) hash.update(chunk.subarray(0, got));
    return hash.digest("hex");
  } finally {
    closeSync(fd);
  }
}
