// An exclusive lock that dies with its process: SQLite's own file locks on a file that is never written.
// SECURITY: POSIX locks belong to the process; a second open of the same file here would drop them when it closes. One
// path is locked once per process (`held`), and nothing else opens lock files.
import { closeSync, constants, fstatSync, openSync } from "node:fs";
import Database from "better-sqlite3";
import { CesError } from "@ces/kernel";
import { ownUid } from "@ces/files";

/** A lock that is held. */
export type KernelLock = { readonly release: () => void };

const held = new Set<string>();

/**
 * Takes the lock, waiting at most `wait_ms`; undefined when somebody else holds it (this process included). The file is made
 * with `mode` if it is missing. Throws CesError STATE_UNSAFE when the file is not ours.
 */
export function takeLock(
  path: string,
  how: { readonly wait_ms: number; readonly mode: number },
): KernelLock | undefined {
  if (held.has(path)) return undefined;
  makeFile(path, how.mode);
  const connection = new Database(path, { fileMustExist: true, timeout: how.wait_ms });
  try {
    connection.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    connection.close();
    if (error instanceof Error && "code" in error && error.code === "SQLITE_BUSY") return undefined;
    throw error;
  }
  held.add(path);
  return {
    release: () => {
      if (held.delete(path)) connection.close();
    },
  };
}

/** Makes an empty file of ours if it is missing, and checks it. Throws CesError STATE_UNSAFE. */
export function makeFile(path: string, mode: number): void {
  if (held.has(path)) return;
  const fd = openOurs(path, mode);
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile() || stats.uid !== ownUid() || (stats.mode & 0o022) !== 0) throw notOurs(path);
  } finally {
    closeSync(fd);
  }
}

function openOurs(path: string, mode: number): number {
  try {
    return openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK, mode);
  } catch (error) {
    throw notOurs(path, error);
  }
}

function notOurs(path: string, cause?: unknown): CesError {
  return new CesError("STATE_UNSAFE", `\`${path}\` is not a lock file of ours`, {
    remedy: "remove it and run the command again",
    cause,
  });
}
