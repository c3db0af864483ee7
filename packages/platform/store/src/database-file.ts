// The database as a file: ours alone, no link, nothing beside it that CES did not put there (S10).
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from "node:fs";
import { dirname } from "node:path";
import { checkComponents, ownedDirectory, ownUid } from "@ces/files";
import { tampered } from "./store-error.ts";

/** Checks the folder, the database and its companions. False: there is no database. Throws STATE_UNSAFE, STORE_SCHEMA. */
export function databaseExists(file: string): boolean {
  checkComponents(file);
  ownedDirectory(dirname(file));
  // CES writes WAL only: a rollback journal is foreign and would be played back at open.
  if (lstatSync(`${file}-journal`, { throwIfNoEntry: false })) throw refuse(`\`${file}-journal\` is not from CES`);
  const found = checkFile(file);
  for (const companion of [`${file}-wal`, `${file}-shm`])
    if (checkFile(companion) && !found) throw refuse(`\`${companion}\` stands without its database`);
  if (found) checkHeader(file);
  return found;
}

function checkFile(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats) return false;
  if (!stats.isFile()) throw refuse(`\`${path}\` is not a regular file`);
  if (stats.uid !== ownUid()) throw refuse(`\`${path}\` belongs to another user`);
  if (stats.nlink !== 1) throw refuse(`\`${path}\` has a second name`);
  if ((stats.mode & 0o077) !== 0) throw refuse(`\`${path}\` is open to others`);
  return true;
}

// Bytes 18 and 19 are the write and read version: 2 is WAL (SQLite file format §1.3).
function checkHeader(file: string): void {
  const fd = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!fstatSync(fd).isFile()) throw refuse(`\`${file}\` is not a regular file`);
    const start = Buffer.alloc(20);
    readSync(fd, start, 0, start.length, 0);
    const isWal = start.toString("latin1", 0, 16) === "SQLite format 3\0" && start[18] === 2 && start[19] === 2;
    if (!isWal) throw refuse(`\`${file}\` is not a database of CES`);
  } finally {
    closeSync(fd);
  }
}

function refuse(why: string): Error {
  return tampered("STORE_SCHEMA", why);
}
