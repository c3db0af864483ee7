// Descriptor-relative file access, which Node lacks: `/proc/self/fd/N/<name bytes>` with no link followed. Whoever holds the
// folder's descriptor cannot be led elsewhere, names stay bytes, and paths of any depth work (S06, S28).
import { chmodSync, closeSync, constants, fstatSync, lstatSync, openSync, readSync, type BigIntStats } from "node:fs";
import { CesError } from "@ces/kernel";

// Not in node:fs; the same number on x86-64 and arm64. Opens nothing but a name: no read, no block, no device side effect.
const O_PATH = 0o10000000;
const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK } = constants;

/** The path of `name` below an open folder. */
export function below(folder: number, name: Buffer | string): Buffer {
  return Buffer.concat([Buffer.from(`/proc/self/fd/${folder}/`), typeof name === "string" ? Buffer.from(name) : name]);
}

/** What stands at `name`, itself and not what it points to; undefined when nothing does. */
export function statBelow(folder: number, name: Buffer | string): BigIntStats | undefined {
  return lstatSync(below(folder, name), { bigint: true, throwIfNoEntry: false });
}

/** Opens a trusted absolute folder that is no link itself. The caller closes it. */
export function openFolder(path: string): number {
  return openSync(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
}

/**
 * Opens the folder `name`, giving its owner rwx first where that is missing (a folder of mode 000 hides files).
 * Throws CesError `WORKSPACE_MOVED` when it is not the folder that `facts` describe.
 */
export function openFolderBelow(folder: number, name: Buffer | string, facts: BigIntStats): number {
  if ((facts.mode & 0o700n) === 0o700n)
    return confirmed(openSync(below(folder, name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW), facts);
  return withPath(folder, name, facts, (self) => {
    chmodSync(self, Number(facts.mode & 0o777n) | 0o700);
    return openSync(self, O_RDONLY | O_DIRECTORY);
  });
}

/**
 * Reads a regular file of at most `maxBytes`. Throws CesError `WORKSPACE_MOVED` when the file is not the one of `facts` any
 * more or has grown.
 */
export function readBelow(folder: number, name: Buffer | string, facts: BigIntStats): Buffer {
  const fd = openFileBelow(folder, name, facts);
  try {
    return readAll(fd, Number(facts.size));
  } finally {
    closeSync(fd);
  }
}

function openFileBelow(folder: number, name: Buffer | string, facts: BigIntStats): number {
  try {
    return confirmed(openSync(below(folder, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK), facts);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EACCES")) throw error;
  }
  return withPath(folder, name, facts, (self) => {
    chmodSync(self, Number(facts.mode & 0o777n) | 0o400);
    return openSync(self, O_RDONLY | O_NONBLOCK);
  });
}

// `self` is exactly the inode that was opened; chmod and open through it cannot be redirected.
function withPath(folder: number, name: Buffer | string, facts: BigIntStats, use: (self: string) => number): number {
  const path = confirmed(openSync(below(folder, name), O_PATH | O_NOFOLLOW), facts);
  try {
    return use(`/proc/self/fd/${path}`);
  } finally {
    closeSync(path);
  }
}

function confirmed(fd: number, facts: BigIntStats): number {
  const now = fstatSync(fd, { bigint: true });
  const same = now.dev === facts.dev && now.ino === facts.ino && (now.mode & 0o170000n) === (facts.mode & 0o170000n);
  if (same) return fd;
  closeSync(fd);
  throw moved();
}

function readAll(fd: number, size: number): Buffer {
  // One byte more than stat said: a file that grows while it is read is not at rest.
  const bytes = Buffer.allocUnsafe(size + 1);
  let filled = 0;
  for (let got = -1; got !== 0 && filled <= size; filled += got)
    got = readSync(fd, bytes, filled, size + 1 - filled, null);
  if (filled !== size) throw moved();
  return bytes.subarray(0, size);
}

function moved(): CesError {
  return new CesError("WORKSPACE_MOVED", "a file changed while it was read: something of the run is still alive", {
    remedy: "end the run's processes, then `ces continue`",
  });
}
