// Reading the subset of regular expressions whose matching never backtracks: no look-around, no back-reference, no possession.
// What two engines could take differently is refused with its place, not guessed.

import { ANYTHING, charactersOf, foldCase, NOTHING } from "./code-set.ts";
import { type Cursor, cursorOf, peek, refusal, take, takeText } from "./cursor.ts";
import { at, choice, type Pattern, sequence } from "./pattern.ts";
import { readClass, readEscape } from "./read-escape.ts";

const MAX_LENGTH = 2048;
const MAX_DEPTH = 32;
const MAX_COUNT = 1000;

/**
 * The tree of a pattern in the syntax that Python's `re` and ECMAScript share: literals, `.`, classes, `\d \w \s \b` (ASCII), `^ $`,
 * groups (captured or not, the same), `|`, `* + ? {n} {n,} {n,m}` (lazy or not, the same), `(?i)` at the beginning (ASCII letters).
 * `$` is the end of the text only. Throws CesError `PATTERN_INVALID` for anything else.
 */
export function readPattern(text: string): Pattern {
  const cursor = cursorOf(text);
  if (cursor.chars.length > MAX_LENGTH) throw refusal(cursor, `is longer than ${MAX_LENGTH} characters`, MAX_LENGTH);
  cursor.ignoreCase = takeText(cursor, "(?i)");
  const pattern = readChoice(cursor);
  if (peek(cursor) !== "") throw refusal(cursor, "closes a group that was not opened");
  return pattern;
}

function readChoice(cursor: Cursor): Pattern {
  const options = [readSequence(cursor)];
  while (takeText(cursor, "|")) options.push(readSequence(cursor));
  const [only] = options;
  return options.length === 1 && only !== undefined ? only : choice(options);
}

function readSequence(cursor: Cursor): Pattern {
  const items: Pattern[] = [];
  while (!["", "|", ")"].includes(peek(cursor))) items.push(readRepeated(cursor));
  return sequence(items);
}

function readRepeated(cursor: Cursor): Pattern {
  const began = cursor.at;
  const item = readOne(cursor);
  const count = readCount(cursor);
  if (count === null) return item;
  if (item.kind === "at") throw refusal(cursor, "repeats a place", began);
  takeText(cursor, "?"); // lazy: what matches is the same
  if (isCount(cursor)) throw refusal(cursor, "repeats a repetition");
  return { kind: "repeat", item, ...count };
}

type Repetition = { readonly least: number; readonly most: number | null };

function readCount(cursor: Cursor): Repetition | null {
  if (!isCount(cursor)) return null;
  const char = take(cursor);
  if (char === "*") return { least: 0, most: null };
  if (char === "+") return { least: 1, most: null };
  return char === "?" ? { least: 0, most: 1 } : readBraces(cursor);
}

function isCount(cursor: Cursor): boolean {
  return ["*", "+", "?", "{"].includes(peek(cursor));
}

function readBraces(cursor: Cursor): Repetition {
  const began = cursor.at - 1;
  let body = "";
  while (!["}", ""].includes(peek(cursor))) body += take(cursor);
  const [, low, comma, high] = /^(\d{1,4})(,(\d{1,4})?)?$/.exec(body) ?? [];
  if (low === undefined || !takeText(cursor, "}"))
    throw refusal(cursor, "has a brace that is no count; write `\\{`", began);
  const least = Number(low);
  const most = comma === undefined ? least : high === undefined ? null : Number(high);
  if (Math.max(least, most ?? 0) > MAX_COUNT || (most !== null && most < least))
    throw refusal(cursor, `has a count out of order or above ${MAX_COUNT}`, began);
  return { least, most };
}

function readOne(cursor: Cursor): Pattern {
  const char = take(cursor);
  switch (char) {
    case "(":
      return readGroup(cursor);
    case "[":
      return { kind: "set", ...readClass(cursor), dot: false };
    case ".":
      return { kind: "set", named: NOTHING, open: ANYTHING, dot: true };
    case "^":
      return at("start");
    case "$":
      return at("end");
    case "\\":
      return readEscaped(cursor);
    case "*":
    case "+":
    case "?":
    case "{":
      throw refusal(cursor, "has a repetition of nothing", cursor.at - 1);
    default:
      return cased(cursor, { kind: "set", named: charactersOf(char), open: NOTHING, dot: false });
  }
}

function readEscaped(cursor: Cursor): Pattern {
  const escape = readEscape(cursor);
  if (escape.kind === "place") return at(escape.place);
  const [named, open] = escape.kind === "named" ? [escape.set, NOTHING] : [NOTHING, escape.set];
  return cased(cursor, { kind: "set", named, open, dot: false });
}

function cased(cursor: Cursor, set: Extract<Pattern, { kind: "set" }>): Pattern {
  return cursor.ignoreCase ? { ...set, named: foldCase(set.named), open: foldCase(set.open) } : set;
}

function readGroup(cursor: Cursor): Pattern {
  const began = cursor.at - 1;
  if (peek(cursor) === "?") skipGroupName(cursor, began);
  cursor.deep += 1;
  if (cursor.deep > MAX_DEPTH) throw refusal(cursor, `nests more than ${MAX_DEPTH} groups`, began);
  const inner = readChoice(cursor);
  if (!takeText(cursor, ")")) throw refusal(cursor, "has an unclosed group", began);
  cursor.deep -= 1;
  return inner;
}

function skipGroupName(cursor: Cursor, began: number): void {
  if (takeText(cursor, "?:")) return;
  const look = /^[=!]$/.test(peek(cursor, 1)) || (peek(cursor, 1) === "<" && /^[=!]$/.test(peek(cursor, 2)));
  if (look) throw refusal(cursor, "looks ahead or behind", began);
  if (!takeText(cursor, "?P<") && !takeText(cursor, "?<"))
    throw refusal(cursor, "has a group that is neither plain, `(?:…)` nor named", began);
  let name = "";
  while (![">", ""].includes(peek(cursor))) name += take(cursor);
  if (!/^[A-Za-z_]\w*$/.test(name) || !takeText(cursor, ">")) throw refusal(cursor, "has a group with no name", began);
}
