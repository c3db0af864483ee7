// What an expression may be, as far as a reading without running can tell.
import { HOLE } from "../../arg.ts";

/** An abstract value. */
export type Value =
  /** A string; unknown stretches are `HOLE`. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number" }
  /** Items that stand in brackets; `whole` when nothing is spread into it. */
  | { readonly kind: "list"; readonly items: readonly Value[]; readonly whole: boolean }
  /** Keys and values; `whole` when every key is known. */
  | { readonly kind: "record"; readonly entries: ReadonlyMap<string, Value>; readonly whole: boolean }
  /** Something the program did not make: a builtin, a module, a member of one, by its dotted path. */
  | { readonly kind: "ref"; readonly path: string }
  /** A function or class that the program itself defines. */
  | { readonly kind: "local" }
  /** An object of a class that is known, with the path or text it was made from. */
  | { readonly kind: "thing"; readonly of: string; readonly path: string | null }
  /** A member of a value, not called yet; `HOLE` when its name is computed. */
  | { readonly kind: "member"; readonly on: Value; readonly name: string }
  /** One of several. */
  | { readonly kind: "any"; readonly of: readonly Value[] }
  /** Anything else. It cannot be called without a question. */
  | { readonly kind: "data" };

/** Of this nothing is known. */
export const data: Value = { kind: "data" };
/** A function or class of the program. */
export const local: Value = { kind: "local" };
/** A number, whichever. */
export const aNumber: Value = { kind: "number" };
/** Text of which nothing is known. */
export const someText: Value = { kind: "text", text: HOLE };

/** A variable of the environment: its value is not known, and giving it one is a change of the environment. */
export const environmentElement: Value = { kind: "thing", of: "variable", path: null };

/** A known text. */
export const textOf = (text: string): Value => ({ kind: "text", text });
/** A name of the language's own world. */
export const ref = (path: string): Value => ({ kind: "ref", path });
/** An object of a known class. */
export const thing = (of: string, path: string | null = null): Value => ({ kind: "thing", of, path });
/** A list that stands in the code. */
export const listOf = (items: readonly Value[], whole = true): Value => ({ kind: "list", items, whole });

/** The text when every character is known, else null. */
export const knownText = (value: Value | undefined): string | null =>
  value?.kind === "text" && !value.text.includes(HOLE) ? value.text : null;

/** A text for an argument list: known, or with holes, or one hole for anything that is no text. */
export const wordOf = (value: Value): string => (value.kind === "text" ? value.text : HOLE);

const mostTexts = 16_384;

/** Two texts one after the other; anything that is no text, or grows too long, is a hole in the result. */
export function concat(values: readonly Value[]): Value {
  const whole = values.map(wordOf).join("");
  return textOf(whole.length > mostTexts ? HOLE : whole);
}

const mostChoices = 8;

/** True when no further choice is added to it: the caller must treat a further one as handed on. */
export const isFull = (value: Value | undefined): boolean => value?.kind === "any" && value.of.length >= mostChoices;

/** What a name may be that is bound more than once; beyond eight choices one of them is `data`. */
export function either(a: Value | undefined, b: Value): Value {
  if (a === undefined || same(a, b)) return b;
  const choices = [...(a.kind === "any" ? a.of : [a])];
  for (const one of b.kind === "any" ? b.of : [b]) if (!choices.some((other) => same(one, other))) choices.push(one);
  if (choices.length === 1) return b;
  return { kind: "any", of: choices.length > mostChoices ? [...choices.slice(0, mostChoices - 1), data] : choices };
}

function same(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind === "text" && b.kind === "text") return a.text === b.text;
  if (a.kind === "ref" && b.kind === "ref") return a.path === b.path;
  if (a.kind === "thing" && b.kind === "thing") return a.of === b.of && a.path === b.path;
  return a.kind === b.kind && (a.kind === "number" || a.kind === "data" || a.kind === "local");
}
