// Processes of a box whose driver is gone. Most end by themselves (S18); what may stay is a first process that bwrap died on
// before letting it go ahead: it can never run anything, but it is there.
import { readdirSync } from "node:fs";
import { killExactly } from "./kill-exactly.ts";
import { pause } from "./pause.ts";
import { isAlive, processHandle, readProc } from "./process-facts.ts";
import type { ProcessHandle } from "./process-facts.ts";
import { boxMark } from "./start-script.ts";

/** Living processes of a box: its root stands in their mount table (nothing inside can take it out), or its mark in their arguments. */
export function boxProcesses(root: string): readonly ProcessHandle[] {
  const found: ProcessHandle[] = [];
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid || !belongs(name, root)) continue;
    const handle = processHandle(Number(name));
    if (handle !== undefined) found.push(handle);
  }
  return found;
}

/** Kills what is left of a box, resolves when it is gone; the number of processes there were. Only with the box's lock in hand. */
export async function sweepBox(root: string): Promise<number> {
  const strays = boxProcesses(root);
  for (const stray of strays) killExactly(stray);
  for (const stray of strays) while (isAlive(stray)) await pause(1);
  return strays.length;
}

/** True while a process lives in the finished walls of a box, as against one that never got there. */
export function isInside(handle: ProcessHandle, root: string): boolean {
  return readProc(`/proc/${handle.pid}/mountinfo`)?.includes(`${root}/`) === true;
}

function belongs(pid: string, root: string): boolean {
  if (readProc(`/proc/${pid}/mountinfo`)?.includes(`${root}/`) === true) return true;
  return readProc(`/proc/${pid}/cmdline`)?.split("\0").includes(boxMark(root)) === true;
}
