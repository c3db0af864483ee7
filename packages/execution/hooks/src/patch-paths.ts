// The paths that a patch in codex's own format would touch. Only headers are read; content lines start with a sign.
import type { FileTouch } from "./hook-call.ts";

const header = /^[ \t]*\*\*\* (Add File|Update File|Delete File|Move to): (.+?)[ \t]*\r?$/gm;

/** Each file named in `*** Add File:`, `*** Update File:`, `*** Delete File:` and `*** Move to:` lines, in order. */
export function patchTouches(patch: string): readonly FileTouch[] {
  return Array.from(patch.matchAll(header), ([, what, path = ""]) => ({
    verb: what === "Delete File" ? ("delete" as const) : ("write" as const),
    path,
  }));
}
