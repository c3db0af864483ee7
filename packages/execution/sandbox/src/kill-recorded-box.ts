// Ends a box that an earlier driver recorded, by the exact process it recorded or not at all (S33).
import { readdirSync } from "node:fs";
import { killExactly } from "./kill-exactly.ts";
import { bootId, isAlive, processStat, processTree, readProc, processHandle } from "./process-facts.ts";
import type { ProcessHandle } from "./process-facts.ts";

/** `not_ours`: the number now belongs to another process, or the record is of another boot. Nothing was killed then. */
export type RecordedEnd = "gone" | "killed" | "not_ours";

/**
 * SIGKILL for the recorded bwrap and everything below it; resolves when they are gone. With `root`, processes that still
 * have that box root mounted count as the box too, so that survivors of a driver killed mid-setup are found.
 */
export async function killRecordedBox(handle: ProcessHandle, root?: string): Promise<RecordedEnd> {
  const recorded = endTree(handle);
  const strays = root === undefined ? [] : boxProcesses(root);
  for (const stray of strays) killExactly(stray);
  for (const each of [...recorded.killed, ...strays]) while (isAlive(each)) await pause(1);
  return recorded.end === "gone" && strays.length > 0 ? "killed" : recorded.end;
}

/** Living processes of a box, known by its root standing in their mount table (nothing inside can take it out). */
export function boxProcesses(root: string): readonly ProcessHandle[] {
  const found: ProcessHandle[] = [];
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    const mounts = readProc(`/proc/${name}/mountinfo`);
    const handle = mounts?.includes(`${root}/`) === true ? processHandle(Number(name)) : undefined;
    if (handle !== undefined) found.push(handle);
  }
  return found;
}

function endTree(handle: ProcessHandle): { readonly end: RecordedEnd; readonly killed: readonly ProcessHandle[] } {
  if (handle.boot_id !== bootId()) return { end: "gone", killed: [] };
  if (!isAlive(handle)) {
    const stat = processStat(handle.pid);
    return { end: stat === undefined || stat.startTicks === handle.start_ticks ? "gone" : "not_ours", killed: [] };
  }
  const killed = processTree(handle.pid)
    .map(processHandle)
    .filter((each) => each !== undefined);
  for (const each of killed) killExactly(each);
  return { end: "killed", killed };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
