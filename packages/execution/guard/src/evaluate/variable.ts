// The values that a variable may hold, as far as a line tells.
import { type Arg, literal, type Taint, unknownArg } from "../arg.ts";

/** A variable: one word, none where it is not set, or the words of an array. Several alternatives where branches or loops set it differently. */
export interface Variable {
  readonly alternatives: readonly (readonly Arg[])[];
  readonly array: boolean;
}

/** A variable with one value. */
export const oneValue = (value: Arg): Variable => ({ alternatives: [[value]], array: false });

/** An array with these words, in this order and without gaps. */
export const arrayOf = (words: readonly Arg[]): Variable => ({ alternatives: [words], array: true });

/** A variable of which nothing is known. */
export const unknownVariable: Variable = oneValue(unknownArg("variable"));

/** An array of which nothing is known. */
export const unknownArray: Variable = arrayOf([unknownArg("variable", true)]);

/** A variable that is not set: it has no word at all. */
export const unsetVariable: Variable = { alternatives: [[]], array: false };

const MAX_ALTERNATIVES = 8;

/** What holds whichever of them it is. */
export function anyOf(variables: readonly Variable[]): Variable {
  const [first, ...rest] = variables;
  if (first === undefined) return unknownVariable;
  if (rest.every((one) => one === first)) return first;
  const alternatives = dedupe(variables.flatMap((one) => one.alternatives));
  return { alternatives: bounded(alternatives), array: variables.some((one) => one.array) };
}

/** A variable that keeps changing from turn to turn: a number if it was always one, else anything. */
export function widened({ alternatives, array }: Variable): Variable {
  const numbers = !array && alternatives.every(([one]) => one !== undefined && /^-?\d+$/.test(one.text));
  if (numbers) return oneValue({ ...literal("0"), taints: new Set<Taint>(["number"]) });
  return { alternatives: [[unknownOf(alternatives)]], array };
}

/** True when both hold the same. */
export const sameVariable = (a: Variable | undefined, b: Variable | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.array === b.array && keyOf(a) === keyOf(b));

/** True when both lists hold the same words, or neither is known. */
export const sameWords = (a: readonly Arg[] | null, b: readonly Arg[] | null): boolean =>
  a === b || (a !== null && b !== null && keyOfWords(a) === keyOfWords(b));

// SECURITY: more values than are looked at one by one is a value that is not known; none of them is left out.
const bounded = (alternatives: readonly (readonly Arg[])[]): readonly (readonly Arg[])[] =>
  alternatives.length <= MAX_ALTERNATIVES ? alternatives : [[unknownOf(alternatives)]];

function unknownOf(alternatives: readonly (readonly Arg[])[]): Arg {
  const taints = new Set<Taint>(["variable", ...alternatives.flatMap((one) => one.flatMap((arg) => [...arg.taints]))]);
  return { ...unknownArg("variable", true), taints };
}

function dedupe(all: readonly (readonly Arg[])[]): (readonly Arg[])[] {
  const seen = new Map<string, readonly Arg[]>();
  for (const one of all) seen.set(keyOfWords(one), one);
  return [...seen.values()];
}

const keyOf = ({ alternatives }: Variable): string => alternatives.map(keyOfWords).join("\u0002");

const keyOfWords = (words: readonly Arg[]): string => `${words.length} ${words.map(keyOfWord).join("\u0001")}`;

function keyOfWord({ text, glob, splits, taints, stream }: Arg): string {
  const fed = stream === null ? "" : JSON.stringify([stream.text, [...stream.taints], stream.files]);
  return `${glob ? "*" : ""}${splits ? "+" : ""}${[...taints].join(",")}=${text}${fed}`;
}
