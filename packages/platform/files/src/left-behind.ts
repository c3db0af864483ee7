// What a writer leaves that was killed in the middle: a temporary file, or a second name of a file that was whole already.
import { fstatSync, lstatSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

// As `owned-file.ts` names them: a dot, the file's own name, 16 hex digits.
const TEMPORARY = /^\.(.+)\.[0-9a-f]{16}$/;

/** Removes temporary files of the names that `isOurs` takes. Only for whoever holds the lock of the folder: a living writer's would go, too. */
export function dropTemporaries(folder: string, isOurs: (name: string) => boolean): void {
  for (const name of readdirSync(folder)) {
    const of = TEMPORARY.exec(name)?.[1];
    if (of !== undefined && isOurs(of)) rmSync(join(folder, name), { force: true });
  }
}

/**
 * Removes the temporary name that a killed writer left to the open file at `path`. False: the file still has a second name, of somebody
 * else's making. SECURITY: only a name of our own form, in the same folder of ours, to the very same file.
 */
export function dropTwin(fd: number, path: string): boolean {
  const [folder, ino] = [dirname(path), fstatSync(fd).ino];
  for (const name of readdirSync(folder)) {
    if (TEMPORARY.exec(name)?.[1] !== basename(path)) continue;
    if (lstatSync(join(folder, name), { throwIfNoEntry: false })?.ino === ino)
      rmSync(join(folder, name), { force: true });
  }
  return fstatSync(fd).nlink === 1;
}
