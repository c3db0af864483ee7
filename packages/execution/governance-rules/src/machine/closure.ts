// What a set of steps reaches without reading a character, between two characters of which the kinds are known.

import { EDGE, type Edge } from "./alphabet.ts";
import type { Program, Step } from "./program.ts";

/** No rule. Larger than any rank. */
export const NO_RANK = 0x7fff_ffff;

/** Steps that read, and the lowest rank of each kind that matched on the way. */
export type Closure = { readonly reading: readonly number[]; readonly strict: number; readonly lenient: number };

/** A place between two characters; `start` and `end` are the text's. */
export type Spot = { readonly before: Edge; readonly after: Edge; readonly start: boolean; readonly end: boolean };

/** Finds closures over one program; it keeps its marks between calls. */
export type Closer = (from: Iterable<number>, spot: Spot) => Closure;

/** A closer. Each step is visited at most once in a call, so a call is linear in the program. */
export function closerOf({ steps }: Program): Closer {
  const marks = new Int32Array(steps.length);
  let mark = 0;
  return (from, spot) => {
    mark += 1;
    const reading: number[] = [];
    let strict = NO_RANK;
    let lenient = NO_RANK;
    const stack = [...from];
    for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
      const step = steps[index];
      if (step === undefined || marks[index] === mark) continue;
      marks[index] = mark;
      if (step.kind === "read") reading.push(index);
      else if (step.kind === "match") {
        if (step.lenient) lenient = Math.min(lenient, step.rank);
        else strict = Math.min(strict, step.rank);
      } else stack.push(...onward(step, spot));
    }
    return { reading, strict, lenient };
  };
}

const NOWHERE: readonly number[] = [];

function onward(step: Extract<Step, { kind: "fork" | "place" }>, spot: Spot): readonly number[] {
  if (step.kind === "fork") return step.next;
  return stands(step.place, spot) ? [step.next] : NOWHERE;
}

function stands(place: Extract<Step, { kind: "place" }>["place"], spot: Spot): boolean {
  switch (place) {
    case "start":
      return spot.start;
    case "end":
      return spot.end;
    case "word_edge":
      return (spot.before === EDGE.word) !== (spot.after === EDGE.word);
    case "no_word_edge":
      return (spot.before === EDGE.word) === (spot.after === EDGE.word);
    default:
      return place satisfies never;
  }
}
