// The shapes between the one walker and its languages: what a language must say about itself, what a known name does.
import type { CodeFinding } from "../finding.ts";
import type { Cursor } from "../lex/cursor.ts";
import type { Group, Node } from "../lex/tree.ts";
import type { Value } from "./value.ts";

/** A place in a row of nodes. */
export interface Run {
  readonly nodes: readonly Node[];
  at: number;
}

/** The state of one reading. */
export interface Walk {
  readonly dialect: Dialect;
  /** Names that the program binds. Without scopes or order: a name is everything it is ever bound to. */
  readonly bound: Map<string, Value>;
  /** Names of methods that the program defines. */
  readonly methods: Set<string>;
  /** Things a language remembers: `decodes` when the program decodes anything, modules imported whole. */
  readonly notes: Set<string>;
  /** Lists and records whose content was judged in this pass. */
  readonly judged: Set<Value>;
  /** What the last assignment gave: it is bound, and does not escape as a statement. */
  assigned: Value | null;
  /** First pass: names are bound and nothing is reported; second pass: the reverse. */
  pass: "bind" | "report";
  depth: number;
  /** Nodes visited: what the proof of linear time counts. */
  steps: number;
  readonly report: (finding: CodeFinding) => void;
  /** Judges all nodes of a row from a place on; see `rest`. */
  readonly judge: (walk: Walk, run: Run) => Value;
}

/** One argument, or one item of a list or record. */
export interface Item {
  /** Its keyword or key. */
  readonly name: string | null;
  readonly value: Value;
  /** It stands for any number of items. */
  readonly spread: boolean;
}

/** One call of a known name, or its mention as a value: then nothing is known of the arguments. */
export interface Site {
  readonly walk: Walk;
  /** The name, as findings show it. */
  readonly what: string;
  readonly args: readonly Item[];
  /** The object whose method it is. */
  readonly on: Value;
  readonly called: boolean;
}

/** What a known name does when it is called. */
export interface Act {
  readonly run: (site: Site) => Value;
  /** Arguments that are names of the outside world do not escape through it. */
  readonly holds?: true;
  /** It only computes, prints or reads what it is given: a variable of the same name is that variable. */
  readonly mild?: true;
}

/** Known names by dotted path; `json.*` stands for everything below. */
export type Names = ReadonlyMap<string, Act>;

/** Reads what follows a reserved word that was just taken. */
export type Word = (walk: Walk, run: Run) => Value | undefined;

/** What the walker asks of a language. */
export interface Dialect {
  readonly lex: (cursor: Cursor) => readonly Node[];
  readonly names: Names;
  /** By method name, or `class#method` for a thing. */
  readonly methods: Names;
  /** Reserved words; null for one that only separates. */
  readonly words: ReadonlyMap<string, Word | null>;
  /** Operators and words before an operand. */
  readonly prefixes: ReadonlySet<string>;
  /** Those prefixes that pass their operand on. */
  readonly carriers: ReadonlySet<string>;
  /** Operators and words between operands. */
  readonly joins: ReadonlySet<string>;
  /** Those joins that make one text of two. */
  readonly glue: ReadonlySet<string>;
  readonly assigns: ReadonlySet<string>;
  /** Assignments that change what is there. */
  readonly updates: ReadonlySet<string>;
  readonly dots: ReadonlySet<string>;
  /** Operators that follow a key. */
  readonly keys: ReadonlySet<string>;
  readonly spreads: ReadonlySet<string>;
  /** Two texts side by side are one. */
  readonly adjacent?: true;
  /** A text is called as the function of that name. */
  readonly text_calls?: true;
  /** A comma in round brackets makes one value, the last. */
  readonly sequences?: true;
  /** Functions that call what they are given, by last name. */
  readonly callbacks?: ReadonlySet<string>;
  /** Names of modules that stay what they are although a variable somewhere has the same name. */
  readonly keeps?: ReadonlySet<string>;
  /** Names that are called without being written. */
  readonly calls_unseen?: RegExp;
  /** What an unbound name is. */
  readonly root: (walk: Walk, name: string) => Value;
  readonly member: (walk: Walk, on: Value, name: string) => Value;
  readonly index: (walk: Walk, on: Value, keys: readonly Item[]) => Value;
  /** A pair of braces where a value may stand. */
  readonly braces: (walk: Walk, group: Group, run: Run) => Value;
  /** A special form where an operand may stand. */
  readonly operand?: (walk: Walk, run: Run) => Value | undefined;
  /** A special form after a value: command arguments, blocks, tagged templates. */
  readonly trail?: (walk: Walk, run: Run, value: Value) => Value | undefined;
  /** A member or element is given a value. */
  readonly store?: (walk: Walk, on: Value, given: Value) => void;
  /** A name of the outside world that no list knows is mentioned, or called. */
  readonly unlisted: (walk: Walk, path: string, how: "called" | "mentioned") => void;
  /** What an operator other than glue makes of two values. */
  readonly combine?: (op: string, left: Value, right: Value) => Value;
}
