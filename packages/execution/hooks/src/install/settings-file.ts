// Reading and writing other people's settings: whole or not at all, with the mode they had, through the links they chose.
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { CesError } from "@ces/kernel";

const MAX_SETTINGS = 4 * 1024 * 1024;

/** The text of a settings file; null when there is none. Throws CesError `GUARD_SETTINGS`. */
export function readSettings(path: string): string | null {
  const fd = openOrNull(path);
  if (fd === null) return null;
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile() || stats.size > MAX_SETTINGS) throw unusable(path, "it is no file of a sensible size");
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(fd));
  } catch (error) {
    if (error instanceof TypeError) throw unusable(path, "it is not UTF-8", error);
    throw error;
  } finally {
    closeSync(fd);
  }
}

function openOrNull(path: string): number | null {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw unusable(path, "it cannot be read", error);
  }
}

/**
 * Refuses a path below `root` that passes a link. SECURITY: in a project a link may have been put there by its author,
 * to have us write somewhere else. Throws CesError `GUARD_SETTINGS`.
 */
export function refuseLinks(path: string, root: string): void {
  for (let at = path; at !== root && at !== dirname(at); at = dirname(at))
    if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() === true)
      throw unusable(path, `\`${at}\` is a link`);
}

/** Writes the text in place of the old one, which stays whole until then. A file that is a link is written where it leads. `fresh`: mode of a new file. */
export function writeSettings(path: string, text: string, fresh = 0o644): void {
  const target = targetOf(path);
  mkdirSync(dirname(target), { recursive: true });
  const temporary = join(dirname(target), `.${basename(target)}.ces-${process.pid}`);
  const mode = lstatSync(target, { throwIfNoEntry: false })?.mode ?? fresh;
  try {
    const fd = openSync(
      temporary,
      constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
      0o600,
    );
    try {
      writeFileSync(fd, text);
      fchmodSync(fd, mode & 0o7777);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw unusable(path, "it cannot be written", error);
  }
}

function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Removes a file, and the folders above it that were made for it and are empty now. */
export function removeSettings(path: string, made: readonly string[]): void {
  rmSync(path, { force: true });
  for (const folder of made.toSorted((a, b) => b.length - a.length)) {
    try {
      rmdirSync(folder);
    } catch {
      return; // Somebody else has put something there.
    }
  }
}

/** The folders above `path` that are not there yet, outermost first. */
export function missingFolders(path: string): readonly string[] {
  const missing: string[] = [];
  for (let at = dirname(path); lstatSync(at, { throwIfNoEntry: false }) === undefined; at = dirname(at))
    missing.unshift(at);
  return missing;
}

const unusable = (path: string, why: string, cause?: unknown): CesError =>
  new CesError("GUARD_SETTINGS", `\`${path}\` is not changed: ${why}`, {
    remedy: "look at the file, then try again",
    ...(cause === undefined ? {} : { cause }),
  });
