// Directories of the trust domain: ours, 0700, real.
import { lstatSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { checkComponents, ownUid, unsafe } from "./owned-path.ts";

/** Makes the directory (and its parents) with mode 0700 if it is missing, then checks it. Throws CesError STATE_UNSAFE. */
export function ownedDirectory(path: string): string {
  checkComponents(path);
  makeDirectory(path);
  checkComponents(path);
  const stats = lstatSync(path);
  if (!stats.isDirectory()) throw unsafe(`\`${path}\` is not a directory`);
  if (stats.uid !== ownUid()) throw unsafe(`\`${path}\` belongs to another user`);
  if ((stats.mode & 0o077) !== 0)
    throw unsafe(`\`${path}\` is open to others (mode ${(stats.mode & 0o777).toString(8)})`);
  return path;
}

function makeDirectory(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })) return;
  if (dirname(path) !== path) makeDirectory(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process of ours may have been faster; the check after this one judges what is there.
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST"))
      throw unsafe(`\`${path}\` cannot be made`, error);
  }
}
