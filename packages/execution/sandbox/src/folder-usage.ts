// Counts what a box holds on disk while it may be changing it (attacker-controlled names and links): every folder is opened
// without following links and read through its descriptor, so a swapped path leads nowhere.
import { constants } from "node:fs";
import { lstat, open, readdir } from "node:fs/promises";
import type { BoxLimits } from "./plan.ts";

/** Bytes allocated on disk, names, and folders that could not be read or lie too deep. */
export type FolderUsage = { bytes: number; inodes: number; hidden: number };

const MAX_DEPTH = 200;
const FOLDER = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

/** Sums the folders; stops early once a limit is passed. Entries that vanish meanwhile are not counted. */
export async function measureFolders(
  folders: readonly string[],
  limits: Pick<BoxLimits, "disk_bytes" | "disk_inodes">,
): Promise<FolderUsage> {
  const usage: FolderUsage = { bytes: 0, inodes: 0, hidden: 0 };
  const enough = (): boolean => usage.bytes > limits.disk_bytes || usage.inodes > limits.disk_inodes;
  for (const folder of folders) await measure(Buffer.from(folder), usage, enough, 0);
  return usage;
}

async function measure(path: Buffer, usage: FolderUsage, enough: () => boolean, depth: number): Promise<void> {
  if (depth > MAX_DEPTH) return void (usage.hidden += 1);
  const folder = await open(path, FOLDER).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EACCES" || error.code === "EPERM") usage.hidden += 1;
    return undefined;
  });
  if (folder === undefined) return;
  try {
    const base = Buffer.from(`/proc/self/fd/${folder.fd}/`);
    for (const name of await readdir(base, { encoding: "buffer" })) {
      if (enough()) return;
      await count(Buffer.concat([base, name]), usage, enough, depth);
    }
  } finally {
    await folder.close();
  }
}

async function count(path: Buffer, usage: FolderUsage, enough: () => boolean, depth: number): Promise<void> {
  const stat = await lstat(path).catch(() => undefined);
  if (stat === undefined) return;
  usage.inodes += 1;
  usage.bytes += stat.blocks * 512;
  if (stat.isDirectory()) await measure(path, usage, enough, depth + 1);
}
