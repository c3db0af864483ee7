// Reads a program text of a language: tokens, then values and calls, in two passes, without running anything.
import { HOLE } from "../arg.ts";
import type { Language } from "../profile.ts";
import type { CodeReading } from "./finding.ts";
import { gather, unreadable } from "./gather.ts";
import { groovyDialect } from "./groovy/dialect.ts";
import { javascriptDialect } from "./javascript/dialect.ts";
import { cursorOn } from "./lex/cursor.ts";
import type { Node } from "./lex/tree.ts";
import { pythonDialect } from "./python/dialect.ts";
import { luaDialect } from "./lua/dialect.ts";
import { perlDialect } from "./perl/dialect.ts";
import { phpDialect } from "./php/dialect.ts";
import { rDialect } from "./r/dialect.ts";
import { rubyDialect } from "./ruby/dialect.ts";
import type { Dialect, Walk } from "./walk/dialect.ts";
import { rest, statements } from "./walk/expression.ts";

export type { CodeFinding, CodeReading, CodeWriteMode } from "./finding.ts";

/** What the caller knows of the text. */
export interface ReadHow {
  /** Said or not: each NUL in the text is a stretch that is not known. */
  readonly has_holes?: boolean;
  /** The unknown stretches hold no quote, backslash or line end: inside a string they are data. */
  readonly holes_stay_inside?: boolean;
}

const dialects: Partial<Record<Language, () => Dialect>> = {
  python: pythonDialect,
  javascript: javascriptDialect,
  ruby: rubyDialect,
  perl: perlDialect,
  php: phpDialect,
  lua: luaDialect,
  groovy: groovyDialect,
  r: rDialect,
};

/** What a program text of `language` would do, found by tokenising it; strings and comments are data. */
export const readCode = (language: Language, text: string, how: ReadHow = {}): CodeReading =>
  readCounted(language, text, how).reading;

/** The same, with the number of nodes visited, which grows no faster than the text. */
export function readCounted(
  language: Language,
  text: string,
  how: ReadHow = {},
): { readonly reading: CodeReading; readonly steps: number } {
  const dialect = dialects[language]?.();
  if (dialect === undefined) return { reading: unreadable(`the language ${language}`), steps: 0 };
  if (text.includes(HOLE) && how.holes_stay_inside !== true)
    return { reading: unreadable("a part of it is not known"), steps: 0 };
  const cursor = cursorOn(text);
  const nodes = dialect.lex(cursor);
  if (cursor.broken !== null) return { reading: unreadable(cursor.broken), steps: 0 };
  return walkOver(dialect, nodes);
}

function walkOver(dialect: Dialect, nodes: readonly Node[]): { readonly reading: CodeReading; readonly steps: number } {
  const notes = new Set<string>();
  const gathering = gather(() => notes.has("decodes"));
  const walk: Walk = {
    dialect,
    bound: new Map(),
    methods: new Set(),
    notes,
    judged: new Set(),
    assigned: null,
    pass: "bind",
    depth: 0,
    steps: 0,
    judge: rest,
    report: (finding) => {
      if (walk.pass === "report") gathering.report(finding);
    },
  };
  statements(walk, nodes);
  walk.judged.clear();
  walk.pass = "report";
  statements(walk, nodes);
  return { reading: gathering.reading(), steps: walk.steps };
}
