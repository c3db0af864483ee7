// Watches a box from the host for what no rlimit holds: time, disk, memory (S29). Every stop is a SIGKILL with a reason.
import { readFileSync, statfsSync } from "node:fs";
import type { BoxLimits, BoxPlan } from "./plan.ts";
import { kilobytes, processMemory, processTree } from "./process-facts.ts";
import type { ProcessHandle } from "./process-facts.ts";
import { measureFolders } from "./folder-usage.ts";
import type { FolderUsage } from "./folder-usage.ts";

/** Why a box was stopped by CES. */
export type StopReason =
  | "killed"
  | "wall"
  | "disk_bytes"
  | "disk_inodes"
  | "disk_free"
  | "disk_hidden"
  | "memory"
  | "memory_free"
  | "watcher_failed"
  | "halted"
  | "budget"
  | "idle";

const EVERY_MS = 250;
const LONGEST_REST_MS = 750;
// A longer timer would go off at once.
const LONGEST_MS = 2 ** 31 - 1;
/** Walks in a row that met a folder nobody can read before the box is stopped for hiding. */
const HIDDEN_WALKS = 4;

/** Watches until `stop` is called; calls `end` at most once. */
export function startBoxWatch(
  plan: BoxPlan,
  init: ProcessHandle,
  end: (reason: StopReason) => void,
): { readonly stop: () => void } {
  const state = { over: false, hidden: 0 };
  const finish = (reason: StopReason | undefined): void => {
    if (reason === undefined || state.over) return;
    stop();
    end(reason);
  };
  const wall = setTimeout(() => finish("wall"), Math.min(plan.limits.wall_ms, LONGEST_MS));
  const fast = setInterval(() => finish(guarded(() => overMachine(plan, init))), EVERY_MS);
  const stop = (): void => {
    state.over = true;
    clearTimeout(wall);
    clearInterval(fast);
  };
  void walkFolders(plan, state, finish);
  return { stop };
}

/** The host folders a box can write. */
export function writableFolders(plan: BoxPlan): readonly string[] {
  const { tree } = plan;
  const home = plan.home.kind === "dir" ? [plan.home.path] : [];
  const places =
    tree === undefined
      ? []
      : tree.writable
          .filter((w) => w.kind === "dir")
          .map((w) => (w.path === "" ? tree.source : `${tree.source}/${w.path}`));
  const own = (plan.places ?? []).filter((p) => p.access === "write" && p.kind === "dir").map((p) => p.source);
  const outer = [...places, ...own].filter(
    (path) => !places.some((other) => other !== path && path.startsWith(`${other}/`)),
  );
  return [...home, ...new Set(outer)];
}

function overMachine(plan: BoxPlan, init: ProcessHandle): StopReason | undefined {
  const { limits } = plan;
  const available = 1024 * kilobytes(readFileSync("/proc/meminfo", "utf8"), "MemAvailable");
  if (available < limits.memory_free_bytes) return "memory_free";
  for (const folder of [plan.root, ...writableFolders(plan)]) {
    const disk = statfsSync(folder);
    if (disk.bavail * disk.bsize < limits.disk_free_bytes) return "disk_free";
  }
  const used = processTree(init.pid).reduce((sum, pid) => sum + processMemory(pid), 0);
  return used > limits.memory_bytes ? "memory" : undefined;
}

// A walk may take longer than the interval on a large tree: it then rests three times as long as it worked, but never so
// long that a box could fill its folders unseen (S29).
async function walkFolders(
  plan: BoxPlan,
  state: { over: boolean; hidden: number },
  finish: (reason: StopReason | undefined) => void,
): Promise<void> {
  const folders = writableFolders(plan);
  while (!state.over && folders.length > 0) {
    const began = performance.now();
    try {
      finish(overFolders(await measureFolders(folders, plan.limits), plan.limits, state));
    } catch {
      finish("watcher_failed");
    }
    await new Promise(
      (resolve) =>
        void setTimeout(
          resolve,
          Math.min(Math.max(EVERY_MS, 3 * (performance.now() - began)), LONGEST_REST_MS),
        ).unref(),
    );
  }
}

function overFolders(usage: FolderUsage, limits: BoxLimits, state: { hidden: number }): StopReason | undefined {
  state.hidden = usage.hidden > 0 ? state.hidden + 1 : 0;
  if (usage.bytes > limits.disk_bytes) return "disk_bytes";
  if (usage.inodes > limits.disk_inodes) return "disk_inodes";
  return state.hidden >= HIDDEN_WALKS ? "disk_hidden" : undefined;
}

// SECURITY: a watcher that cannot see stops the box, it does not look away.
function guarded(check: () => StopReason | undefined): StopReason | undefined {
  try {
    return check();
  } catch {
    return "watcher_failed";
  }
}
