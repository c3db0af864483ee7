// Memory and processes of a whole box, held by the kernel, where this machine lets us make a control group: version 2 with a
// delegated parent, or version 1 as root. Elsewhere there is none, and the watcher holds what it can; the caller is told which.
import { mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pause } from "./pause.ts";
import type { BoxLimits } from "./plan.ts";
import { readProc } from "./process-facts.ts";

/** What a group can hold. */
export type GroupLimit = "memory_bytes" | "processes";

/** A group of processes. `held` names the limits that the kernel took. */
export type ResourceGroup = {
  readonly held: readonly GroupLimit[];
  /** Puts a process in; what it starts afterwards is in as well. */
  readonly join: (pid: number) => void;
  /** Processes the kernel ended for want of memory. */
  readonly memoryKills: () => number;
  /** Takes the group away; its processes must be gone. */
  readonly close: () => Promise<void>;
};

type Folder = { readonly path: string; readonly holds: readonly GroupLimit[]; readonly events: string };

const PREFIX = "ces-box-";
const BASE = "/sys/fs/cgroup";

/** Makes a group called `name`, or one that holds nothing. Never throws: what is not held is said by `held`. */
export function openResourceGroup(name: string, limits: Pick<BoxLimits, "memory_bytes" | "processes">): ResourceGroup {
  const own = readProc("/proc/self/cgroup") ?? "";
  const folders = unified(own, name, limits) ?? versionOne(own, name, limits);
  return {
    held: folders.flatMap(({ holds }) => holds),
    join: (pid) => {
      for (const { path } of folders) writeFileSync(join(path, "cgroup.procs"), `${pid}`);
    },
    memoryKills: () => folders.reduce((sum, { path, events }) => sum + countOf(join(path, events), "oom_kill"), 0),
    close: async () => {
      for (const { path } of folders) await remove(path);
    },
  };
}

// Version 2: a sibling or a child of our own group, where its parent hands memory and pids on.
function unified(
  own: string,
  name: string,
  limits: Parameters<typeof openResourceGroup>[1],
): readonly Folder[] | undefined {
  const path = /^0::(\/.*)$/m.exec(own)?.[1];
  if (path === undefined || !isThere(`${BASE}/cgroup.controllers`)) return undefined;
  for (const parent of [join(BASE, dirname(path)), join(BASE, path)]) {
    const handed = (readProc(`${parent}/cgroup.subtree_control`) ?? "").split(/\s+/);
    if (!handed.includes("memory") || !handed.includes("pids")) continue;
    const made = make(parent, name, [
      ["memory.max", limits.memory_bytes],
      ["memory.swap.max", 0],
      ["pids.max", limits.processes],
    ]);
    if (made !== undefined) return [{ path: made, holds: ["memory_bytes", "processes"], events: "memory.events" }];
  }
  return undefined;
}

// Version 1: memory alone. Processes are held by their rlimit as well, and each controller makes joining slower.
function versionOne(own: string, name: string, limits: Parameters<typeof openResourceGroup>[1]): readonly Folder[] {
  const path = /^\d+:memory:(\/.*)$/m.exec(own)?.[1];
  if (path === undefined) return [];
  const made = make(join(BASE, "memory", path), name, [["memory.limit_in_bytes", limits.memory_bytes]]);
  return made === undefined ? [] : [{ path: made, holds: ["memory_bytes"], events: "memory.oom_control" }];
}

// All or nothing: a group that took only half of its limits is none.
function make(parent: string, name: string, limits: readonly (readonly [string, number])[]): string | undefined {
  sweep(parent);
  const path = join(parent, PREFIX + name);
  try {
    mkdirSync(path);
  } catch {
    return undefined;
  }
  try {
    for (const [file, value] of limits) if (isThere(join(path, file))) writeFileSync(join(path, file), `${value}`);
    return limits.some(([file]) => isThere(join(path, file))) ? path : give(path);
  } catch {
    return give(path);
  }
}

function give(path: string): undefined {
  try {
    rmdirSync(path);
  } catch {
    // Left for the next sweep.
  }
}

// Groups of a driver that was killed: empty by then, and refused by the kernel when they are not.
function sweep(parent: string): void {
  try {
    for (const name of readdirSync(parent)) if (name.startsWith(PREFIX)) give(join(parent, name));
  } catch {
    // Nothing to sweep where we cannot look.
  }
}

// A group is busy for a moment after its last process was reaped.
async function remove(path: string): Promise<void> {
  for (let left = 50; left > 0 && isThere(path); left -= 1) {
    give(path);
    if (isThere(path)) await pause(2);
  }
}

function countOf(file: string, name: string): number {
  return Number(new RegExp(`^${name} (\\d+)`, "m").exec(readText(file))?.[1] ?? 0);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
