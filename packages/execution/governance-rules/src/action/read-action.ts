// An action as text (`file:read:/a`, `http:GET:host/a`, `shell:git status`) read once, in one spelling, before any rule sees it.
// Attacker-controlled: the agent chose the text.

import { type KindReading, plainReading, type ReadAction, type Unreadable } from "./action-reading.ts";
import { readFileAction } from "./file-action.ts";
import { readHttpAction } from "./http-action.ts";
import { readShellAction } from "./shell-action.ts";

/** Longest action, in UTF-16 units. */
export const MAX_ACTION = 65_536;

// With the u flag a pair is one character, so only halves match.
const UNREADABLE = /[\p{Surrogate}\0]/u;

/** Reads an action. Linear in its length; never throws. */
export function readAction(raw: string): ReadAction | Unreadable {
  if (raw === "") return { why: "the action is empty" };
  if (raw.length > MAX_ACTION) return { why: `the action is longer than ${MAX_ACTION} characters` };
  if (UNREADABLE.test(raw)) return { why: "the action holds U+0000 or half a character" };
  const colon = raw.indexOf(":");
  const kind = colon < 0 ? "" : raw.slice(0, colon).trim().toLowerCase();
  const read = readKind(kind, raw, raw.slice(colon + 1));
  return "why" in read ? read : { raw, kind, ...read };
}

function readKind(kind: string, raw: string, rest: string): KindReading | Unreadable {
  switch (kind) {
    case "file":
      return readFileAction(rest);
    case "http":
    case "https":
      return readHttpAction(kind, rest);
    case "shell":
      return readShellAction(rest);
    default:
      return plainReading(raw);
  }
}
