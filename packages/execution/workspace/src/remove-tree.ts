// Removes what a sandbox left (S28): any depth, any name, folders without rights, no link followed, no other device entered.
import { closeSync, readdirSync, renameSync, rmdirSync, unlinkSync } from "node:fs";
import { basename, dirname } from "node:path";
import { setImmediate } from "node:timers/promises";
import { CesError } from "@ces/kernel";
import { below, openFolder, openFolderBelow, statBelow } from "./open-at.ts";

type Pile = { readonly fd: number; readonly dev: bigint; next: number };

const MOVED_UP = "ces-removing-";

/**
 * Removes `dir` (absolute, its parents trusted) and all below it; absent is fine, a link is only unlinked.
 * Throws CesError `REMOVE_OTHER_DEVICE` at a mount point: something is still mounted there.
 */
export async function removeTree(dir: string): Promise<void> {
  const parent = openFolder(dirname(dir));
  const name = Buffer.from(basename(dir));
  try {
    const facts = statBelow(parent, name);
    if (facts === undefined) return;
    if (!facts.isDirectory()) return unlinkSync(below(parent, name));
    const fd = openFolderBelow(parent, name, facts);
    try {
      await empty({ fd, dev: facts.dev, next: 0 });
    } finally {
      closeSync(fd);
    }
    rmdirSync(below(parent, name));
  } finally {
    closeSync(parent);
  }
}

// Folders with folders in them are moved up to the root before they are emptied: one descriptor at a time, any depth.
async function empty(pile: Pile): Promise<void> {
  for (let names = list(pile.fd); names.length > 0; names = list(pile.fd)) {
    for (const name of names) {
      removeOne(pile, name);
      await setImmediate();
    }
  }
}

function removeOne(pile: Pile, name: Buffer): void {
  const facts = statBelow(pile.fd, name);
  if (facts === undefined) return;
  if (!facts.isDirectory()) return unlinkSync(below(pile.fd, name));
  if (facts.dev !== pile.dev) throw otherDevice();
  const fd = openFolderBelow(pile.fd, name, facts);
  try {
    for (const child of list(fd)) clear(pile, fd, child);
  } finally {
    closeSync(fd);
  }
  rmdirSync(below(pile.fd, name));
}

function clear(pile: Pile, folder: number, child: Buffer): void {
  const facts = statBelow(folder, child);
  if (facts === undefined) return;
  if (!facts.isDirectory()) return unlinkSync(below(folder, child));
  if (facts.dev !== pile.dev) throw otherDevice();
  // A folder can be moved only by someone who may write in it; opening it gives its owner that right.
  closeSync(openFolderBelow(folder, child, facts));
  renameSync(below(folder, child), below(pile.fd, freeName(pile)));
}

function freeName(pile: Pile): string {
  for (;;) {
    const name = `${MOVED_UP}${pile.next++}`;
    if (statBelow(pile.fd, name) === undefined) return name;
  }
}

function list(fd: number): readonly Buffer[] {
  return readdirSync(below(fd, "."), { encoding: "buffer" });
}

function otherDevice(): CesError {
  return new CesError("REMOVE_OTHER_DEVICE", "something is mounted inside the folder to remove", {
    remedy: "unmount it, then run the command again",
  });
}
