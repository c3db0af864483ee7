// Patterns compiled side by side into one non-deterministic program (Thompson): each step reads a character, forks, asks for a
// place, or says that a rule matched. Nothing in it goes back.

import { CesError } from "@ces/kernel";
import { type CodeSet, NOTHING, union, without } from "../pattern/code-set.ts";
import type { Pattern, Place } from "../pattern/pattern.ts";

/** One step; numbers are indexes of steps. */
export type Step =
  | { readonly kind: "read"; readonly set: CodeSet; readonly next: number }
  | { readonly kind: "fork"; readonly next: readonly number[] }
  | { readonly kind: "place"; readonly place: Place; readonly next: number }
  | { readonly kind: "match"; readonly rank: number; readonly lenient: boolean };

/** Where a rule's pattern begins and what its match says. */
export type Entry = {
  readonly pattern: Pattern;
  /** The lower rank decides. */
  readonly rank: number;
  /** The match of a rule that allows: it counts only where `mayEnd` says so. */
  readonly lenient: boolean;
  /** What open sets of this pattern let in no longer. */
  readonly closedTo: CodeSet;
};

/** Steps of all patterns. `anchored` begin at the start of the text only, `floating` anywhere. */
export type Program = {
  readonly steps: readonly Step[];
  readonly anchored: readonly number[];
  readonly floating: readonly number[];
};

const MAX_PATTERN_STEPS = 20_000;
const MAX_STEPS = 400_000;
const LINE_BREAKS: CodeSet = [[10, 10], [13, 13]]; // prettier-ignore

/** Compiles patterns into one program. Throws CesError `PATTERN_TOO_LARGE` when counted repetitions blow one up, or all are too many. */
export function compileProgram(entries: readonly Entry[], isAnchored: (pattern: Pattern) => boolean): Program {
  const steps: Step[] = [];
  const anchored: number[] = [];
  const floating: number[] = [];
  for (const entry of entries) {
    const build: Build = { steps, entry, limit: Math.min(steps.length + MAX_PATTERN_STEPS, MAX_STEPS) };
    const end = add(build, { kind: "match", rank: entry.rank, lenient: entry.lenient });
    const begin = compile(build, entry.pattern, end);
    (isAnchored(entry.pattern) ? anchored : floating).push(begin);
  }
  return { steps, anchored, floating };
}

type Build = { readonly steps: Step[]; readonly entry: Entry; readonly limit: number };

function add({ steps, limit }: Build, step: Step): number {
  if (steps.length >= limit)
    throw new CesError("PATTERN_TOO_LARGE", "the pattern repeats too much to be matched in bounded time", {
      remedy: "lower its counts, or split the rule",
    });
  return steps.push(step) - 1;
}

// Built from the end: each part knows what comes after it.
function compile(build: Build, pattern: Pattern, next: number): number {
  switch (pattern.kind) {
    case "set":
      return add(build, { kind: "read", set: charactersRead(build.entry, pattern), next });
    case "at":
      return add(build, { kind: "place", place: pattern.place, next });
    case "sequence":
      return pattern.items.reduceRight((after, item) => compile(build, item, after), next);
    case "choice":
      return add(build, { kind: "fork", next: pattern.items.map((item) => compile(build, item, next)) });
    case "repeat":
      return compileRepeat(build, pattern, next);
    default:
      return pattern satisfies never;
  }
}

// SECURITY: the dot of a rule that allows stops at a line break, that of one that denies does not; and what `closedTo` names is matched
// by a rule that allows only where its author wrote it out.
function charactersRead({ lenient, closedTo }: Entry, set: Extract<Pattern, { kind: "set" }>): CodeSet {
  if (!lenient) return union(set.named, set.open);
  const open = set.dot ? without(set.open, LINE_BREAKS) : set.open;
  return union(set.named, closedTo === NOTHING ? open : without(open, closedTo));
}

function compileRepeat(
  build: Build,
  { item, least, most }: Extract<Pattern, { kind: "repeat" }>,
  next: number,
): number {
  let after = next;
  if (most === null) {
    const loop: number[] = [next];
    after = add(build, { kind: "fork", next: loop });
    loop.push(compile(build, item, after));
  } else
    for (let i = least; i < most; i += 1)
      after = add(build, { kind: "fork", next: [next, compile(build, item, after)] });
  for (let i = 0; i < least; i += 1) after = compile(build, item, after);
  return after;
}
