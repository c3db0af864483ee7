// Where the reader of a pattern stands, and how it refuses.

import { CesError } from "@ces/kernel";

/** A pattern being read, by code point. `deep` counts open groups. */
export type Cursor = {
  readonly chars: readonly string[];
  at: number;
  deep: number;
  /** `(?i)` stood at the beginning. */
  ignoreCase: boolean;
};

/** A cursor at the beginning. */
export function cursorOf(text: string): Cursor {
  return { chars: [...text], at: 0, deep: 0, ignoreCase: false };
}

/** The next character; empty at the end. */
export function peek(cursor: Cursor, ahead = 0): string {
  return cursor.chars[cursor.at + ahead] ?? "";
}

/** Takes the next character. */
export function take(cursor: Cursor): string {
  const char = peek(cursor);
  cursor.at += 1;
  return char;
}

/** Takes `text` if it comes next. */
export function takeText(cursor: Cursor, text: string): boolean {
  const found = [...text].every((char, i) => peek(cursor, i) === char);
  if (found) cursor.at += [...text].length;
  return found;
}

/** A refusal that names the character it is about, counted from 1. */
export function refusal(cursor: Cursor, why: string, at = cursor.at): CesError {
  return new CesError("PATTERN_INVALID", `the pattern ${why} (character ${at + 1})`, {
    remedy: "write a pattern without look-around and back-references, or use path_under, host_is, command_is",
  });
}
