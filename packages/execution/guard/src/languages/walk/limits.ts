// Bounds of the walk: what is nested beyond them is not read, and says so.
import type { Run, Walk } from "./dialect.ts";

const deepest = 100;

/** True when the walk is as deep as it goes. */
export const tooDeep = (walk: Walk): boolean => walk.depth >= deepest;

/** Leaves the rest of the row unread and reports it. */
export function giveUpWalk(walk: Walk, run: Run): undefined {
  run.at = run.nodes.length;
  walk.report({ kind: "dynamic", what: "cannot be read: nested too deeply", decoded: false });
  return undefined;
}
