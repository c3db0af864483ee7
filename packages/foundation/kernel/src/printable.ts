// The view boundary for foreign text (S30): what a person approves must be what is there. Everything that moves the cursor,
// hides, reorders or looks like nothing becomes a visible escape; views may only compose strings of this type.

import type { Brand } from "./ids.ts";

/** Text that is safe to show on a terminal and in JSON. */
export type Printable = Brand<string, "Printable">;

/** How `printable` cuts and breaks. */
export type PrintableOptions = {
  /** Most characters (UTF-16 units) of output before the marker; 10 000 unless told. */
  readonly max?: number;
  /** `keep` leaves `\n` as it is; `escape` (the default) shows it. */
  readonly newlines?: "keep" | "escape";
};

// \p{C}: control, format (bidi, zero-width), surrogate, private use, unassigned. \p{Z}: blanks that look like a space or
// break lines. Default_Ignorable: fillers and variation selectors that render as nothing; U+2800 is an empty braille cell.
// Four and more combining marks in a row paint over neighbouring lines.
const UNSAFE = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;
const MARK = /\p{M}/u;
const MAX_MARKS = 3;
const NAMED: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/**
 * `text` with every unsafe character as `\xNN`, `\uNNNN` or `\u{N…}`; cut at `max` with ` …[+N]`, N the characters not shown.
 * Idempotent for text that is not cut.
 */
export function printable(text: string, options: PrintableOptions = {}): Printable {
  const max = options.max ?? 10_000;
  const keep = options.newlines === "keep";
  let shown = "";
  let used = 0;
  let marks = 0;
  for (const char of text) {
    marks = MARK.test(char) ? marks + 1 : 0;
    const piece = keep && char === "\n" ? char : marks > MAX_MARKS ? escape(char) : show(char);
    if (shown.length + piece.length > max) return branded(`${shown} …[+${text.length - used}]`);
    shown += piece;
    used += char.length;
  }
  return branded(shown);
}

function show(char: string): string {
  return char === " " || !UNSAFE.test(char) ? char : escape(char);
}

function escape(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code > 0xffff) return `\\u{${hex}}`;
  return NAMED.get(char) ?? (code > 0xff ? `\\u${hex.padStart(4, "0")}` : `\\x${hex.padStart(2, "0")}`);
}

// The brand is earned in this file only.
function branded(text: string): Printable {
  return text as Printable;
}
