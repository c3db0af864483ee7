// How a CSC 0.1 runner checks a declared scope before it starts anything. Kept for its vectors and for reading its receipts: it cuts globs
// to their directory and knows no links, so nothing of the house grants by it (see `scopeOf`). Source: spec/csc.md §2.6, F-03.

import { isWithin, normalPath } from "../paths/normal-path.ts";
import { literalPrefix } from "../paths/scope.ts";

/** Undefined when the scope is taken, else the runner's reason; `label` names the path in it. */
export function referenceScopeRefusal(path: string, prefixes: readonly string[], label = "path"): string | undefined {
  const literal = literalPrefix(path);
  if (literal === "") return `${label}: no literal prefix before glob metacharacter`;
  if (literal.split(/[\\/]/).includes("..")) return `${label}: '..' not allowed in declared scope`;
  if (normalPath(literal).kind === "not_absolute") return NOT_ABSOLUTE;
  return isWithin(literal, prefixes) ? undefined : `${label}: scope outside allowed prefixes`;
}

/** The runner's words for a path that is not absolute. */
export const NOT_ABSOLUTE = "path must be absolute";
