// The index of a git worktree, read as bytes: what git tracks, and whether each file was seen clean. No program is run, so no
// filter, hook or monitor of the repository is. Attacker-controlled: every number is checked, anything odd is "not readable".
import { createHash } from "node:crypto";
import { fromLatin1, type ByteText } from "./byte-text.ts";

/** One tracked path. Times in nanoseconds, as git keeps them (32 bits of seconds, inode and size). `tree`: a sparse folder. */
export type IndexRow = {
  readonly path: ByteText;
  readonly mode: number;
  readonly oid: string;
  readonly size: number;
  readonly ino: number;
  readonly ctime_ns: bigint;
  readonly mtime_ns: bigint;
};

/** The index. `settled`: folders whose tree was written since anything below them was staged; "" is the root. */
export type IndexFile = {
  readonly rows: readonly IndexRow[];
  readonly settled: ReadonlySet<string>;
  readonly hash: "sha1" | "sha256";
};

const HASHES = [
  ["sha1", 20],
  ["sha256", 32],
] as const;

/** Reads an index of version 2 to 4; undefined when it is none, is split, or its checksum is wrong. */
export function readIndexFile(bytes: Buffer): IndexFile | undefined {
  if (bytes.length < 32 || bytes.toString("latin1", 0, 4) !== "DIRC") return undefined;
  const found = HASHES.find(([name, size]) => isSummed(bytes, name, size));
  if (!found) return undefined;
  try {
    return readRows(bytes, found);
  } catch {
    return undefined;
  }
}

// `index.skipHash` leaves the checksum zero; its length still says which hash it is.
function isSummed(bytes: Buffer, name: string, size: number): boolean {
  const sum = bytes.subarray(bytes.length - size);
  if (sum.every((byte) => byte === 0)) return size === 20 || bytes.subarray(-32).every((byte) => byte === 0);
  return createHash(name)
    .update(bytes.subarray(0, bytes.length - size))
    .digest()
    .equals(sum);
}

function readRows(bytes: Buffer, [hash, oidSize]: (typeof HASHES)[number]): IndexFile | undefined {
  const version = bytes.readUInt32BE(4);
  const count = bytes.readUInt32BE(8);
  if (version < 2 || version > 4) return undefined;
  const rows: IndexRow[] = [];
  let at = 12;
  let before = "";
  for (let index = 0; index < count; index += 1) {
    const row = readRow(bytes, at, { version, oidSize, before });
    rows.push(row.row);
    before = row.row.path;
    at = row.next;
  }
  const extensions = readExtensions(bytes, at, bytes.length - oidSize);
  // `link`: the rest of a split index stands in another file.
  if (extensions.has("link")) return undefined;
  return { rows, settled: settledFolders(extensions.get("TREE"), oidSize), hash };
}

type RowForm = { readonly version: number; readonly oidSize: number; readonly before: string };

function readRow(bytes: Buffer, at: number, { version, oidSize, before }: RowForm): { row: IndexRow; next: number } {
  const time = (from: number): bigint =>
    BigInt(bytes.readUInt32BE(from)) * 1_000_000_000n + BigInt(bytes.readUInt32BE(from + 4));
  const flagsAt = at + 40 + oidSize;
  const extended = (bytes.readUInt16BE(flagsAt) & 0x4000) !== 0 ? 2 : 0;
  const nameAt = flagsAt + 2 + extended;
  const { path, end } = version === 4 ? readShortName(bytes, nameAt, before) : readName(bytes, nameAt);
  const next = version === 4 ? end + 1 : at + ((end - at + 8) & ~7);
  const row = {
    path: fromLatin1(path),
    mode: bytes.readUInt32BE(at + 24),
    oid: bytes.toString("hex", at + 40, flagsAt),
    size: bytes.readUInt32BE(at + 36),
    ino: bytes.readUInt32BE(at + 20),
    ctime_ns: time(at),
    mtime_ns: time(at + 8),
  };
  return { row, next };
}

function readName(bytes: Buffer, at: number): { readonly path: string; readonly end: number } {
  const end = bytes.indexOf(0, at);
  if (end === -1) throw new Error("a name without end");
  return { path: bytes.toString("latin1", at, end), end };
}

// Version 4: how much of the name before is kept, then the rest (gitformat-index, "prefix-compressed").
function readShortName(bytes: Buffer, at: number, before: string): { readonly path: string; readonly end: number } {
  let from = at;
  let byte = bytes.readUInt8(from++);
  let dropped = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    byte = bytes.readUInt8(from++);
    dropped = (dropped + 1) * 128 + (byte & 0x7f);
  }
  if (dropped > before.length) throw new Error("a name that keeps more than there is");
  const { path, end } = readName(bytes, from);
  return { path: before.slice(0, before.length - dropped) + path, end };
}

function readExtensions(bytes: Buffer, start: number, end: number): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = start; at + 8 <= end;) {
    const size = bytes.readUInt32BE(at + 4);
    found.set(bytes.toString("latin1", at, at + 4), bytes.subarray(at + 8, at + 8 + size));
    at += 8 + size;
  }
  return found;
}

// gitformat-index, "Cache tree": name NUL, entries SP subtrees LF, then an object id unless entries is -1 (something was staged).
function settledFolders(tree: Buffer | undefined, oidSize: number): ReadonlySet<string> {
  const settled = new Set<string>();
  if (tree === undefined) return settled;
  let at = 0;
  const readFolder = (parent: string, depth: number): void => {
    const nul = tree.indexOf(0, at);
    const line = tree.indexOf(0x0a, nul);
    const counts = /^(-?\d{1,9}) (\d{1,9})$/.exec(tree.toString("latin1", nul + 1, line));
    if (nul === -1 || line === -1 || !counts || depth > 4096) throw new Error("a damaged cache tree");
    const name = tree.toString("latin1", at, nul);
    const path = parent === "" ? name : `${parent}/${name}`;
    at = line + 1;
    if (Number(counts[1]) >= 0) {
      settled.add(path);
      at += oidSize;
    }
    for (let child = 0; child < Number(counts[2]); child += 1) readFolder(path, depth + 1);
  };
  readFolder("", 0);
  return settled;
}
