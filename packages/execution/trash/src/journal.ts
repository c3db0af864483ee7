// The journal of the trash: append-only lines, written by whoever holds the writer's lock. What a killed writer left half
// written at the end is cut off; anything else that is not ours is refused.
import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { CesError } from "@ces/kernel";
import type { Entry } from "./journal-entry.ts";
import { FIRST, openLine, sealLine, type Mac, type ReadLine } from "./journal-line.ts";

/** The open journal. Nobody else writes while it is open. */
export type Journal = {
  /** Writes entries in one piece; `synced`: they are on the disk when it returns. Throws CesError TRASH_JOURNAL_WRITE. */
  readonly append: (entries: readonly Entry[], how: "synced" | "written") => void;
  /** Every entry, oldest first, each verified. Throws CesError TRASH_JOURNAL_FORGED. */
  readonly entries: () => readonly Entry[];
  /** True when the last transaction was not closed: its writer died. */
  readonly unfinished: boolean;
  readonly close: () => void;
};

const NAME = "trash.jsonl";
/** No line of ours is longer: paths have at most 4096 bytes, words of a command are cut. */
const LONGEST_LINE = 128 * 1024;

/** Opens the journal of a folder of ours, made if missing. The lock is held. Throws CesError TRASH_JOURNAL_FORGED. */
export function openJournal(directory: string, mac: Mac): Journal {
  const fd = openOurs(join(directory, NAME));
  try {
    const last = lastLine(fd, mac);
    let before = last?.code ?? FIRST;
    return {
      append: (entries, how) => {
        const lines: string[] = [];
        let code = before;
        for (const entry of entries) {
          const sealed = sealLine(entry, code, mac);
          lines.push(`${sealed.line}\n`);
          code = sealed.code;
        }
        appendWhole(fd, Buffer.from(lines.join(""), "utf8"), how);
        before = code;
      },
      entries: () => readEntries(fd, mac),
      unfinished: last !== undefined && last.entry.kind !== "end",
      close: () => closeSync(fd),
    };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function openOurs(path: string): number {
  const { O_RDWR, O_CREAT, O_APPEND, O_NOFOLLOW, O_NONBLOCK } = constants;
  const fd = openSync(path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK, 0o600);
  const facts = fstatSync(fd);
  if (facts.isFile() && facts.uid === process.geteuid?.() && (facts.mode & 0o022) === 0) return fd;
  closeSync(fd);
  throw forged("is not a file of ours");
}

// All or nothing: a disk that is full must not leave half a line for the next one to stand on.
function appendWhole(fd: number, bytes: Buffer, how: "synced" | "written"): void {
  const { size } = fstatSync(fd);
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at, bytes.length - at);
    if (how === "synced") fsyncSync(fd);
  } catch (cause) {
    ftruncateSync(fd, size);
    throw new CesError("TRASH_JOURNAL_WRITE", "the journal of the trash cannot be written, so nothing is moved", {
      remedy: "make room on the disk that holds the state of CES, then run the command again",
      cause,
    });
  }
}

function lastLine(fd: number, mac: Mac): ReadLine | undefined {
  const { size } = fstatSync(fd);
  const from = Math.max(0, size - 2 * LONGEST_LINE);
  const tail = readRange(fd, from, size);
  const end = tail.lastIndexOf(0x0a);
  if (end === -1 && from > 0) throw forged("ends in bytes that are no entry");
  if (from + end + 1 < size) ftruncateSync(fd, from + end + 1);
  if (end === -1) return undefined;
  const start = tail.subarray(0, end).lastIndexOf(0x0a) + 1;
  const line = openLine(tail.toString("utf8", start, end), mac);
  if (line === undefined) throw forged("ends in an entry that is not ours");
  return line;
}

function readEntries(fd: number, mac: Mac): readonly Entry[] {
  const entries: Entry[] = [];
  let before = FIRST;
  for (const line of linesOf(fd)) {
    const read = openLine(line, mac);
    if (read === undefined || read.before !== before)
      throw forged(`has an entry that is not ours (line ${entries.length + 1})`);
    entries.push(read.entry);
    before = read.code;
  }
  return entries;
}

function* linesOf(fd: number): Generator<string> {
  const { size } = fstatSync(fd);
  let rest = Buffer.alloc(0);
  for (let at = 0; at < size; at += 8 * 1024 * 1024) {
    const bytes = Buffer.concat([rest, readRange(fd, at, Math.min(size, at + 8 * 1024 * 1024))]);
    let start = 0;
    for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
      yield bytes.toString("utf8", start, end);
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
}

function readRange(fd: number, from: number, to: number): Buffer<ArrayBuffer> {
  const bytes = Buffer.alloc(to - from);
  let filled = 0;
  for (let got = -1; got !== 0 && filled < bytes.length; filled += got)
    got = readSync(fd, bytes, filled, bytes.length - filled, from + filled);
  return bytes.subarray(0, filled);
}

function forged(what: string): CesError {
  return new CesError("TRASH_JOURNAL_FORGED", `the journal of the trash ${what}; nothing is taken from it`, {
    remedy: `look at \`${NAME}\` in the guard's state folder; moved away, a new one is begun, and the trash keeps its items`,
  });
}
