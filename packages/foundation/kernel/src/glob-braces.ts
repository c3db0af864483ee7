// `{a,b}` written out as plain patterns, bounded: braces multiply, and the pattern may be attacker-controlled.

import { CesError } from "./ces-error.ts";

const MAX_ALTERNATIVES = 64;

/** All patterns that `pattern` stands for, without braces. Throws CesError `GLOB_INVALID`. */
export function expandBraces(pattern: string): readonly string[] {
  const open = findOutsideClass(pattern, 0, "{}");
  if (open < 0) return [pattern];
  const arms = pattern[open] === "{" ? splitArms(pattern, open) : undefined;
  if (arms === undefined || arms.texts.length < 2) throw invalid(pattern, "has unbalanced or one-armed braces");
  const head = pattern.slice(0, open);
  const tail = pattern.slice(arms.end);
  const expanded: string[] = [];
  for (const text of arms.texts) {
    expanded.push(...expandBraces(head + text + tail));
    if (expanded.length > MAX_ALTERNATIVES) throw invalid(pattern, `has more than ${MAX_ALTERNATIVES} alternatives`);
  }
  return expanded;
}

type Arms = { readonly texts: readonly string[]; readonly end: number };

function splitArms(pattern: string, open: number): Arms | undefined {
  const texts: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = open; at >= 0; at = findOutsideClass(pattern, at + 1, "{},")) {
    const char = pattern[at];
    if (char === "{") depth += 1;
    if (char === "}") depth -= 1;
    const ends = depth === 0;
    if (!ends && !(char === "," && depth === 1)) continue;
    texts.push(pattern.slice(start, at));
    start = at + 1;
    if (ends) return { texts, end: start };
  }
  return undefined;
}

// Inside `[…]` braces and commas are ordinary; `[` needs at least one character before its `]`.
function findOutsideClass(pattern: string, from: number, wanted: string): number {
  for (let at = from; at < pattern.length; at += 1) {
    const char = pattern.charAt(at);
    if (wanted.includes(char)) return at;
    const close = char === "[" ? pattern.indexOf("]", at + 2) : -1;
    if (close > 0) at = close;
  }
  return -1;
}

function invalid(pattern: string, why: string): CesError {
  return new CesError("GLOB_INVALID", `the pattern \`${pattern}\` ${why}`);
}
