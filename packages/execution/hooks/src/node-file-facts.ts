// The disk as the judge may see it. SECURITY: whatever stands there may be an agent's: sizes are capped, no last link is
// followed, nothing blocks on a pipe, and the number of look-ups is bounded, so that a tree cannot be used to spend the time.
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  opendirSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  type Stats,
} from "node:fs";
import type { FileFact, FileFacts } from "@ces/guard";

/** Look-ups of one judgement; after that nothing is known any more, which the judge takes for the worst. */
const MAX_LOOKUPS = 20_000;
/** As large as the lockfile of a large project: one that cannot be read is a question each time. */
const MAX_READ = 16 * 1024 * 1024;
const KERNEL_READ = 64 * 1024;

/** Facts from the real disk, for one judgement. Never throws. */
export function nodeFileFacts(): FileFacts {
  let left = MAX_LOOKUPS;
  const counted = <T>(look: () => T): T | undefined => {
    left -= 1;
    if (left < 0) return undefined;
    try {
      return look();
    } catch {
      return undefined;
    }
  };
  return {
    lstat: (path) => counted(() => factOf(path)),
    list: (path, most) => counted(() => listOf(path, most)),
    read: (path, maxBytes) => counted(() => textOf(path, Math.min(maxBytes, MAX_READ))),
  };
}

function factOf(path: string): FileFact | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  const kind = stats === undefined ? undefined : kindOf(stats);
  if (stats === undefined || kind === undefined) return undefined;
  const { dev, ino, nlink, size } = stats;
  const fact = { kind, dev, ino, links: nlink, size, mode: stats.mode & 0o7777 };
  return kind === "link" ? { ...fact, target: readlinkSync(path) } : fact;
}

function kindOf(stats: Stats): FileFact["kind"] | undefined {
  if (stats.isFile()) return "file";
  if (stats.isDirectory()) return "dir";
  if (stats.isSymbolicLink()) return "link";
  if (stats.isBlockDevice()) return "block";
  if (stats.isCharacterDevice()) return "char";
  if (stats.isFIFO()) return "fifo";
  return stats.isSocket() ? "socket" : undefined;
}

function listOf(path: string, most: number): readonly string[] | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true) return undefined;
  const names = stats.size <= SMALL_FOLDER ? readdirSync(path) : namesOf(path, most);
  return names.length > most ? undefined : names;
}

/** A folder of so many bytes holds some thousands of names: they are read at once, in a tenth of the time. */
const SMALL_FOLDER = 64 * 1024;

// No more than one above `most`.
function namesOf(path: string, most: number): readonly string[] {
  const folder = opendirSync(path, { bufferSize: 512 });
  try {
    const names: string[] = [];
    for (let entry = folder.readSync(); entry !== null && names.length <= most; entry = folder.readSync())
      names.push(entry.name);
    return names;
  } finally {
    folder.closeSync();
  }
}

function textOf(path: string, maxBytes: number): string | undefined {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile() || stats.size > maxBytes) return undefined;
    // The kernel's own files say that they are empty and are not.
    const most = stats.size === 0 ? Math.min(maxBytes, KERNEL_READ) : stats.size;
    // One byte more: a file that grows meanwhile is not taken for a whole one.
    const bytes = Buffer.alloc(most + 1);
    let end = 0;
    for (let read = -1; read !== 0 && end < bytes.length; end += read)
      read = readSync(fd, bytes, end, bytes.length - end, null);
    return end > most
      ? undefined
      : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, end));
  } finally {
    closeSync(fd);
  }
}
