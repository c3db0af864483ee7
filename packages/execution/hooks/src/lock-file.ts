// A lock between hooks that run at the same time: each line of the log follows exactly one other. Held for well under a
// millisecond; whoever dies with it is recognised, and only one of those who wait may clear it away.
import { closeSync, constants, lstatSync, openSync, readFileSync, unlinkSync, writeSync } from "node:fs";
import { CesError } from "@ces/kernel";

/** Milliseconds to wait before giving up. */
const PATIENCE = 2_000;
/** A holder this old is dead, whatever its process id says by now. */
const TOO_OLD = 30_000;

const create = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** Runs `work` alone among all processes that name this lock. Throws CesError `GUARD_LOCK`. */
export function withLock<T>(path: string, work: () => T): T {
  const token = `${process.pid} ${process.hrtime.bigint()}`;
  const end = Date.now() + PATIENCE;
  while (!take(path, token)) {
    if (Date.now() > end)
      throw new CesError("GUARD_LOCK", `\`${path}\` is held by another process`, { remedy: "ces guard doctor" });
    clearDead(path, token);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
  }
  try {
    return work();
  } finally {
    unlinkSync(path);
  }
}

function take(path: string, content: string): boolean {
  try {
    const fd = openSync(path, create, 0o600);
    try {
      writeSync(fd, content);
    } finally {
      closeSync(fd);
    }
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/**
 * INVARIANT: a dead holder's lock is unlinked by whoever holds its marker and has seen it unchanged since. Nobody else
 * unlinks it: its owner is dead, and a second one that saw it dead needs the same marker.
 */
function clearDead(path: string, token: string): void {
  const held = holder(path);
  if (held === undefined || !isDead(held)) return;
  const marker = `${path}.clear`;
  if (!take(marker, token)) {
    dropOld(marker);
    return;
  }
  try {
    if (holder(path)?.content === held.content) unlinkSync(path);
  } finally {
    unlinkSync(marker);
  }
}

function dropOld(marker: string): void {
  const held = holder(marker);
  if (held !== undefined && held.age > TOO_OLD) unlinkSync(marker);
}

interface Holder {
  readonly content: string;
  readonly age: number;
}

function holder(path: string): Holder | undefined {
  try {
    const { mtimeMs } = lstatSync(path);
    return {
      content: readFileSync(path, { encoding: "utf8", flag: constants.O_RDONLY | constants.O_NOFOLLOW }),
      age: Date.now() - mtimeMs,
    };
  } catch {
    return undefined;
  }
}

function isDead({ content, age }: Holder): boolean {
  if (age > TOO_OLD) return true;
  const pid = Number(/^(\d+) /.exec(content)?.[1]);
  // An empty lock is one that is being written; a holder that died just then is found by its age.
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}
