// The few shapes that plain views have: a heading, aligned pairs, a table, a list of blockers, and what to type next.
import { printable } from "@ces/kernel";
import type { Blocker } from "../define-command.ts";
import { attention, bad, blank, dim, line, span, type Line, type Span } from "./line.ts";

/** A heading. */
export function heading(text: string): Line {
  return line(span("strong", text));
}

/** Aligned `name  value` lines; a pair without a value is left out. */
export function pairs(rows: readonly (readonly [string, Span | null])[]): readonly Line[] {
  const shown = rows.flatMap(([name, value]) => (value === null || value.text === "" ? [] : [{ name, value }]));
  const width = Math.max(0, ...shown.map(({ name }) => name.length));
  return shown.map(({ name, value }) => line(dim`  ${name.padEnd(width)}  `, value));
}

/** A table with aligned columns; the last column is not padded. Empty when there are no rows. */
export function table(head: readonly string[], rows: readonly (readonly Span[])[]): readonly Line[] {
  if (rows.length === 0) return [];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.text.length ?? 0)),
  );
  const titles = head.map((title) => span("dim", title));
  return [titles, ...rows].map((row) =>
    row.flatMap((cell, column) => padded(cell, column === row.length - 1 ? 0 : (widths[column] ?? 0))),
  );
}

/** One line per blocker, code last; none when nothing blocks. */
export function blockerLines(blockers: readonly Blocker[]): readonly Line[] {
  return blockers.map(({ code, text }) => line(bad`  blocked: `, span("plain", text), dim` [${code}]`));
}

/** What to type now. */
export function nextLine(next: string | null): readonly Line[] {
  return next === null ? [] : [line(attention`next: `, span("strong", next))];
}

/** Sections with an empty line between them; empty sections vanish. */
export function sections(...parts: readonly (readonly Line[])[]): readonly Line[] {
  return parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : [blank, ...part]));
}

function padded(cell: Span, width: number): readonly Span[] {
  const missing = width - cell.text.length;
  const gap = width === 0 ? "" : " ".repeat(Math.max(0, missing) + 2);
  return gap === "" ? [cell] : [cell, { tone: "plain", text: printable(gap) }];
}
