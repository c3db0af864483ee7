// One folder or file name of a glob: `*`, `?`, `[…]` and literal characters, by code point.

import { CesError } from "./ces-error.ts";

/** True when the name matches. */
export type SegmentTest = (name: string) => boolean;

type Token = "star" | ((char: string) => boolean);

/** Compiles one segment. Throws CesError `GLOB_INVALID` for an unclosed, empty or reversed class. */
export function compileSegment(pattern: string, segment: string): SegmentTest {
  if (!/[*?[]/.test(segment)) return (name) => name === segment;
  const tokens = tokenize(pattern, [...segment]);
  return (name) => matches(tokens, [...name]);
}

function tokenize(pattern: string, chars: readonly string[]): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < chars.length; at += 1) {
    const char = chars[at] ?? "";
    if (char === "*") tokens.push("star");
    else if (char === "?") tokens.push(() => true);
    else if (char === "[") {
      const close = chars.indexOf("]", at + 2);
      if (close < 0) throw invalid(pattern, "an unclosed or empty `[…]`");
      tokens.push(compileClass(pattern, chars.slice(at + 1, close)));
      at = close;
    } else tokens.push((other) => other === char);
  }
  return tokens;
}

function compileClass(pattern: string, body: readonly string[]): (char: string) => boolean {
  const negated = body[0] === "!" || body[0] === "^";
  const items = negated ? body.slice(1) : body;
  if (items.length === 0) throw invalid(pattern, "an empty `[…]`");
  const ranges = readRanges(pattern, items);
  return (char) => ranges.some(([low, high]) => inRange(char, low, high)) !== negated;
}

function readRanges(pattern: string, items: readonly string[]): readonly (readonly [string, string])[] {
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < items.length; at += 1) {
    const low = items[at] ?? "";
    const isRange = items[at + 1] === "-" && at + 2 < items.length;
    const high = isRange ? (items[at + 2] ?? "") : low;
    if (code(high) < code(low)) throw invalid(pattern, "a reversed range in `[…]`");
    ranges.push([low, high]);
    if (isRange) at += 2;
  }
  return ranges;
}

function inRange(char: string, low: string, high: string): boolean {
  return code(char) >= code(low) && code(char) <= code(high);
}

function code(char: string): number {
  return char.codePointAt(0) ?? 0;
}

// Greedy with one remembered star: at most tokens × characters steps, for any attacker-controlled name.
function matches(tokens: readonly Token[], chars: readonly string[]): boolean {
  let token = 0;
  let star = -1;
  let resume = 0;
  for (let at = 0; at < chars.length;) {
    const current = tokens[token];
    if (current === "star") {
      star = token;
      resume = at;
      token += 1;
    } else if (current !== undefined && current(chars[at] ?? "")) {
      token += 1;
      at += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      token = star + 1;
    } else return false;
  }
  return tokens.slice(token).every((rest) => rest === "star");
}

function invalid(pattern: string, what: string): CesError {
  return new CesError("GLOB_INVALID", `the pattern \`${pattern}\` has ${what}`);
}
