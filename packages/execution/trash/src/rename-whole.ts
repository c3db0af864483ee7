// A rename to another folder, also for a folder that its owner may not write to.
import { chmodSync, closeSync, renameSync, type BigIntStats } from "node:fs";
import { below, codeOf, holdAt, type At } from "./open-below.ts";

/** Renames; a folder's mode is the same afterwards. Throws node's errors (EXDEV, EACCES, ENOTEMPTY). */
export function renameWhole(from: At, to: At, facts: BigIntStats): void {
  try {
    renameSync(below(from), below(to));
  } catch (error) {
    if (codeOf(error) !== "EACCES" || !facts.isDirectory()) throw error;
    renameOpened(from, to, Number(facts.mode & 0o7777n));
  }
}

// Another parent means another `..` inside of the folder, for which the kernel wants write permission on the folder itself.
function renameOpened(from: At, to: At, mode: number): void {
  const self = holdAt(from);
  try {
    chmodSync(`/proc/self/fd/${self}`, mode | 0o300);
    try {
      renameSync(below(from), below(to));
    } finally {
      chmodSync(`/proc/self/fd/${self}`, mode);
    }
  } finally {
    closeSync(self);
  }
}
