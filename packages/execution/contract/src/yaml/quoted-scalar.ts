// Quoted YAML scalars. Over several lines a break is a space, an empty line is a break, and blanks around either are nothing.

import { atMarker, charAt, lineOf, refuseYaml, type Cursor } from "./cursor.ts";

/** The text of the quoted scalar that starts under the cursor; the cursor ends behind its closing quote. */
export function readQuoted(cursor: Cursor): string {
  const quote = charAt(cursor);
  const pieces: string[] = [];
  // Blanks that count only when more follows in their line.
  let blanks = "";
  cursor.column += 1;
  for (;;) {
    const char = charAt(cursor);
    if (char === "") {
      pieces.push(readBreaks(cursor));
      blanks = "";
      continue;
    }
    if (char === " " || char === "\t") {
      blanks += char;
      cursor.column += 1;
      continue;
    }
    const piece = pieceAt(cursor, quote);
    if (piece === undefined) break;
    pieces.push(blanks, piece);
    blanks = "";
  }
  cursor.column += 1;
  return pieces.join("") + blanks;
}

// One character as it was meant; undefined for the closing quote.
function pieceAt(cursor: Cursor, quote: string): string | undefined {
  const line = lineOf(cursor);
  const char = line.charAt(cursor.column);
  if (char === quote) {
    if (quote === '"' || line.charAt(cursor.column + 1) !== "'") return undefined;
    cursor.column += 2;
    return "'";
  }
  if (char !== "\\" || quote === "'") {
    cursor.column += 1;
    return char;
  }
  if (cursor.column + 1 === line.length) return readEscapedBreak(cursor);
  const escape = escapeAt(cursor, line, cursor.column);
  cursor.column += escape.width;
  return escape.text;
}

function readBreaks(cursor: Cursor): string {
  const breaks = skipBreaks(cursor);
  return breaks === 1 ? " " : "\n".repeat(breaks - 1);
}

function readEscapedBreak(cursor: Cursor): string {
  return "\n".repeat(skipBreaks(cursor) - 1);
}

// To the first character of the next line that has any; how many breaks that were.
function skipBreaks(cursor: Cursor): number {
  const from = cursor.line;
  do {
    cursor.line += 1;
    cursor.column = 0;
    if (cursor.line >= cursor.lines.length) refuseYaml(cursor, "a quoted text does not end");
    if (atMarker(cursor, "---") || atMarker(cursor, "...")) refuseYaml(cursor, "a document ends inside a quoted text");
    while (charAt(cursor) === " " || charAt(cursor) === "\t") cursor.column += 1;
  } while (charAt(cursor) === "");
  return cursor.line - from;
}

const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "0": "\0",
    a: "\x07",
    b: "\b",
    t: "\t",
    n: "\n",
    v: "\v",
    f: "\f",
    r: "\r",
    e: "\x1b",
    " ": " ",
    '"': '"',
    "/": "/",
    "\\": "\\",
    N: "\u0085",
    _: "\u00a0",
    L: "\u2028",
    P: "\u2029",
  }),
);
const WIDTHS: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

function escapeAt(cursor: Cursor, line: string, at: number): { readonly text: string; readonly width: number } {
  const letter = line.charAt(at + 1);
  const named = NAMED.get(letter);
  if (named !== undefined) return { text: named, width: 2 };
  const width = WIDTHS.get(letter);
  const digits = line.slice(at + 2, at + 2 + (width ?? 0));
  const code = Number.parseInt(digits, 16);
  const whole = width !== undefined && digits.length === width && /^[0-9a-fA-F]+$/.test(digits);
  if (!whole || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) refuseYaml(cursor, "an escape is not known");
  return { text: String.fromCodePoint(code), width: 2 + width };
}
