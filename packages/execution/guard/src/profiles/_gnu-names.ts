// GNU programs under the names that macOS gives them.

/** The names, and each with a `g` before it: `cat`, `gcat`. */
export const withGnuNames = (names: readonly string[]): readonly string[] =>
  names.flatMap((name) => [name, `g${name}`]);

/** The entry of a table for a name or its `g` form. */
export const byGnuName = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : Object.hasOwn(table, name.slice(1)) ? table[name.slice(1)] : undefined;
