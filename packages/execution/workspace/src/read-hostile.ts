// The one function that reads what a sandbox could have written (S06): transcripts, reports, anything at a path.
import { closeSync, type BigIntStats } from "node:fs";
import { openFolder, openFolderBelow, readBelow, statBelow } from "./open-at.ts";
import { isCesError } from "@ces/kernel";

/** `root` is absolute, trusted and no link; `path` is relative to it. */
export type HostileLimits = { readonly root: string; readonly maxBytes: number };

/** Why a file is not read. */
export type HostileRefusal = "path" | "link" | "not_a_file" | "second_name" | "too_large" | "moved";

/** The bytes, nothing there, or the refusal. */
export type HostileRead =
  | { readonly kind: "read"; readonly bytes: Buffer }
  | { readonly kind: "absent" }
  | { readonly kind: "refused"; readonly code: "HOSTILE_FILE"; readonly why: HostileRefusal };

/**
 * Reads one regular file with one name. Every component is looked at first and opened without following links; call it only
 * when every process of the sandbox is dead. Never blocks on a FIFO or device.
 */
export function readHostile(path: string, { root, maxBytes }: HostileLimits): HostileRead {
  const names = path.split("/");
  if (names.some((name) => name === "" || name === "." || name === ".." || name.includes("\0"))) return refused("path");
  const open = [openFolder(root)];
  try {
    for (const name of names.slice(0, -1)) {
      const step = enter(open.at(-1) ?? -1, name);
      if (typeof step !== "number") return step;
      open.push(step);
    }
    return readLast(open.at(-1) ?? -1, names.at(-1) ?? "", maxBytes);
  } catch (error) {
    if (isCesError(error, "WORKSPACE_MOVED")) return refused("moved");
    throw error;
  } finally {
    for (const fd of open) closeSync(fd);
  }
}

function enter(folder: number, name: string): number | HostileRead {
  const facts = statBelow(folder, name);
  if (facts === undefined) return { kind: "absent" };
  if (facts.isSymbolicLink()) return refused("link");
  return facts.isDirectory() ? openFolderBelow(folder, name, facts) : refused("not_a_file");
}

function readLast(folder: number, name: string, maxBytes: number): HostileRead {
  const facts = statBelow(folder, name);
  if (facts === undefined) return { kind: "absent" };
  const why = refusalOf(facts, maxBytes);
  return why === undefined ? { kind: "read", bytes: readBelow(folder, name, facts) } : refused(why);
}

function refusalOf(facts: BigIntStats, maxBytes: number): HostileRefusal | undefined {
  if (facts.isSymbolicLink()) return "link";
  if (!facts.isFile()) return "not_a_file";
  if (facts.nlink !== 1n) return "second_name";
  return facts.size > BigInt(maxBytes) ? "too_large" : undefined;
}

function refused(why: HostileRefusal): HostileRead {
  return { kind: "refused", code: "HOSTILE_FILE", why };
}
