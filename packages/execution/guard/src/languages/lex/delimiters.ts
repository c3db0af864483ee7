// Delimiters that a program chooses itself: `%q(…)`, `qw{…}`, heredocs.
import { type Cursor, giveUp } from "./cursor.ts";

const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "<": ">" };

/** What closes a text that was opened with this character, and whether the pair nests. */
export function delimitersOf(open: string): { readonly close: string; readonly nests?: string } {
  const close = closers[open];
  return close === undefined ? { close: open } : { close, nests: open };
}

/** Takes the lines up to the one that is the terminator; gives up when it does not come. */
export function takeHeredoc(cursor: Cursor, terminator: string, isIndented: boolean): string {
  const lines: string[] = [];
  while (cursor.at < cursor.text.length) {
    const stop = cursor.text.indexOf("\n", cursor.at);
    const end = stop < 0 ? cursor.text.length : stop;
    const line = cursor.text.slice(cursor.at, end).replace(/\r$/, "");
    cursor.at = Math.min(end + 1, cursor.text.length);
    if ((isIndented ? line.trimStart() : line) === terminator) return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
    lines.push(line);
  }
  giveUp(cursor, `a here-document is not closed by \`${terminator}\``);
  return "";
}
