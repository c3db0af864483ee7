// Tokens of R. A line end ends a statement unless a bracket or an operator waits for more.
import { type Cursor, charAt, take, takeChars, takeLine, takeUntil } from "./cursor.ts";
import { plainEscapes } from "./escapes.ts";
import { type PlainForms, stepPlain } from "./plain-step.ts";
import { takeText } from "./text.ts";
import { end, finish, last, leaf, type Node, space, startTree, type Tree } from "./tree.ts";

const blank = /[ \t\f\r\u00a0]+/y;
const name = /[\p{L}.][\p{L}\p{N}._]*/uy;
const number = /(?:0[xX][\da-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)[Li]?/y;
const raw = /[rR]["']-*[([{]/y;
const operator = /<<-|->>|\|>|:::|::|:=|<-|->|==|!=|<=|>=|&&|\|\||%[^%\n]*%|[-+*/^<>=!&|~?:,$@\\]/y;
const plain: PlainForms = { language: "R", number, name, operator };

/** All tokens of a program. */
export function lexR(cursor: Cursor): readonly Node[] {
  const tree = startTree(cursor);
  while (cursor.at < cursor.text.length) step(tree);
  return finish(tree);
}

function step(tree: Tree): void {
  const { cursor } = tree;
  const char = charAt(cursor);
  if (take(cursor, blank) !== "") return space(tree, false);
  if (char === "\n" || char === ";") return stepEnd(tree, char);
  if (char === "#") return void takeLine(cursor);
  const opening = take(cursor, raw);
  if (opening !== "") return leaf(tree, "text", "r", [takeRaw(cursor, opening)]);
  if (char === '"' || char === "'") {
    takeChars(cursor, 1);
    return leaf(tree, "text", char, takeText(cursor, { close: char, escapes: plainEscapes, lines: true }));
  }
  if (char === "`") return stepName(tree);
  stepPlain(tree, char, plain);
}

const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

function takeRaw(cursor: Cursor, opening: string): string {
  const closer = closers[opening.slice(-1)] ?? ")";
  return takeUntil(
    cursor,
    `${closer}${"-".repeat(opening.length - 3)}${opening[1] ?? ""}`,
    "a raw string is not closed",
  );
}

// A name in back-ticks is a name.
function stepName(tree: Tree): void {
  takeChars(tree.cursor, 1);
  const found = takeUntil(tree.cursor, "`", "a name is not closed");
  leaf(tree, "name", found.includes("\\") ? "\\" : found);
}

function stepEnd(tree: Tree, char: string): void {
  takeChars(tree.cursor, 1);
  const open = tree.open.at(-1)?.text;
  const waits = char === "\n" && (open === "(" || open === "[" || last(tree)?.kind === "op");
  if (waits) space(tree, true);
  else end(tree, char);
}
