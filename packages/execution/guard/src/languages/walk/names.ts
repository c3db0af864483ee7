// Tables of known names, written as words so that they can be read and reviewed as lists.
import type { Act, Names } from "./dialect.ts";

/** All of `words` do `act`. A word that ends in `:` is the module of those after it: `os: getcwd path.* -: len`; `-:` ends it. */
export function listed(act: Act, words: string): readonly (readonly [string, Act])[] {
  const entries: (readonly [string, Act])[] = [];
  let module = "";
  for (const word of words.split(/\s+/)) {
    if (word === "") continue;
    if (word === "-:") module = "";
    else if (word.endsWith(":")) module = `${word.slice(0, -1)}.`;
    else entries.push([`${module}${word}`, act]);
  }
  return entries;
}

/** One table; a later entry replaces an earlier one of the same name. */
export const namesOf = (...tables: readonly (readonly (readonly [string, Act])[])[]): Names => new Map(tables.flat());

const longestPath = 160;

/** What the name at `path` does: its own entry, else that of the nearest `.*` above it. */
export function find(names: Names, path: string): Act | undefined {
  if (path.length > longestPath) return undefined;
  const own = names.get(path);
  if (own !== undefined) return own;
  for (let dot = path.lastIndexOf("."); dot > 0; dot = path.lastIndexOf(".", dot - 1)) {
    const act = names.get(`${path.slice(0, dot)}.*`);
    if (act !== undefined) return act;
  }
  return undefined;
}

/** True for a member of a known harmless value, such as `process.argv.length`: then its own name decides, not its path. */
export const isMemberOfValue = (names: Names, path: string): boolean =>
  names.get(path.slice(0, Math.max(0, path.lastIndexOf("."))))?.mild === true;

/** All modules that a table speaks of: `a` and `a.b` for `a.b.c`. */
export function modulesOf(names: Names): ReadonlySet<string> {
  const modules = new Set<string>();
  for (const path of names.keys())
    for (let dot = path.lastIndexOf("."); dot > 0; dot = path.lastIndexOf(".", dot - 1))
      modules.add(path.slice(0, dot));
  return modules;
}

/** A table made when it is first asked for: a hook that judges `ls` builds none. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
