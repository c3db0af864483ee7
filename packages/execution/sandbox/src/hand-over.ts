// As root a box runs as another user, who must own what it may write: the tree's copy and its HOME (S02).
import { constants, lchownSync, lstatSync, openSync, closeSync, readdirSync } from "node:fs";
import type { BoxUser } from "./box-user.ts";

/** Gives a folder and everything in it to the box user; links themselves, never what they point to. Does nothing for an ordinary user. */
export function handOver(path: string, user: BoxUser): void {
  if (process.geteuid?.() !== 0) return;
  give(Buffer.from(path), user);
}

// SECURITY: after a first run the names are attacker-controlled: folders are opened without following and read by descriptor.
function give(path: Buffer, user: BoxUser): void {
  lchownSync(path, user.uid, user.gid);
  if (!lstatSync(path).isDirectory()) return;
  const folder = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    const base = Buffer.from(`/proc/self/fd/${folder}/`);
    for (const name of readdirSync(base, { encoding: "buffer" })) give(Buffer.concat([base, name]), user);
  } finally {
    closeSync(folder);
  }
}
