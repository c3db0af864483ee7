// Tokens of Lua.
import { type Cursor, charAt, isNext, take, takeChars, takeLine, takeUntil } from "./cursor.ts";
import { luaEscapes } from "./escapes.ts";
import { type PlainForms, stepPlain } from "./plain-step.ts";
import { takeText } from "./text.ts";
import { finish, leaf, type Node, space, startTree, type Tree } from "./tree.ts";

const blank = /[ \t\f\v\r]+/y;
const name = /[A-Za-z_]\w*/y;
const number = /0[xX][\da-fA-F.]+(?:[pP][+-]?\d+)?|(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const long = /\[=*\[/y;
const operator = /\.\.\.|\.\.|==|~=|<=|>=|\/\/|::|<<|>>|[-+*/%^#&~|<>=:,.]/y;
const plain: PlainForms = { language: "Lua", number, name, operator };

/** All tokens of a program. */
export function lexLua(cursor: Cursor): readonly Node[] {
  const tree = startTree(cursor);
  if (isNext(cursor, "#")) takeLine(cursor);
  while (cursor.at < cursor.text.length) step(tree);
  return finish(tree);
}

function step(tree: Tree): void {
  const { cursor } = tree;
  const char = charAt(cursor);
  if (take(cursor, blank) !== "") return space(tree, false);
  if (char === "\n") {
    takeChars(cursor, 1);
    return space(tree, true);
  }
  if (isNext(cursor, "--")) return comment(cursor);
  if (char === '"' || char === "'") {
    takeChars(cursor, 1);
    return leaf(tree, "text", char, takeText(cursor, { close: char, escapes: luaEscapes, lines: false }));
  }
  const opening = take(cursor, long);
  if (opening !== "") return leaf(tree, "text", "[[", [takeLong(cursor, opening)]);
  if (char === ";") {
    takeChars(tree.cursor, 1);
    return leaf(tree, "end", ";");
  }
  stepPlain(tree, char, plain);
}

const takeLong = (cursor: Cursor, opening: string): string =>
  takeUntil(cursor, `]${"=".repeat(opening.length - 2)}]`, "a long string is not closed").replace(/^\r?\n/, "");

function comment(cursor: Cursor): void {
  takeChars(cursor, 2);
  const opening = take(cursor, long);
  if (opening === "") takeLine(cursor);
  else takeLong(cursor, opening);
}
