// Characters that no pattern tells apart are one letter: a table by letter is small where a table by character is not.

import { type CodeSet, holds, LAST_CODE } from "../pattern/code-set.ts";
import { WORD } from "../pattern/read-escape.ts";

/** What stands on one side of a place between characters. */
export const EDGE = { none: 0, word: 1, other: 2 } as const;
export type Edge = (typeof EDGE)[keyof typeof EDGE];

/** Letters of a machine, numbered from 0. */
export type Alphabet = {
  readonly size: number;
  /** The letter of a code point. */
  readonly letterOf: (code: number) => number;
  /** A code point of each letter. */
  readonly sample: readonly number[];
  /** Whether each letter is a word's; all `other` when nobody asks for word edges. */
  readonly edge: readonly Edge[];
};

/** The letters that the sets tell apart. */
export function alphabetOf(sets: readonly CodeSet[], asksForWords: boolean): Alphabet {
  const starts = new Set([0]);
  for (const set of asksForWords ? [...sets, WORD] : sets)
    for (const [low, high] of set) {
      starts.add(low);
      if (high < LAST_CODE) starts.add(high + 1);
    }
  const sample = Int32Array.from(starts).toSorted();
  const ascii = Int32Array.from({ length: 128 }, (_, code) => find(sample, code));
  return {
    size: sample.length,
    letterOf: (code) => (code < 128 ? (ascii[code] ?? 0) : find(sample, code)),
    sample: [...sample],
    edge: [...sample].map((code) => (asksForWords && holds(WORD, code) ? EDGE.word : EDGE.other)),
  };
}

// The last start at or below `code`.
function find(starts: Int32Array, code: number): number {
  let from = 0;
  let to = starts.length - 1;
  while (from < to) {
    const middle = (from + to + 1) >> 1;
    if ((starts[middle] ?? 0) <= code) from = middle;
    else to = middle - 1;
  }
  return from;
}
