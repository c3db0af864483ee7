// Reads a string literal of any language: delimiters that nest or not, escapes or not, code in it or not.
import { type Cursor, charAt, giveUp, isNext, takeChars } from "./cursor.ts";
import { type EscapeStyle, takeEscape } from "./escapes.ts";
import type { Node, Piece } from "./tree.ts";

/** How a string literal goes on once its opening delimiter was taken. */
export interface TextStyle {
  /** Null: it goes to the end of the text. */
  readonly close: string | null;
  /** The opening delimiter when pairs of delimiters nest inside: `q(a (b) c)`. */
  readonly nests?: string;
  /** Null: a backslash is text, and what follows it never closes. */
  readonly escapes: EscapeStyle | null;
  /** Backslash is nothing special at all. */
  readonly verbatim?: true;
  /** A line end may stand in it. */
  readonly lines: boolean;
  /** Characters at which `code` is asked. */
  readonly starts?: string;
  /** Takes code at the cursor, or gives null and takes nothing when the character is only text. */
  readonly code?: (cursor: Cursor) => readonly Node[] | null;
}

interface Growing {
  readonly pieces: Piece[];
  text: string;
  from: number;
  level: number;
}

/** Reads up to and past the closing delimiter; gives up when there is none. */
export function takeText(cursor: Cursor, style: TextStyle): readonly Piece[] {
  const growing: Growing = { pieces: [], text: "", from: cursor.at, level: 0 };
  while (cursor.at < cursor.text.length) {
    if (style.close === null || !isNext(cursor, style.close)) step(cursor, style, growing);
    else if (growing.level === 0) return closed(cursor, style.close, growing);
    else {
      growing.level -= 1;
      cursor.at += style.close.length;
    }
  }
  if (style.close === null && cursor.broken === null) {
    flush(cursor, growing);
    return sealed(growing);
  }
  giveUp(cursor, `a string is not closed by \`${style.close}\``);
  return [];
}

function closed(cursor: Cursor, close: string, growing: Growing): readonly Piece[] {
  flush(cursor, growing);
  cursor.at += close.length;
  return sealed(growing);
}

function step(cursor: Cursor, style: TextStyle, growing: Growing): void {
  const char = charAt(cursor);
  if (char === style.nests) growing.level += 1;
  if (char === "\\" && style.verbatim === undefined) return stepEscape(cursor, style, growing);
  if ((char === "\n" || char === "\r") && !style.lines) return giveUp(cursor, "a string is not closed on its line");
  if (style.code !== undefined && style.starts?.includes(char) === true) return stepCode(cursor, style, growing);
  cursor.at += 1;
}

function stepEscape(cursor: Cursor, { escapes, close }: TextStyle, growing: Growing): void {
  if (escapes === null) return void (cursor.at += 2);
  flush(cursor, growing);
  takeChars(cursor, 1);
  growing.text += takeEscape(cursor, escapes, close ?? "");
  growing.from = cursor.at;
}

function stepCode(cursor: Cursor, style: TextStyle, growing: Growing): void {
  const from = cursor.at;
  const code = style.code?.(cursor) ?? null;
  if (code === null) return void (cursor.at += 1);
  growing.text += cursor.text.slice(growing.from, from);
  if (growing.text !== "") growing.pieces.push(growing.text);
  growing.pieces.push(code);
  growing.text = "";
  growing.from = cursor.at;
}

function flush(cursor: Cursor, growing: Growing): void {
  growing.text += cursor.text.slice(growing.from, cursor.at);
  growing.from = cursor.at;
}

function sealed(growing: Growing): readonly Piece[] {
  if (growing.text !== "" || growing.pieces.length === 0) growing.pieces.push(growing.text);
  return growing.pieces;
}

/** The text when no code is in it. */
export const plainText = (pieces: readonly Piece[]): string | null =>
  pieces.length === 1 && typeof pieces[0] === "string" ? pieces[0] : null;
