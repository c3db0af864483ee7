// Tokens of JavaScript and of TypeScript's types. Where a slash may be a division or a regular expression and only a
// whole parser could tell, the reading is given up: a wrong guess would hide code.
import { type Cursor, charAt, giveUp, isNext, take, takeChars, takeUntil } from "./cursor.ts";
import { javascriptEscapes } from "./escapes.ts";
import { takeText } from "./text.ts";
import { bracket, descend, finish, isGroup, last, leaf, type Node, space, startTree, type Tree } from "./tree.ts";

const blank = /[ \t\v\f\u00a0\ufeff]+/y;
const lineEnds = /[\n\r\u2028\u2029]+/y;
const restOfLine = /[^\n\r\u2028\u2029]*/y;
const escape = String.raw`\\u(?:[\da-fA-F]{4}|\{[\da-fA-F]{1,6}\})`;
const name = new RegExp(
  String.raw`#?(?:[$_\p{ID_Start}]|${escape})(?:[$\u200c\u200d\p{ID_Continue}]|${escape})*`,
  "uy",
);
const number = /0[xXoObB][\da-fA-F_]+n?|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?n?/y;
const operator =
  /=>|\.\.\.|\?\.(?!\d)|>>>=|[=!]==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|[-+*/%&|^<>=!]=|\+\+|--|&&|\|\||\?\?|<<|>>|\*\*|[-+*/%&|^!~?:=.,<>@]/y;

/** All tokens of a program. */
export function lexJavascript(cursor: Cursor): readonly Node[] {
  const tree = startTree(cursor);
  if (isNext(cursor, "#!")) take(cursor, restOfLine);
  while (cursor.at < cursor.text.length) step(tree);
  return finish(tree);
}

function step(tree: Tree): void {
  const { cursor } = tree;
  const char = charAt(cursor);
  if (take(cursor, blank) !== "") return space(tree, false);
  if (take(cursor, lineEnds) !== "") return space(tree, true);
  if (char === '"' || char === "'") return stepString(tree, char);
  if (char === "`") return stepTemplate(tree);
  if (char === "/") return stepSlash(tree);
  if (char === ";") {
    takeChars(cursor, 1);
    return leaf(tree, "end", ";");
  }
  if ("([{)]}".includes(char)) {
    takeChars(cursor, 1);
    return void bracket(tree, char);
  }
  stepPlain(tree);
}

function stepPlain(tree: Tree): void {
  const { cursor } = tree;
  const digits = take(cursor, number);
  if (digits !== "") return leaf(tree, "number", digits);
  const word = take(cursor, name);
  if (word !== "") return leaf(tree, "name", unescaped(word));
  // In a script these begin comments, in a module they are operators: neither reading is safe.
  if (isNext(cursor, "<!--") || (isNext(cursor, "-->") && (tree.fresh || tree.nodes.length === 0)))
    return giveUp(cursor, "a comment of HTML");
  const op = take(cursor, operator);
  if (op === "") return giveUp(cursor, "a character that JavaScript has no use for");
  leaf(tree, "op", op);
}

const unescaped = (word: string): string =>
  word.includes("\\")
    ? word.replaceAll(/\\u\{?([\da-fA-F]+)\}?/g, (_, hex: string) =>
        String.fromCodePoint(Number.parseInt(hex, 16) % 0x110000),
      )
    : word;

function stepString(tree: Tree, quote: string): void {
  takeChars(tree.cursor, 1);
  leaf(tree, "text", quote, takeText(tree.cursor, { close: quote, escapes: javascriptEscapes, lines: false }));
}

function stepTemplate(tree: Tree): void {
  takeChars(tree.cursor, 1);
  const pieces = takeText(tree.cursor, {
    close: "`",
    escapes: javascriptEscapes,
    lines: true,
    starts: "$",
    code: takeHole,
  });
  leaf(tree, "text", "`", pieces);
}

function takeHole(cursor: Cursor): readonly Node[] | null {
  if (charAt(cursor, 1) !== "{") return null;
  takeChars(cursor, 2);
  descend(cursor);
  const tree = startTree(cursor);
  while (cursor.at < cursor.text.length && !(tree.open.length === 0 && charAt(cursor) === "}")) step(tree);
  if (cursor.at >= cursor.text.length) giveUp(cursor, "a template is not closed");
  takeChars(cursor, 1);
  cursor.depth -= 1;
  return finish(tree);
}

function stepSlash(tree: Tree): void {
  const { cursor } = tree;
  if (isNext(cursor, "//")) return void take(cursor, restOfLine);
  if (isNext(cursor, "/*")) {
    takeChars(cursor, 2);
    const comment = takeUntil(cursor, "*/", "a comment is not closed");
    return space(tree, /[\n\r\u2028\u2029]/.test(comment));
  }
  const reading = slashAfter(last(tree), tree);
  if (reading === "unclear") return giveUp(cursor, "a slash that may be a division or a regular expression");
  if (reading === "divides") return leaf(tree, "op", take(cursor, operator));
  takeChars(cursor, 1);
  takeRegex(tree);
}

const before = new Set("return typeof case in delete void throw new else do instanceof".split(" "));
const contextual = new Set("await yield of async let static get set as satisfies".split(" "));
const heads = new Set("if while for with".split(" "));

function slashAfter(node: Node | undefined, tree: Tree): "divides" | "regex" | "unclear" {
  if (node === undefined || node.kind === "end") return "regex";
  if (node.kind === "op") return node.text === "++" || node.text === "--" ? "unclear" : "regex";
  if (node.kind === "name") return slashAfterWord(node.text, tree);
  if (isGroup(node, "{")) return "unclear";
  const head = last(tree, 2);
  return isGroup(node, "(") && head?.kind === "name" && heads.has(head.text) ? "unclear" : "divides";
}

function slashAfterWord(word: string, tree: Tree): "divides" | "regex" | "unclear" {
  const owner = last(tree, 2);
  const isMember = owner?.kind === "op" && (owner.text === "." || owner.text === "?.");
  if (isMember) return "divides";
  if (before.has(word)) return "regex";
  return contextual.has(word) ? "unclear" : "divides";
}

const regexPart =
  /[^\n\r\u2028\u2029\\[/]+|\\[^\n\r\u2028\u2029]|\[(?:[^\n\r\u2028\u2029\\\]]|\\[^\n\r\u2028\u2029])*\]/y;
const flags = /[\p{ID_Continue}$]*/uy;

function takeRegex(tree: Tree): void {
  const { cursor } = tree;
  while (cursor.at < cursor.text.length && charAt(cursor) !== "/")
    if (take(cursor, regexPart) === "") giveUp(cursor, "a regular expression is not closed");
  if (charAt(cursor) !== "/") giveUp(cursor, "a regular expression is not closed");
  takeChars(cursor, 1);
  // The v flag nests classes, and a slash may stand there.
  if (take(cursor, flags).includes("v")) giveUp(cursor, "a regular expression of the v flag");
  leaf(tree, "regex", "");
}
