// The difference of two texts as lines, for the person who is asked whether it may be written.

/** A line of a difference. */
export interface DiffLine {
  readonly sign: " " | "+" | "-";
  readonly text: string;
}

/** Lines around a change that are shown with it. */
const CONTEXT = 2;

/** The changed lines with a little around them. Changes of ours are one stretch, so what both texts begin and end with is enough. */
export function lineDiff(before: string | null, after: string | null): readonly DiffLine[] {
  const old = linesOf(before);
  const now = linesOf(after);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const signed = (sign: DiffLine["sign"], lines: readonly string[]): DiffLine[] =>
    lines.map((text) => ({ sign, text }));
  return [
    ...signed(" ", old.slice(Math.max(0, head - CONTEXT), head)),
    ...signed("-", old.slice(head, old.length - tail)),
    ...signed("+", now.slice(head, now.length - tail)),
    ...signed(" ", old.slice(old.length - tail, old.length - tail + Math.min(tail, CONTEXT))),
  ];
}

function linesOf(text: string | null): readonly string[] {
  if (text === null || text === "") return [];
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
}
