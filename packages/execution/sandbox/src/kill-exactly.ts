// One place that sends SIGKILL.
import { isAlive } from "./process-facts.ts";
import type { ProcessHandle } from "./process-facts.ts";

/**
 * SIGKILL for the very process of the handle, never for a later one with its number (S33). Between the look and the signal
 * lies a system call's time; Node has no pidfd.
 */
export function killExactly(handle: ProcessHandle): void {
  if (!isAlive(handle)) return;
  try {
    process.kill(handle.pid, "SIGKILL");
  } catch {
    // Gone in between.
  }
}
