// The worktree that a journalled freeze will read.
import { parseJson } from "@ces/kernel";
import type { Effect } from "@ces/records";

/** The folder that a `freeze` effect names. */
export function worktreeOf(effect: Effect): string {
  const read = parseJson(effect.input);
  const value = read.kind === "parsed" ? read.value : null;
  const dir = typeof value === "object" && value !== null && "tree_dir" in value ? value.tree_dir : null;
  if (typeof dir !== "string") throw new Error("the freeze effect names no worktree");
  return dir;
}
