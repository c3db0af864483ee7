// All patterns of one source of text as one deterministic machine, made as it is walked: a decision over a thousand rules reads each
// character once. What it remembers is bounded, and what it forgets it finds again, so a text never costs more than its length times
// the program, whatever an attacker writes into it.

import { holds } from "../pattern/code-set.ts";
import { isAnchored } from "../pattern/pattern.ts";
import { type Alphabet, alphabetOf, EDGE, type Edge } from "./alphabet.ts";
import { type Closer, closerOf, type Closure, NO_RANK, type Spot } from "./closure.ts";
import { compileProgram, type Entry, type Program } from "./program.ts";

/** True when the match of a rule that allows may end at this index of the text. */
export type MayEnd = (index: number) => boolean;

/** The lowest rank that matches `text`; `NO_RANK` for none. Without `mayEnd` only rules that do not allow count. */
export type Machine = { readonly lowest: (text: string, mayEnd: MayEnd | null) => number };

// Between two characters: what was read so far. The arrays are filled as they are asked for.
type State = {
  readonly live: readonly number[];
  readonly before: Edge;
  readonly start: boolean;
  readonly next: (State | undefined)[];
  /** By the edge that comes next. */
  readonly closures: [Closure | undefined, Closure | undefined, Closure | undefined];
};

type Maker = {
  readonly program: Program;
  readonly alphabet: Alphabet;
  readonly close: Closer;
  readonly floating: Map<number, Closure>;
  readonly floatingMoves: Map<number, readonly number[]>;
  readonly states: Map<string, State>;
  readonly most: number;
  initial: State;
};

const MAX_CELLS = 1 << 20;
const MIN_STATES = 64;

/** A machine of patterns. Throws CesError `PATTERN_TOO_LARGE`. */
export function machineOf(entries: readonly Entry[]): Machine {
  const maker = makerOf(compileProgram(entries, isAnchored));
  return { lowest: (text, mayEnd) => walk(maker, text, mayEnd) };
}

function makerOf(program: Program): Maker {
  const sets = program.steps.flatMap((step) => (step.kind === "read" ? [step.set] : []));
  const words = program.steps.some(({ kind, ...step }) => kind === "place" && /word/.test(String(Object(step).place)));
  const alphabet = alphabetOf(sets, words);
  return {
    program,
    alphabet,
    close: closerOf(program),
    floating: new Map(),
    floatingMoves: new Map(),
    states: new Map(),
    most: Math.max(MIN_STATES, Math.floor(MAX_CELLS / alphabet.size)),
    initial: firstState(program),
  };
}

function firstState({ anchored }: Program): State {
  return newState(anchored, EDGE.none, true);
}

function newState(live: readonly number[], before: Edge, start: boolean): State {
  return { live, before, start, next: [], closures: [undefined, undefined, undefined] };
}

function walk(maker: Maker, text: string, mayEnd: MayEnd | null): number {
  const { letterOf, edge } = maker.alphabet;
  let state = maker.initial;
  let best = NO_RANK;
  let index = 0;
  while (index < text.length) {
    const code = text.codePointAt(index) ?? 0;
    const letter = letterOf(code);
    const after = edge[letter] ?? EDGE.other;
    const closure = state.closures[after] ?? closeState(maker, state, after);
    if (closure.strict < best) best = closure.strict;
    if (closure.lenient < best && mayEnd !== null && mayEnd(index)) best = closure.lenient;
    state = state.next[letter] ?? move(maker, state, letter);
    index += code > 0xffff ? 2 : 1;
  }
  const { strict, lenient } = state.closures[EDGE.none] ?? closeState(maker, state, EDGE.none);
  if (strict < best) best = strict;
  return lenient < best && mayEnd !== null && mayEnd(index) ? lenient : best;
}

function spotOf(state: Pick<State, "before" | "start">, after: Edge): Spot {
  return { before: state.before, after, start: state.start, end: after === EDGE.none };
}

// What the state's own steps reach, with what begins right here; only the former are kept as reading.
function closeState(maker: Maker, state: State, after: Edge): Closure {
  const own = maker.close(state.live, spotOf(state, after));
  const begins = closeFloating(maker, state, after);
  const closure = {
    reading: own.reading,
    strict: Math.min(own.strict, begins.strict),
    lenient: Math.min(own.lenient, begins.lenient),
  };
  state.closures[after] = closure;
  return closure;
}

// A pattern that may begin anywhere begins at every character: its first steps are found once for each kind of place, not in each state.
function closeFloating(maker: Maker, state: State, after: Edge): Closure {
  const key = (state.start ? 16 : 0) + state.before * 4 + after;
  const known = maker.floating.get(key);
  if (known !== undefined) return known;
  const closure = maker.close(maker.program.floating, spotOf(state, after));
  maker.floating.set(key, closure);
  return closure;
}

function move(maker: Maker, state: State, letter: number): State {
  const after = maker.alphabet.edge[letter] ?? EDGE.other;
  const own = state.closures[after] ?? closeState(maker, state, after);
  const live = new Set(movesOf(maker, own.reading, letter));
  for (const step of floatingMoves(maker, state, letter)) live.add(step);
  const target = stateOf(maker, Int32Array.from(live).toSorted(), after);
  state.next[letter] = target;
  return target;
}

function floatingMoves(maker: Maker, state: State, letter: number): readonly number[] {
  const after = maker.alphabet.edge[letter] ?? EDGE.other;
  const key = (letter * 2 + (state.start ? 1 : 0)) * 4 + state.before;
  const known = maker.floatingMoves.get(key);
  if (known !== undefined) return known;
  const moves = movesOf(maker, closeFloating(maker, state, after).reading, letter);
  maker.floatingMoves.set(key, moves);
  return moves;
}

function movesOf({ program, alphabet }: Maker, reading: readonly number[], letter: number): readonly number[] {
  const code = alphabet.sample[letter] ?? 0;
  return reading.flatMap((index) => {
    const step = program.steps[index];
    return step?.kind === "read" && holds(step.set, code) ? [step.next] : [];
  });
}

function stateOf(maker: Maker, live: Int32Array, before: Edge): State {
  const key = `${before}:${live.join(",")}`;
  const known = maker.states.get(key);
  if (known !== undefined) return known;
  if (maker.states.size >= maker.most) forget(maker);
  const made = newState([...live], before, false);
  maker.states.set(key, made);
  return made;
}

// States refer to each other: dropping the table and the first state drops them all.
function forget(maker: Maker): void {
  maker.states.clear();
  maker.initial = firstState(maker.program);
}
