// A version as a list of parts that compares from left to right: every scheme is a way to write one, none needs its own comparison.

/** Longest version that is read; a longer one compares with nothing. */
export const MAX_VERSION = 256;

/** One place of a version. Ranks decide first; then numbers by size and words by code unit. */
export interface KeyPart {
  readonly rank: number;
  readonly text: string;
  readonly number: boolean;
}

/** A version ready to be compared; `pad` stands for what a shorter one lacks. */
export interface VersionKey {
  readonly parts: readonly KeyPart[];
  readonly pad: KeyPart;
}

/** A number of any length, without its leading zeros. */
export const numberPart = (rank: number, digits: string): KeyPart => ({
  rank,
  text: digits.replace(/^0+/, ""),
  number: true,
});

/** A word. */
export const wordPart = (rank: number, text: string): KeyPart => ({ rank, text, number: false });

/** A place that is decided by its rank alone. */
export const markPart = (rank: number): KeyPart => wordPart(rank, "");

/** Negative, zero or positive. A total order over the keys of one scheme. */
export function compareKeys(left: VersionKey, right: VersionKey): number {
  const places = Math.max(left.parts.length, right.parts.length);
  for (let place = 0; place < places; place += 1) {
    const order = compareParts(left.parts[place] ?? left.pad, right.parts[place] ?? right.pad);
    if (order !== 0) return order;
  }
  return 0;
}

function compareParts(left: KeyPart, right: KeyPart): number {
  if (left.rank !== right.rank) return left.rank - right.rank;
  if (left.number && right.number && left.text.length !== right.text.length)
    return left.text.length - right.text.length;
  if (left.text === right.text) return 0;
  return left.text < right.text ? -1 : 1;
}
