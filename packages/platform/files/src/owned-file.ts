// Files of the trust domain: read only if they are ours alone, written so that a crash leaves the old or the new one.
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { randomBytes } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { dropTwin } from "./left-behind.ts";
import { ownUid, unsafe } from "./owned-path.ts";

/** Limits of one reading; 1 MiB unless told. */
export type ReadLimit = { readonly maxBytes?: number };

/**
 * The bytes of a file of ours: regular, no link, one name, mode without group and other; undefined when there is none.
 * Throws CesError STATE_UNSAFE.
 */
export function readOwned(path: string, limit: ReadLimit = {}): Uint8Array | undefined {
  const fd = openOwned(path);
  if (fd === undefined) return undefined;
  try {
    checkOwned(fd, path, limit.maxBytes ?? 1024 * 1024);
    return new Uint8Array(readFileSync(fd));
  } finally {
    closeSync(fd);
  }
}

/** Replaces a file with mode 0600: temporary file, fsync, rename, fsync of the directory. */
export function atomicWrite(path: string, content: Uint8Array | string): void {
  const temporary = writeTemporary(path, content);
  try {
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncDirectory(dirname(path));
}

/** Makes a file that must not exist, whole or not at all. False: somebody else made it first. */
export function createOnce(path: string, content: Uint8Array | string): boolean {
  const temporary = writeTemporary(path, content);
  try {
    // A hard link is the atomic "create unless there"; rename would replace.
    linkSync(temporary, path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  syncDirectory(dirname(path));
  return true;
}

/** Makes the entries of a directory durable. */
export function syncDirectory(path: string): void {
  const fd = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function writeTemporary(path: string, content: Uint8Array | string): string {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(8).toString("hex")}`);
  const fd = openSync(
    temporary,
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
    0o600,
  );
  try {
    fchmodSync(fd, 0o600);
    writeAll(fd, typeof content === "string" ? Buffer.from(content, "utf8") : content);
    fsyncSync(fd);
    return temporary;
  } catch (error) {
    // A full disk is not made fuller.
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at, bytes.length - at);
}

function openOwned(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") return undefined;
    throw unsafe(code === "ELOOP" ? `\`${path}\` is a link` : `\`${path}\` cannot be read`, error);
  }
}

// SECURITY: judged on the open descriptor, so that the file cannot be swapped between look and read.
function checkOwned(fd: number, path: string, maxBytes: number): void {
  const stats = fstatSync(fd);
  if (!stats.isFile()) throw unsafe(`\`${path}\` is not a regular file`);
  if (stats.uid !== ownUid()) throw unsafe(`\`${path}\` belongs to another user`);
  if ((stats.mode & 0o077) !== 0)
    throw unsafe(`\`${path}\` is open to others (mode ${(stats.mode & 0o777).toString(8)})`);
  if (!hasOneName(fd) && !dropTwin(fd, path)) throw unsafe(`\`${path}\` has a second name`);
  if (stats.size > maxBytes) throw unsafe(`\`${path}\` is larger than ${maxBytes} bytes`);
}

// A file that `createOnce` is just making has two names for a moment.
function hasOneName(fd: number): boolean {
  for (let tries = 0; tries < 100; tries += 1) {
    if (fstatSync(fd).nlink === 1) return true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
  }
  return false;
}
