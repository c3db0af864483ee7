// Operations of parameters on values: computed where the value is known, a hole where not.
import { type Arg, HOLE, isConstant, isKnown, literal, type Taint, unknownArg } from "../arg.ts";
import { nameMatcher } from "../paths/resolve-places.ts";
import { LIMITS } from "./run.ts";

const MAX_CUTS = 4096;

/** Digits that nobody knows. SECURITY: `arr=(ls sudo); false; ${arr[$?]}`: good enough for a part of a name, not for choosing anything; its taint says so. */
export const someNumber: Arg = { ...literal("0"), taints: new Set<Taint>(["number"]) };

// SECURITY: one character is one byte in the C locale and one code point elsewhere; where they differ, nothing is cut.
// oxlint-disable-next-line no-control-regex -- all of ASCII
const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/** How many characters, as digits; which digits is known for ASCII only. */
export const countedChars = (value: Arg): Arg =>
  isKnown(value) && isAscii(value.text) ? literal(String(value.text.length)) : someNumber;

/** A hole in place of `value`, as tainted as it. */
export function holeOf(value: Arg): Arg {
  return { ...unknownArg("variable"), taints: value.taints.size > 0 ? value.taints : new Set<Taint>(["variable"]) };
}

/** `${x#p}`, `##`, `%`, `%%`. */
export function removed(value: Arg, operator: string, pattern: Arg): Arg {
  if (!isKnown(value)) return value.text.includes(HOLE) ? holeOf(value) : value;
  if (pattern.text.includes(HOLE)) return holeOf(value);
  const test = matcherOf(pattern.text);
  if (test === null || (/[?[]/.test(pattern.text) && !isAscii(value.text))) return holeOf(value);
  const { text } = value;
  // SECURITY: a cut that was not tried may be the one that bash takes; a longer text is not known afterwards.
  if (text.length > MAX_CUTS) return holeOf(value);
  const cuts = Array.from({ length: text.length + 1 }, (_, index) => index);
  const longest = operator.length === 2;
  if (operator.startsWith("#")) {
    const found = (longest ? cuts.toReversed() : cuts).find((cut) => test(text.slice(0, cut)));
    return found === undefined ? value : literal(text.slice(found));
  }
  const found = (longest ? cuts : cuts.toReversed()).find((cut) => test(text.slice(cut)));
  return found === undefined ? value : literal(text.slice(0, found));
}

// `*` in a parameter's pattern crosses slashes and dots: only the shape of a name matcher is borrowed.
function matcherOf(pattern: string): ((text: string) => boolean) | null {
  if (!/[*?[(\\]/.test(pattern)) return (text) => text === pattern;
  const test = nameMatcher(`x${pattern}`);
  return test === null ? null : (text) => test(`x${text}`);
}

/**
 * The pattern that `source` became, a hole where quotes in it may take the meaning of its characters.
 * SECURITY: `x='sudo id;#'; eval "${x##'*;'}"` takes nothing away; zsh reads no pattern in `$p` either.
 */
export const patternOf = (value: Arg, source: string): Arg =>
  /["'\\$`]/.test(source) && /[*?[(\\]/.test(value.text) ? holeOf(value) : value;

/** `${x/p/r}`, `//`, `/#`, `/%`. */
export function replaced(value: Arg, operator: string, pattern: Arg, replacement: Arg): Arg {
  const { text } = value;
  if (!isKnown(value) || !isKnown(replacement) || pattern.text.includes(HOLE)) return holeOf(value);
  if (pattern.text === "") return value;
  if (/[*?[(\\]/.test(pattern.text)) return replaceByPattern(value, operator, pattern.text, replacement.text);
  switch (operator) {
    case "//":
      return bounded(text.split(pattern.text).join(replacement.text));
    case "/#":
      return bounded(text.startsWith(pattern.text) ? replacement.text + text.slice(pattern.text.length) : text);
    case "/%":
      return bounded(
        text.endsWith(pattern.text) ? text.slice(0, text.length - pattern.text.length) + replacement.text : text,
      );
    default: {
      const at = text.indexOf(pattern.text);
      return bounded(at < 0 ? text : text.slice(0, at) + replacement.text + text.slice(at + pattern.text.length));
    }
  }
}

function replaceByPattern(value: Arg, operator: string, pattern: string, replacement: string): Arg {
  const test = matcherOf(pattern);
  if (test === null || operator !== "//" || pattern.includes("*") || !isAscii(value.text)) return holeOf(value);
  // One character at a time: `?` and `[…]`.
  if (!/^(?:\?|\[[^\]]+\])$/.test(pattern)) return holeOf(value);
  return bounded([...value.text].map((char) => (test(char) ? replacement : char)).join(""));
}

const bounded = (text: string): Arg => (text.length > LIMITS.script_bytes ? unknownArg("variable") : literal(text));

/** `${x:offset:length}`. */
export function sliced(value: Arg, offset: Arg, length: Arg | undefined): Arg {
  const number = (arg: Arg): number | null =>
    isConstant(arg) && /^\s*(?:0|-?[1-9]\d{0,8})\s*$/.test(arg.text) ? Number(arg.text) : null;
  const from = number(offset);
  const count = length === undefined ? undefined : number(length);
  if (!isKnown(value) || !isAscii(value.text) || from === null || count === null) return holeOf(value);
  const chars = value.text;
  const start = from < 0 ? Math.max(0, chars.length + from) : from;
  const end = count === undefined ? chars.length : count < 0 ? chars.length + count : start + count;
  return literal(chars.slice(start, Math.max(start, end)));
}

/** `${x^}`, `^^`, `,`, `,,`; `all` when no pattern chooses the letters. */
export function cased(value: Arg, operator: string, all: boolean): Arg {
  if (!isKnown(value)) return value;
  if (!all || !isAscii(value.text)) return holeOf(value);
  const change = (text: string): string => (operator.startsWith("^") ? text.toUpperCase() : text.toLowerCase());
  return literal(operator.length === 2 ? change(value.text) : change(value.text.slice(0, 1)) + value.text.slice(1));
}
