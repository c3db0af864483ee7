// A program as a file: read once through one descriptor, hashed, and remembered by inode, so that what is started later can be
// compared with what was judged (F-30).
import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readSync, type BigIntStats } from "node:fs";

/** What was hashed. Times are nanoseconds. */
export type ProgramFile = {
  readonly path: string;
  readonly sha256: string;
  readonly dev: bigint;
  readonly ino: bigint;
  readonly ctime: bigint;
  /** The words of a `#!` line; empty for anything else. */
  readonly interpreter: readonly string[];
};

const MOST_BYTES = 1n << 30n;
const CHUNK = 1 << 20;
/** The kernel reads no more of a first line. */
const FIRST_LINE = 256;

/** Reads a real path (no link). Undefined when it is no regular file of at most a gibibyte or cannot be read. */
export function readProgramFile(path: string): ProgramFile | undefined {
  const fd = openQuietly(path);
  if (fd === undefined) return undefined;
  try {
    const stat = fstatSync(fd, { bigint: true });
    return stat.isFile() && stat.size <= MOST_BYTES ? read(fd, path, stat) : undefined;
  } finally {
    closeSync(fd);
  }
}

function openQuietly(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}

function read(fd: number, path: string, stat: BigIntStats): ProgramFile {
  const hash = createHash("sha256");
  const chunk = Buffer.allocUnsafe(CHUNK);
  let first = "";
  for (;;) {
    const got = readSync(fd, chunk, 0, CHUNK, null);
    if (got === 0) break;
    if (first === "") first = chunk.toString("latin1", 0, Math.min(got, FIRST_LINE));
    hash.update(chunk.subarray(0, got));
  }
  const { dev, ino, ctimeNs } = stat;
  return { path, sha256: hash.digest("hex"), dev, ino, ctime: ctimeNs, interpreter: interpreterWords(first) };
}

function interpreterWords(first: string): readonly string[] {
  const line = /^#![ \t]*([^\n]*)/.exec(first)?.[1]?.trim() ?? "";
  return line === "" ? [] : line.split(/[ \t]+/);
}
