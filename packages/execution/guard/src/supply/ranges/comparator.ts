// A range of versions as data: some clause holds when all its comparators hold. The six grammars only write these.
import type { Ecosystem } from "../advisories.ts";
import { compareVersions } from "../versions/compare.ts";

/** One bound. `version` is in the ecosystem's own spelling. */
export interface Comparator {
  readonly op: "<" | "<=" | ">" | ">=" | "=" | "!=";
  readonly version: string;
}

/** All of them hold. An empty clause holds for every version. */
export type Clause = readonly Comparator[];

/** One of them holds. */
export type VersionRange = readonly Clause[];

/** Longest range text and most comparators that are read; more is not understood. */
export const MAX_RANGE = 1024;

/** True when the version may satisfy the range; what cannot be compared may. */
export function admits(ecosystem: Ecosystem, range: VersionRange, version: string): boolean {
  return range.some((clause) => clause.every((comparator) => holds(ecosystem, comparator, version)));
}

function holds(ecosystem: Ecosystem, { op, version: bound }: Comparator, version: string): boolean {
  const order = compareVersions(ecosystem, version, bound);
  // INVARIANT: the doubt goes against the install: an unreadable version satisfies every bound.
  if (order === null) return true;
  switch (op) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "=":
      return order === 0;
    case "!=":
      return order !== 0;
    default:
      return op satisfies never;
  }
}
