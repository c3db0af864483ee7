// The two passes of a reading with a dialect of the walker.
import { HOLE } from "../arg.ts";
import type { CodeReading } from "./finding.ts";
import { gather, unreadable } from "./gather.ts";
import { cursorOn } from "./lex/cursor.ts";
import type { Node } from "./lex/tree.ts";
import type { ReadHow } from "./read-how.ts";
import type { Dialect, Walk } from "./walk/dialect.ts";
import { rest, statements } from "./walk/expression.ts";

/** A reading, what the dialect noted, and the number of nodes visited, which grows no faster than the text. */
export interface Counted {
  readonly reading: CodeReading;
  readonly notes: ReadonlySet<string>;
  readonly steps: number;
}

const nothing = (why: string): Counted => ({ reading: unreadable(why), notes: new Set(), steps: 0 });

/** Reads a text with a dialect. */
export function readWith(dialect: Dialect, text: string, how: ReadHow): Counted {
  if (text.includes(HOLE) && how.holes_stay_inside !== true) return nothing("a part of it is not known");
  const cursor = cursorOn(text);
  const nodes = dialect.lex(cursor);
  return cursor.broken === null ? walkOver(dialect, nodes) : nothing(cursor.broken);
}

function walkOver(dialect: Dialect, nodes: readonly Node[]): Counted {
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
  return { reading: gathering.reading(), notes, steps: walk.steps };
}
