// Did you mean: the closest name by edit distance, when it is close enough to be a slip.

/** The nearest of `names`, undefined when none is near. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const ranked = names.map((name) => ({ name, away: distance(given, name) })).sort((a, b) => a.away - b.away);
  const [best] = ranked;
  return best && best.away <= Math.max(2, Math.floor(given.length / 3)) && best.away < best.name.length
    ? best.name
    : undefined;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, char] of [...a.slice(0, 64)].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (char === other ? 0 : 1)));
    row = next;
  }
  return row.at(-1) ?? 0;
}
