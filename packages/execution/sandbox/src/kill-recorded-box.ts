// Ends a box that an earlier driver recorded, by the exact process it recorded or not at all (S33).
import { sweepBox } from "./box-strays.ts";
import { killExactly } from "./kill-exactly.ts";
import { pause } from "./pause.ts";
import { bootId, isAlive, processHandle, processStat, processTree } from "./process-facts.ts";
import type { ProcessHandle } from "./process-facts.ts";

/** `not_ours`: the number now belongs to another process, or the record is of another boot. Nothing was killed then. */
export type RecordedEnd = "gone" | "killed" | "not_ours";

/**
 * SIGKILL for the recorded bwrap and everything below it; resolves when they are gone. With `root`, whatever else is left of
 * that box goes too (`sweepBox`).
 */
export async function killRecordedBox(handle: ProcessHandle, root?: string): Promise<RecordedEnd> {
  const recorded = endTree(handle);
  for (const each of recorded.killed) while (isAlive(each)) await pause(1);
  const strays = root === undefined ? 0 : await sweepBox(root);
  return recorded.end === "gone" && strays > 0 ? "killed" : recorded.end;
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
