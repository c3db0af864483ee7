// Quoted YAML scalars, in one line.

import { charAt, lineOf, refuseYaml, type Cursor } from "./cursor.ts";

/** The text of the quoted scalar that starts under the cursor; the cursor ends behind its closing quote. */
export function readQuoted(cursor: Cursor): string {
  return charAt(cursor) === "'" ? readSingle(cursor) : readDouble(cursor);
}

function readSingle(cursor: Cursor): string {
  const match = /^'((?:[^']|'')*)'(?!')/.exec(lineOf(cursor).slice(cursor.column));
  if (match === null) refuseYaml(cursor, "a quoted text does not end in its line");
  cursor.column += match[0].length;
  return (match[1] ?? "").replaceAll("''", "'");
}

function readDouble(cursor: Cursor): string {
  const line = lineOf(cursor);
  let text = "";
  let at = cursor.column + 1;
  for (;;) {
    const char = line.charAt(at);
    if (char === "") refuseYaml(cursor, "a quoted text does not end in its line");
    if (char === '"') break;
    const piece = char === "\\" ? escapeAt(cursor, line, at) : { text: char, width: 1 };
    text += piece.text;
    at += piece.width;
  }
  cursor.column = at + 1;
  return text;
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
