// What a backslash in a string means. One decoder; each language says which forms it has.
import { HOLE } from "../../arg.ts";
import { type Cursor, charAt, take, takeChars } from "./cursor.ts";

/** The forms of one language. */
export interface EscapeStyle {
  /** One-letter escapes and what they stand for. */
  readonly letters: Readonly<Record<string, string>>;
  /** Letters that take digits: `x`, `u`, `U` hexadecimal. */
  readonly hex: Readonly<Record<string, number>>;
  /** Digits after the backslash. */
  readonly digits: "octal" | "decimal" | "none";
  /** Letters whose meaning is not worked out: the value is unknown there. */
  readonly opaque: string;
  /** A backslash before any other character stays in the text. */
  readonly keeps: boolean;
}

const controls = { n: "\n", t: "\t", r: "\r", a: "\u0007", b: "\b", f: "\f", v: "\v", e: "\u001b" };
const wide = { x: 2, u: 4, U: 8 };

/** Python. */
export const pythonEscapes: EscapeStyle = {
  letters: { n: "\n", t: "\t", r: "\r", a: "\u0007", b: "\b", f: "\f", v: "\v" },
  hex: wide,
  digits: "octal",
  opaque: "N",
  keeps: true,
};
/** JavaScript. */
export const javascriptEscapes: EscapeStyle = {
  letters: { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v" },
  hex: { x: 2, u: 4 },
  digits: "octal",
  opaque: "",
  keeps: false,
};
/** Ruby, and Perl but for its letters that change case. */
export const rubyEscapes: EscapeStyle = { letters: controls, hex: wide, digits: "octal", opaque: "CMcN", keeps: false };
/** Perl. */
export const perlEscapes: EscapeStyle = {
  letters: controls,
  hex: { x: 2 },
  digits: "octal",
  opaque: "cNoluLUQEF",
  keeps: false,
};
/** PHP. */
export const phpEscapes: EscapeStyle = {
  letters: { n: "\n", t: "\t", r: "\r", f: "\f", v: "\v", e: "\u001b", $: "$" },
  hex: { x: 2, u: 4 },
  digits: "octal",
  opaque: "",
  keeps: true,
};
/** Lua. */
export const luaEscapes: EscapeStyle = {
  letters: controls,
  hex: { x: 2, u: 4 },
  digits: "decimal",
  opaque: "z",
  keeps: false,
};
/** awk, R, Groovy, Tcl: the common ground. */
export const plainEscapes: EscapeStyle = { letters: controls, hex: wide, digits: "octal", opaque: "", keeps: false };
/** Single quotes of Ruby, Perl and PHP: only the quote and the backslash itself. */
export const noEscapes: EscapeStyle = { letters: {}, hex: {}, digits: "none", opaque: "", keeps: true };

const octal = /[0-7]{1,3}/y;
const decimal = /\d{1,3}/y;
const braced = /\{[ ]*[\da-fA-F]{1,8}[ ]*\}/y;
const hexDigits: Readonly<Record<number, RegExp>> = {
  2: /[\da-fA-F]{1,2}/y,
  4: /[\da-fA-F]{4}/y,
  8: /[\da-fA-F]{8}/y,
};

/** Decodes what follows a backslash that was just taken. */
export function takeEscape(cursor: Cursor, style: EscapeStyle, quote: string): string {
  const char = charAt(cursor);
  if (style.digits !== "none" && char >= "0" && char <= "9") {
    const digits = take(cursor, style.digits === "octal" ? octal : decimal);
    if (digits !== "") return point(Number.parseInt(digits, style.digits === "octal" ? 8 : 10));
  }
  if (char !== "" && Object.hasOwn(style.hex, char)) return takeHex(cursor, style.hex[char] ?? 0);
  takeChars(cursor, 1);
  if (char !== "" && Object.hasOwn(style.letters, char)) return style.letters[char] ?? "";
  if (char !== "" && style.opaque.includes(char)) return HOLE;
  if (char === quote || char === "\\") return char;
  if (char === "\n") return style === noEscapes ? "\\\n" : "";
  return style.keeps ? `\\${char}` : char;
}

function takeHex(cursor: Cursor, width: number): string {
  takeChars(cursor, 1);
  const found = take(cursor, charAt(cursor) === "{" ? braced : (hexDigits[width] ?? braced));
  return found === "" ? HOLE : point(Number.parseInt(found.replaceAll(/[{} ]/g, ""), 16));
}

// NUL is the mark of the unknown; a program that writes one gets the unknown in its place.
const point = (code: number): string => (code === 0 || code > 0x10ffff ? HOLE : String.fromCodePoint(code));
