// The receipt's place is taken before anything runs, and filled before success is told (F-29): a temporary file beside it, opened
// exclusively, written, synced, renamed.
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { randomBytes } from "node:crypto";
import { CesError } from "@ces/kernel";

/** A reserved place. `write` may be called once; `release` gives the place up if nothing was written. */
export type ReservedReceipt = {
  readonly path: string;
  /** Throws CesError `RECEIPT_UNWRITABLE`; show the text elsewhere then. */
  readonly write: (content: string | Buffer) => void;
  readonly release: () => void;
};

/** Reserves `path`; its folders are made. Throws CesError `RECEIPT_UNWRITABLE` when a receipt could not be put there. */
export function reserveReceipt(path: string): ReservedReceipt {
  const target = resolve(path);
  const folder = dirname(target);
  const temporary = join(folder, `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
  const fd = attempt(target, () => {
    makeFolders(folder);
    if (lstatSync(target, { throwIfNoEntry: false })?.isDirectory() === true) throw new Error("it is a folder");
    return openSync(temporary, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_NOFOLLOW, 0o644);
  });
  let open = true;
  const close = (): void => {
    if (open) closeSync(fd);
    open = false;
  };
  return {
    path: target,
    write: (content) =>
      attempt(target, () => {
        writeFileSync(fd, content);
        fsyncSync(fd);
        confirm(fd, temporary);
        renameSync(temporary, target);
        close();
        syncFolder(folder);
      }),
    release: () => {
      close();
      rmSync(temporary, { force: true });
    },
  };
}

// Not node's own `recursive`: it never comes back from a folder that refuses with ENOENT, as those of /proc do.
function makeFolders(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false }) !== undefined) return;
  makeFolders(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}

// SECURITY: a command that can write this folder may have put its own file under our temporary name.
function confirm(fd: number, temporary: string): void {
  const [ours, there] = [fstatSync(fd), lstatSync(temporary)];
  if (ours.ino !== there.ino || ours.dev !== there.dev || ours.nlink !== 1) throw new Error("it was tampered with");
}

function syncFolder(folder: string): void {
  const fd = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  fsyncSync(fd);
  closeSync(fd);
}

function attempt<Of>(target: string, act: () => Of): Of {
  try {
    return act();
  } catch (error) {
    const why = error instanceof Error ? error.message : "it failed";
    throw new CesError("RECEIPT_UNWRITABLE", `no receipt can be written to \`${target}\`: ${why}`, {
      remedy: "name another place with --receipt-out",
      cause: error,
    });
  }
}
