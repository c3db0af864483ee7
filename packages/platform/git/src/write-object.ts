// Writes loose objects without a process and without a filter: the blob is the bytes (S11).
import {
  chownSync,
  closeSync,
  existsSync,
  fchownSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  writeSync,
} from "node:fs";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import { objectHeader, objectId, type ObjectFormat, type ObjectType } from "./object-id.ts";

const pack = promisify(deflate);

/** Where loose objects go: `<common dir>/objects`. */
export type ObjectFolder = { readonly folder: string; readonly format: ObjectFormat };

/**
 * Writes one object unless its loose file exists; returns its name. As root the file gets the folder's owner, so that the
 * repository's user can go on working. Not flushed to the disk, as git itself does not by default.
 */
export async function writeObject(to: ObjectFolder, type: ObjectType, bytes: Uint8Array): Promise<string> {
  const oid = objectId(to.format, type, bytes);
  const fanOut = join(to.folder, oid.slice(0, 2));
  const path = join(fanOut, oid.slice(2));
  if (existsSync(path)) return oid;
  const packed = await pack(Buffer.concat([objectHeader(type, bytes.length), bytes]), { level: 1 });
  const owner = statSync(to.folder);
  makeFolder(fanOut, owner);
  const temporary = join(fanOut, `tmp_obj_${randomBytes(9).toString("hex")}`);
  const fd = openSync(temporary, "wx", 0o444);
  try {
    for (let at = 0; at < packed.length;) at += writeSync(fd, packed, at);
    if (process.geteuid?.() === 0) fchownSync(fd, owner.uid, owner.gid);
  } finally {
    closeSync(fd);
  }
  renameSync(temporary, path);
  return oid;
}

function makeFolder(path: string, owner: { readonly uid: number; readonly gid: number }): void {
  const made = mkdirSync(path, { recursive: true, mode: 0o755 });
  if (made !== undefined && process.geteuid?.() === 0) chownSync(path, owner.uid, owner.gid);
}
