// Changing a command so that it is safe: slices are replaced, every other byte stays.
import type { Edit } from "./effect.ts";

/** The text with all edits made; an edit that repeats or overlaps an earlier one is left out. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = edits.toSorted((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);
  let result = "";
  let at = 0;
  for (const edit of sorted) {
    if (edit.at.start < at || (edit.at.start === at && edit.at.end < at)) continue;
    if (isRepeated(sorted, edit)) continue;
    result += text.slice(at, edit.at.start) + edit.text;
    at = edit.at.end;
  }
  return result + text.slice(at);
}

const isRepeated = (sorted: readonly Edit[], edit: Edit): boolean =>
  sorted.find(
    (other) => other.at.start === edit.at.start && other.at.end === edit.at.end && other.text === edit.text,
  ) !== edit;

/** A word in single quotes, for any text. */
export const quoteWord = (text: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
