// What stands after a backslash.

import { charactersOf, codeSet, type CodeSet, complement, foldCase, NOTHING } from "./code-set.ts";
import { type Cursor, peek, refusal, take } from "./cursor.ts";
import type { Place } from "./pattern.ts";

/** An escape: one character that its author named, a class of characters, or a place. */
export type Escape =
  | { readonly kind: "named"; readonly set: CodeSet }
  | { readonly kind: "class"; readonly set: CodeSet }
  | { readonly kind: "place"; readonly place: Place };

const DIGITS: CodeSet = [[48, 57]];
const SPACES = charactersOf(" \t\n\r\f\v");
/** Letters, digits and the underscore of ASCII; what `\b` stands between. */
export const WORD: CodeSet = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];

const CLASSES: ReadonlyMap<string, CodeSet> = new Map([
  ["d", DIGITS],
  ["D", complement(DIGITS)],
  ["s", SPACES],
  ["S", complement(SPACES)],
  ["w", WORD],
  ["W", complement(WORD)],
]);
const CONTROLS: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["f", "\f"],
  ["v", "\v"],
  ["a", "\u0007"],
]);
const PLACES: ReadonlyMap<string, Place> = new Map([
  ["b", "word_edge"],
  ["B", "no_word_edge"],
  ["A", "start"],
  ["Z", "end"],
  ["z", "end"],
]);
const HEX_DIGITS: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

/** Reads what follows a backslash that was taken. Throws CesError `PATTERN_INVALID` for letters and digits that mean nothing here. */
export function readEscape(cursor: Cursor): Escape {
  const began = cursor.at - 1;
  const char = take(cursor);
  if (char === "") throw refusal(cursor, "ends with a backslash", began);
  const digits = HEX_DIGITS.get(char);
  if (digits !== undefined) return { kind: "named", set: readHex(cursor, digits) };
  const set = CLASSES.get(char);
  if (set !== undefined) return { kind: "class", set };
  const control = CONTROLS.get(char);
  if (control !== undefined) return { kind: "named", set: charactersOf(control) };
  const place = PLACES.get(char);
  if (place !== undefined) return { kind: "place", place };
  if (/[0-9]/.test(char)) throw refusal(cursor, "has a back-reference or octal escape", began);
  if (/[A-Za-z]/.test(char)) throw refusal(cursor, `has the unknown escape \`\\${char}\``, began);
  return { kind: "named", set: charactersOf(char) };
}

function readHex(cursor: Cursor, digits: number): CodeSet {
  const began = cursor.at - 2;
  const text = Array.from({ length: digits }, () => take(cursor)).join("");
  const code = /^[0-9a-fA-F]+$/.test(text) && text.length === digits ? Number.parseInt(text, 16) : -1;
  if (code < 0 || code > 0x10_ffff) throw refusal(cursor, `needs ${digits} hexadecimal digits in an escape`, began);
  return [[code, code]];
}

/** A class `[…]` whose bracket was taken: characters written one by one, and what ranges, escapes and a negation let in. */
export function readClass(cursor: Cursor): { readonly named: CodeSet; readonly open: CodeSet } {
  const began = cursor.at - 1;
  const negated = peek(cursor) === "^";
  if (negated) cursor.at += 1;
  const items: ClassItem[] = [];
  for (let first = true; first || peek(cursor) !== "]"; first = false) {
    if (peek(cursor) === "") throw refusal(cursor, "has an unclosed class", began);
    items.push(readItem(cursor));
  }
  cursor.at += 1;
  // Folded before it is negated: `(?i)[^a]` is neither `a` nor `A`.
  const fold = cursor.ignoreCase ? foldCase : codeSet;
  const named = fold(items.flatMap(({ named: set }) => set));
  const open = fold(items.flatMap(({ open: set }) => set));
  return negated ? { named: NOTHING, open: complement(codeSet([...named, ...open])) } : { named, open };
}

type ClassItem = { readonly named: CodeSet; readonly open: CodeSet };

function readItem(cursor: Cursor): ClassItem {
  const began = cursor.at;
  if (peek(cursor) === "[" && /[:.=]/.test(peek(cursor, 1))) throw refusal(cursor, "has a POSIX class");
  const low = readMember(cursor);
  if (peek(cursor) !== "-" || peek(cursor, 1) === "]" || peek(cursor, 1) === "") return low;
  cursor.at += 1;
  const high = readMember(cursor);
  const from = low.named[0]?.[0];
  const to = high.named[0]?.[0];
  if (from === undefined || to === undefined || to < from) throw refusal(cursor, "has a range without order", began);
  return { named: NOTHING, open: [[from, to]] };
}

function readMember(cursor: Cursor): ClassItem {
  const char = take(cursor);
  if (char !== "\\") return { named: charactersOf(char), open: NOTHING };
  if (peek(cursor) === "b") {
    take(cursor);
    return { named: charactersOf("\b"), open: NOTHING };
  }
  const escape = readEscape(cursor);
  if (escape.kind === "place") throw refusal(cursor, "has a place inside a class");
  return escape.kind === "named" ? { named: escape.set, open: NOTHING } : { named: NOTHING, open: escape.set };
}
