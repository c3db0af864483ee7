// Block texts, `|` and `>`: the lines below that stand far enough to the right. As PyYAML cuts them, whose bytes the hash is made of.

import { lineOf, refuseYaml, type Cursor } from "./cursor.ts";

type Header = { readonly isFolded: boolean; readonly chomp: string; readonly indent: number | undefined };

/** The block text whose sign stands under the cursor, in a node whose parent starts in column `parent`; the cursor ends behind its lines. */
export function readBlockText(cursor: Cursor, parent: number): string {
  const { isFolded, chomp, indent } = readHeader(cursor);
  const least = Math.max(parent + 1, 1);
  cursor.line += 1;
  cursor.column = 0;
  const lead = leadOf(cursor);
  const column = indent === undefined ? Math.max(least, lead.widest) : least + indent - 1;
  let breaks = indent === undefined ? lead.skip() : skipBreaks(cursor, column);
  let text = "";
  let end = "";
  while (isContent(cursor, column)) {
    const line = lineOf(cursor).slice(column);
    text += "\n".repeat(breaks) + line;
    cursor.line += 1;
    // The text of the last line without a break has none to keep.
    end = cursor.line < cursor.lines.length ? "\n" : "";
    breaks = skipBreaks(cursor, column);
    if (!isContent(cursor, column)) break;
    const isJoined = isFolded && !startsBlank(line) && !startsBlank(lineOf(cursor).slice(column));
    text += isJoined ? (breaks === 0 ? " " : "") : end;
  }
  return text + (chomp === "-" ? "" : end) + (chomp === "+" ? "\n".repeat(breaks) : "");
}

function readHeader(cursor: Cursor): Header {
  const rest = lineOf(cursor).slice(cursor.column);
  const match = /^([|>])(?:([-+])([1-9])?|([1-9])([-+])?)?(?: +#.*| *)$/.exec(rest);
  if (match === null) refuseYaml(cursor, "the head of a block text is not known");
  const digit = match[3] ?? match[4];
  return {
    isFolded: match[1] === ">",
    chomp: match[2] ?? match[5] ?? "",
    indent: digit === undefined ? undefined : Number(digit),
  };
}

// The empty lines at the start, and the widest column that they and the first line reach.
function leadOf(cursor: Cursor): { readonly widest: number; readonly skip: () => number } {
  let [at, widest] = [cursor.line, 0];
  while (isEmptyLine(cursor, at)) {
    widest = Math.max(widest, blanksOf(cursor, at));
    at += 1;
  }
  const skip = (): number => {
    const skipped = at - cursor.line;
    cursor.line = at;
    return skipped;
  };
  return { widest: Math.max(widest, blanksOf(cursor, at)), skip };
}

function skipBreaks(cursor: Cursor, column: number): number {
  const from = cursor.line;
  while (isEmptyLine(cursor, cursor.line) && blanksOf(cursor, cursor.line) <= column) cursor.line += 1;
  return cursor.line - from;
}

function isContent(cursor: Cursor, column: number): boolean {
  const line = lineOf(cursor);
  return line.length > column && blanksOf(cursor, cursor.line) >= column;
}

// The last entry of the lines is what stands behind the last break: the end, no empty line.
function isEmptyLine(cursor: Cursor, at: number): boolean {
  return at < cursor.lines.length - 1 && blanksOf(cursor, at) === (cursor.lines[at] ?? "").length;
}

function blanksOf(cursor: Cursor, at: number): number {
  return /^ */.exec(cursor.lines[at] ?? "")?.[0].length ?? 0;
}

function startsBlank(line: string): boolean {
  return line.startsWith(" ") || line.startsWith("\t");
}
