// The table of a program's subcommands: the longest of its paths that a call's words begin with.
import { type Arg, HOLE } from "../arg.ts";
import type { Sense } from "./_verbs.ts";

/** One path of a table: a word is its alternatives, joined by bars. */
interface Row<Special> {
  readonly words: readonly string[];
  readonly meaning: Sense | Special;
}

/** The paths of a table by their first word, so that only those are looked at that a call may mean. */
export interface Index<Special> {
  readonly exact: ReadonlyMap<string, readonly Row<Special>[]>;
  readonly beginnings: readonly (readonly [string, Row<Special>])[];
}

/** The index of a table. */
export function indexOf<Special>(
  means: Readonly<Partial<Record<Sense, string>>>,
  special: Readonly<Record<string, Special>>,
): Index<Special> {
  const exact = new Map<string, Row<Special>[]>();
  const beginnings: [string, Row<Special>][] = [];
  const put = (path: string, meaning: Sense | Special): void => {
    const words = path.trim().split(/\s+/);
    for (const first of (words[0] ?? "").split("|")) {
      if (first.endsWith("*")) beginnings.push([first.slice(0, -1), { words, meaning }]);
      else exact.set(first, [...(exact.get(first) ?? []), { words, meaning }]);
    }
  };
  // SAFETY: the keys of `means` are senses.
  for (const [sense, paths] of Object.entries(means) as [Sense, string][])
    for (const path of paths.split(",")) put(path, sense);
  for (const [path, meaning] of Object.entries(special)) put(path, meaning);
  return { exact, beginnings };
}

/** What was found, and how many words say so. */
export interface Found<Special> {
  readonly depth: number;
  readonly meaning: Sense | Special;
}

/** The longest path that the words begin with; an exact word counts more than a pattern, a later path more than an earlier one. */
export function find<Special>(
  { exact, beginnings }: Index<Special>,
  words: readonly Arg[],
): Found<Special> | undefined {
  const first = words[0]?.text ?? "";
  const patterns = beginnings.flatMap(([beginning, row]) => (first.startsWith(beginning) ? [row] : []));
  const named = first.includes(HOLE) ? [] : (exact.get(first) ?? []);
  let best: { readonly row: Row<Special>; readonly score: number } | undefined;
  for (const [row, firstScore] of [
    ...patterns.map((row) => [row, 0] as const),
    ...named.map((row) => [row, 1] as const),
  ]) {
    const score = scoreOf(row, words, firstScore);
    if (score >= 0 && score >= (best?.score ?? 0)) best = { row, score };
  }
  return best === undefined ? undefined : { depth: best.row.words.length, meaning: best.row.meaning };
}

/** How well a path fits: its length before all, then its exact words; negative where it does not. */
function scoreOf({ words: path }: Pick<Row<unknown>, "words">, words: readonly Arg[], first: number): number {
  if (words.length < path.length) return -1;
  let exactWords = first;
  for (let at = 1; at < path.length; at += 1) {
    const text = words[at]?.text ?? "";
    const names = (path[at] ?? "").split("|");
    if (!text.includes(HOLE) && names.includes(text)) exactWords += 1;
    else if (!names.some((name) => name.endsWith("*") && text.startsWith(name.slice(0, -1)))) return -1;
  }
  return path.length * 16 + exactWords;
}
