// Reads a program text of a language: tokens, then values and calls, in two passes, without running anything.
import { HOLE } from "../arg.ts";
import type { Language } from "../profile.ts";
import { awkDialect } from "./awk/dialect.ts";
import type { CodeReading } from "./finding.ts";
import { unreadable } from "./gather.ts";
import { groovyDialect } from "./groovy/dialect.ts";
import { javascriptDialect } from "./javascript/dialect.ts";
import { luaDialect } from "./lua/dialect.ts";
import { perlDialect } from "./perl/dialect.ts";
import { phpDialect } from "./php/dialect.ts";
import { pythonDialect } from "./python/dialect.ts";
import { rDialect } from "./r/dialect.ts";
import type { ReadHow } from "./read-how.ts";
import { readWith } from "./read-with.ts";
import { rubyDialect } from "./ruby/dialect.ts";
import { readTcl } from "./tcl/read.ts";
import type { Dialect } from "./walk/dialect.ts";

export type { CodeFinding, CodeReading } from "./finding.ts";
export type { ReadHow } from "./read-how.ts";

const dialects: Readonly<Record<Exclude<Language, "tcl">, () => Dialect>> = {
  python: pythonDialect,
  javascript: javascriptDialect,
  ruby: rubyDialect,
  perl: perlDialect,
  php: phpDialect,
  lua: luaDialect,
  awk: awkDialect,
  groovy: groovyDialect,
  r: rDialect,
};

/** What a program text of `language` would do, found by tokenising it; strings and comments are data. */
export const readCode = (language: Language, text: string, how: ReadHow = {}): CodeReading =>
  readCounted(language, text, how).reading;

/** The same, with the number of steps it took. */
export function readCounted(
  language: Language,
  text: string,
  how: ReadHow = {},
): { readonly reading: CodeReading; readonly steps: number } {
  if (language !== "tcl") return readWith(dialects[language](), text, how);
  const isOpen = text.includes(HOLE) && how.holes_stay_inside !== true;
  return isOpen ? { reading: unreadable("a part of it is not known"), steps: 0 } : readTcl(text);
}
