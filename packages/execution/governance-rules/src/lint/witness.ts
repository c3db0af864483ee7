// A text that a pattern matches, to try tricks on.

import { type CodeSet, holds } from "../pattern/code-set.ts";
import type { Pattern } from "../pattern/pattern.ts";

const MAX_WITNESS = 4096;

/** One text that the pattern matches, places aside; null for a set without characters or a text that would be very long. */
export function witnessOf(pattern: Pattern): string | null {
  switch (pattern.kind) {
    case "at":
      return "";
    case "set":
      return characterOf(pattern.named) ?? characterOf(pattern.open);
    case "sequence":
      return joined(pattern.items.map(witnessOf));
    case "choice":
      return pattern.items.map(witnessOf).find((text) => text !== null) ?? null;
    case "repeat": {
      const one = pattern.least === 0 ? "" : witnessOf(pattern.item);
      return one === null || one.length * pattern.least > MAX_WITNESS ? null : one.repeat(pattern.least);
    }
    default:
      return pattern satisfies never;
  }
}

function joined(texts: readonly (string | null)[]): string | null {
  const all = texts.includes(null) ? null : texts.join("");
  return all === null || all.length > MAX_WITNESS ? null : all;
}

// A letter or digit where there is one: tricks are tried on names.
function characterOf(set: CodeSet): string | null {
  const usual = ["a", "A", "0"].find((char) => holds(set, char.charCodeAt(0)));
  const first = set[0]?.[0];
  return usual ?? (first === undefined ? null : String.fromCodePoint(first));
}
