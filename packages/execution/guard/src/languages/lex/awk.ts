// Tokens of awk.
import { type Cursor, charAt, giveUp, take, takeChars, takeLine } from "./cursor.ts";
import { plainEscapes } from "./escapes.ts";
import { type PlainForms, stepPlain } from "./plain-step.ts";
import { takeText } from "./text.ts";
import { end, finish, last, leaf, type Node, space, startTree, type Tree } from "./tree.ts";

const blank = /(?:[ \t\f\v\r]|\\\r?\n)+/y;
const name = /[A-Za-z_]\w*(?:::\w+)?/y;
const number = /0[xX][\da-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const operator = /\*\*=|\|&|&&|\|\||\+\+|--|\*\*|>>|[-+*/%^=!<>]=|!~|[-+*/%^!<>|?:~$=,@]/y;
const plain: PlainForms = { language: "awk", number, name, operator };
const regexPart = /[^\n\\[/]+|\\[^\n]|\[\^?\]?(?:\[:\w+:\]|[^\]\n\\]|\\[^\n])*\]/y;
const takesRegex = new Set("print printf return in if while for do else getline case switch delete exit".split(" "));

/** All tokens of a program. */
export function lexAwk(cursor: Cursor): readonly Node[] {
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
  if (char === '"') {
    takeChars(cursor, 1);
    return leaf(tree, "text", '"', takeText(cursor, { close: '"', escapes: plainEscapes, lines: false }));
  }
  if (char === "/" && beginsRegex(tree)) return stepRegex(tree);
  stepPlain(tree, char, plain);
}

function stepEnd(tree: Tree, char: string): void {
  takeChars(tree.cursor, 1);
  const before = last(tree);
  const waits = char === "\n" && before?.kind === "op" && /^(?:,|&&|\|\|)$/.test(before.text);
  if (waits || before?.kind === "end") space(tree, true);
  else end(tree, char);
}

// After an operand a slash divides; after `getline` nobody can tell.
function beginsRegex(tree: Tree): boolean {
  const before = last(tree);
  if (before === undefined || before.kind === "end") return true;
  if (before.kind === "name" && before.text === "getline") giveUp(tree.cursor, "a slash after `getline`");
  if (before.kind === "name") return takesRegex.has(before.text);
  if (before.kind === "group") return before.text === "{";
  if (before.kind !== "op") return false;
  if (before.text !== "++" && before.text !== "--") return true;
  const operand = last(tree, 2);
  return operand === undefined || operand.kind === "op" || operand.kind === "end";
}

function stepRegex(tree: Tree): void {
  const { cursor } = tree;
  takeChars(cursor, 1);
  while (cursor.at < cursor.text.length && charAt(cursor) !== "/")
    if (take(cursor, regexPart) === "") giveUp(cursor, "a regular expression is not closed");
  if (charAt(cursor) !== "/") giveUp(cursor, "a regular expression is not closed");
  takeChars(cursor, 1);
  leaf(tree, "regex", "");
}
