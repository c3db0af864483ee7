// A copy of a worktree as it stands, taken on the host before an agent's destructive command is let go, so that it can be undone.
// SECURITY: S26 — the copy lies where no box can write; it is read back only from inside the walls of the run it was taken of.
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CesError } from "@ces/kernel";
import { walkTree } from "./walk-tree.ts";

/** Bounds of one copy. */
export interface KeepLimits {
  readonly bytes: number;
  readonly files: number;
}

export const KEEP_LIMITS: KeepLimits = { bytes: 512 * 1024 * 1024, files: 50_000 };

/** What was kept. `left_out` names what is no regular file, folder or link. */
export interface KeptTree {
  readonly files: number;
  readonly bytes: number;
  readonly left_out: readonly string[];
}

/**
 * Copies the tree at `source` into the new folder `into` (absolute; its parent is trusted). Files that change while they are read are
 * read as they are then. Throws CesError `KEEP_TOO_LARGE`; nothing is left behind then.
 */
export async function keepTree(source: string, into: string, limits: KeepLimits = KEEP_LIMITS): Promise<KeptTree> {
  mkdirSync(into, { recursive: true });
  chmodSync(into, 0o755);
  try {
    return await copyAll(source, into, limits);
  } catch (error) {
    rmSync(into, { recursive: true, force: true });
    throw error;
  }
}

async function copyAll(source: string, into: string, limits: KeepLimits): Promise<KeptTree> {
  let files = 0;
  let bytes = 0;
  const left_out: string[] = [];
  for await (const entry of walkTree(source, { enter: (path) => path !== ".git", maxDepth: 128 })) {
    const to = join(into, entry.path);
    if (entry.kind === "folder") mkdirSync(to, { recursive: true, mode: 0o755 });
    else if (entry.kind === "link") symlinkSync(entry.target, to);
    else if (entry.kind === "odd") left_out.push(entry.path);
    else {
      files += 1;
      bytes += Number(entry.facts.size);
      if (files > limits.files || bytes > limits.bytes)
        throw new CesError("KEEP_TOO_LARGE", "the tree is larger than what is kept before a destructive command", {
          remedy: "let the agent delete by smaller steps, or raise the disk budget",
        });
      writeFileSync(to, entry.read(), { flag: "wx" });
      chmodSync(to, Number(entry.facts.mode & 0o777n));
    }
  }
  return { files, bytes, left_out };
}
