// What may follow in Ruby: an operand, an operator, or one of them and only a parser could tell.
import { charAt, type Cursor } from "./cursor.ts";
import { last, type Tree } from "./tree.ts";

/** `begins`: an operand; `ended`: an operator. */
export type Stand = "begins" | "ended" | "unclear";

const openers = new Set(
  "if unless while until and or not return when in do then else elsif case begin ensure rescue yield super break next puts".split(
    " ",
  ),
);

const closing = new Set("self nil true false end __FILE__ __LINE__ __method__ __dir__".split(" "));

// Methods that are called without brackets so often that they are taken for methods unless the program binds the name.
const commands = new Set(
  `puts p print pp printf putc warn raise require require_relative system exec eval abort expect assert_equal assert fail spawn
  format sprintf class_eval module_eval instance_eval desc long_desc define_method open attr_reader it describe context include
  extend error warning info debug add_dependency delegate`.split(/\s+/),
);

/** Judges by the token before the cursor. */
export function standing(tree: Tree): Stand {
  const before = last(tree);
  if (before === undefined || before.kind === "end" || before.kind === "op") return "begins";
  if (before.kind !== "name") return "ended";
  const owner = last(tree, 2);
  const isMember = owner?.kind === "op" && (owner.text === "." || owner.text === "&.");
  if (!isMember && openers.has(before.text) && !commands.has(before.text)) return "begins";
  if (!isMember && closing.has(before.text)) return "ended";
  if (/^[@$]/.test(before.text)) return "ended";
  // What follows a dot is never a variable: with white space before and none behind, an argument begins.
  if (isMember) return tree.spaced && /[^\s=]/.test(charAt(tree.cursor, 1)) ? "begins" : "ended";
  if (!isMember && commands.has(before.text) && !isVariable(tree.cursor, before.text)) return "begins";
  return "unclear";
}

const variables = new WeakMap<Cursor, Map<string, boolean>>();

function isVariable(cursor: Cursor, word: string): boolean {
  const known = variables.get(cursor) ?? new Map<string, boolean>();
  variables.set(cursor, known);
  const is =
    known.get(word) ??
    new RegExp(String.raw`[|,(][ \t]*${word}\b|\b${word}[ \t]*(?:[-+*/|&]{0,2}=(?![=~>])|,|\|)`).test(cursor.text);
  known.set(word, is);
  return is;
}
