// A pattern as a tree: what is left of a regular expression once nothing in it can backtrack.

import { ANYTHING, charactersOf, type CodeSet, NOTHING } from "./code-set.ts";

/** Where a pattern may stand without reading a character. */
export type Place = "start" | "end" | "word_edge" | "no_word_edge";

/**
 * A tree of five kinds. A `set` tells what its author wrote out character by character (`named`) from what a dot, a range or a
 * negation lets in besides (`open`): a rule that allows lets only the former match what is special to a shell.
 */
export type Pattern =
  | { readonly kind: "set"; readonly named: CodeSet; readonly open: CodeSet; readonly dot: boolean }
  | { readonly kind: "sequence"; readonly items: readonly Pattern[] }
  | { readonly kind: "choice"; readonly items: readonly Pattern[] }
  | { readonly kind: "repeat"; readonly item: Pattern; readonly least: number; readonly most: number | null }
  | { readonly kind: "at"; readonly place: Place };

/** Exactly this text. */
export function literal(text: string): Pattern {
  return sequence([...text].map((char) => ({ kind: "set", named: charactersOf(char), open: NOTHING, dot: false })));
}

/** One after the other. */
export function sequence(items: readonly Pattern[]): Pattern {
  return { kind: "sequence", items };
}

/** One of them. */
export function choice(items: readonly Pattern[]): Pattern {
  return { kind: "choice", items };
}

/** A place. */
export function at(place: Place): Pattern {
  return { kind: "at", place };
}

/** Any text at all, line breaks included. */
export const anyText: Pattern = {
  kind: "repeat",
  item: { kind: "set", named: NOTHING, open: ANYTHING, dot: false },
  least: 0,
  most: null,
};

/** Any text made of these characters. */
export function textOf(characters: CodeSet): Pattern {
  return { kind: "repeat", item: { kind: "set", named: characters, open: NOTHING, dot: false }, least: 0, most: null };
}

/** True when the pattern can only begin where the text begins. */
export function isAnchored(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case "at":
      return pattern.place === "start";
    case "sequence": {
      const [first] = pattern.items;
      return first !== undefined && isAnchored(first);
    }
    case "choice":
      return pattern.items.length > 0 && pattern.items.every(isAnchored);
    case "repeat":
      return pattern.least > 0 && isAnchored(pattern.item);
    case "set":
      return false;
    default:
      return pattern satisfies never;
  }
}

/** True when the pattern can only end where the text ends, or says itself what may follow it. */
export function isClosed(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case "at":
      return pattern.place === "end";
    case "sequence": {
      const last = pattern.items.at(-1);
      return last !== undefined && isClosed(last);
    }
    case "choice":
      return pattern.items.length > 0 && pattern.items.every(isClosed);
    case "repeat":
      return pattern.least > 0 && isClosed(pattern.item);
    case "set":
      return false;
    default:
      return pattern satisfies never;
  }
}

/** True when the pattern asks somewhere for the beginning or the end of the text. */
export function hasBorder(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case "at":
      return pattern.place === "start" || pattern.place === "end";
    case "sequence":
    case "choice":
      return pattern.items.some(hasBorder);
    case "repeat":
      return hasBorder(pattern.item);
    case "set":
      return false;
    default:
      return pattern satisfies never;
  }
}
