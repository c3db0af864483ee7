// A place in a program's text. Attacker-controlled text: every step goes forward, and giving up ends the reading.

/** Where the reading stands; `broken` says why it was given up. */
export interface Cursor {
  readonly text: string;
  at: number;
  /** Brackets and interpolations that are open. */
  depth: number;
  broken: string | null;
}

/** The beginning of a text. */
export const cursorOn = (text: string, depth = 0): Cursor => ({ text, at: 0, depth, broken: null });

/** Ends the reading: what follows is not read. The first reason is kept. */
export function giveUp(cursor: Cursor, why: string): void {
  cursor.broken ??= why;
  cursor.at = cursor.text.length;
}

/** The character `ahead` places further, or "" at the end. */
export const charAt = (cursor: Cursor, ahead = 0): string => cursor.text[cursor.at + ahead] ?? "";

/** True when `text` stands here. */
export const isNext = (cursor: Cursor, text: string): boolean => cursor.text.startsWith(text, cursor.at);

/** Takes what a sticky expression matches here, or "". The expression must be free of backtracking. */
export function take(cursor: Cursor, sticky: RegExp): string {
  sticky.lastIndex = cursor.at;
  const found = sticky.exec(cursor.text)?.[0] ?? "";
  cursor.at += found.length;
  return found;
}

/** Takes `count` characters. */
export function takeChars(cursor: Cursor, count: number): string {
  const taken = cursor.text.slice(cursor.at, cursor.at + count);
  cursor.at += count;
  return taken;
}

/** Goes to `end` and past it; gives up when it does not come. Gives what stood before it. */
export function takeUntil(cursor: Cursor, end: string, why: string): string {
  const stop = cursor.text.indexOf(end, cursor.at);
  if (stop < 0) {
    giveUp(cursor, why);
    return "";
  }
  const taken = cursor.text.slice(cursor.at, stop);
  cursor.at = stop + end.length;
  return taken;
}

const line = /[^\n]*/y;

/** Takes the rest of the line without its end. */
export const takeLine = (cursor: Cursor): string => take(cursor, line);
