// Sets of characters as sorted ranges of code points: what a class, a dot or a literal of a pattern stands for.

/** Disjoint ranges, both ends included, ascending, never touching. */
export type CodeSet = readonly (readonly [low: number, high: number])[];

/** The last code point. */
export const LAST_CODE = 0x10_ffff;

/** No character. */
export const NOTHING: CodeSet = [];

/** Every character. */
export const ANYTHING: CodeSet = [[0, LAST_CODE]];

/** The set of some ranges, in any order, overlapping or not. */
export function codeSet(ranges: CodeSet): CodeSet {
  const merged: [number, number][] = [];
  for (const [low, high] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else merged.push([low, high]);
  }
  return merged;
}

/** The characters of a text. */
export function charactersOf(text: string): CodeSet {
  return codeSet([...text].map((char) => [char.codePointAt(0) ?? 0, char.codePointAt(0) ?? 0]));
}

/** Everything outside `set`. */
export function complement(set: CodeSet): CodeSet {
  const rest: [number, number][] = [];
  let from = 0;
  for (const [low, high] of set) {
    if (low > from) rest.push([from, low - 1]);
    from = high + 1;
  }
  if (from <= LAST_CODE) rest.push([from, LAST_CODE]);
  return rest;
}

/** What is in one or the other. */
export function union(one: CodeSet, other: CodeSet): CodeSet {
  return codeSet([...one, ...other]);
}

/** What is in `set` and not in `taken`. */
export function without(set: CodeSet, taken: CodeSet): CodeSet {
  return complement(union(complement(set), taken));
}

/** True when the character is in the set. */
export function holds(set: CodeSet, code: number): boolean {
  let from = 0;
  let to = set.length - 1;
  while (from <= to) {
    const middle = (from + to) >> 1;
    const range = set[middle];
    if (range === undefined) return false;
    if (code < range[0]) to = middle - 1;
    else if (code > range[1]) from = middle + 1;
    else return true;
  }
  return false;
}

/** The set with the other case of its ASCII letters. */
export function foldCase(set: CodeSet): CodeSet {
  const other = set.flatMap(([low, high]) => [...shifted(low, high, 65, 32), ...shifted(low, high, 97, -32)]);
  return codeSet([...set, ...other]);
}

// The part of a range that lies in the 26 letters from `first`, moved to the other case.
function shifted(low: number, high: number, first: number, by: number): CodeSet {
  const from = Math.max(low, first);
  const to = Math.min(high, first + 25);
  return from <= to ? [[from + by, to + by]] : [];
}
