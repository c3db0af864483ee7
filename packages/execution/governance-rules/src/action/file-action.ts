// `file:VERB:PATH`: the path without detours, and a prefix that counts only up to a whole segment.

import type { MayEnd } from "../machine/machine.ts";
import { type KindReading, plainReading, toolName, type Unreadable } from "./action-reading.ts";
import { resolveDots } from "./path-text.ts";

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** Reads what stands after `file:`. */
export function readFileAction(rest: string): KindReading | Unreadable {
  const colon = rest.indexOf(":");
  const verb = (colon < 0 ? rest : rest.slice(0, colon)).trim().toLowerCase();
  if (colon < 0) return plainReading(`file:${verb}`);
  const path = rest.slice(colon + 1);
  if (CONTROL.test(path)) return { why: "the action's path holds a control character" };
  if (isTwoPaths(path)) return { why: "the action's path is another one where a backslash separates folders" };
  const head = `file:${verb}:`;
  const normal = head + resolveDots(path);
  // Where a backslash separates folders, this is the path.
  const readings = path.includes("\\") ? [head + resolveDots(path.replaceAll("\\", "/"))] : [];
  return {
    normal,
    readings,
    words: null,
    allWords: [],
    mayEnd: atSegments(normal, head.length),
    tool_name: toolName("file", verb),
  };
}

// `/workspace/..\\..\\etc` is a file's name here and /etc there; no rule that allows can mean both.
function isTwoPaths(path: string): boolean {
  return path.includes("\\") && resolveDots(path).replaceAll("\\", "/") !== resolveDots(path.replaceAll("\\", "/"));
}

/** Ends of whole segments of the path that begins at `from`; before it everything. */
export function atSegments(text: string, from: number): MayEnd {
  return (index) => index <= from || index === text.length || text[index] === "/" || text[index - 1] === "/";
}
