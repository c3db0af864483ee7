// Tokens of Groovy. Escapes of Java that could end a string before the text is read are not followed.
import { type Cursor, charAt, giveUp, isNext, take, takeChars, takeLine, takeUntil } from "./cursor.ts";
import { plainEscapes } from "./escapes.ts";
import { type PlainForms, stepPlain } from "./plain-step.ts";
import { takeText, type TextStyle } from "./text.ts";
import { descend, end, finish, last, leaf, type Node, space, startTree, type Tree } from "./tree.ts";

const blank = /[ \t\f\r]+/y;
const name = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const number = /0[xXbB][\da-fA-F_]+[lLgG]?|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?[lLgGiIdDfF]?/y;
const operator =
  /<=>|===|!==|==~|=~|\*\*=|<<=|>>>=|>>=|\?:|\?\.|\*\.|\.&|\.@|::|->|\.\.<|\.\.|\+\+|--|&&|\|\||==|!=|<=|>=|<<|\*\*|[-+*/%&|^?]=|[-+*/%&|^!~=<>?:,.@]/y;
const plain: PlainForms = { language: "Groovy", number, name, operator };

/** All tokens of a program. */
export function lexGroovy(cursor: Cursor): readonly Node[] {
  if (/\\u+(?:00)(?:22|27|24|5[cC]|0[aAdD]|2[fF]|60)/.test(cursor.text))
    giveUp(cursor, "an escape that may end a string");
  const tree = startTree(cursor);
  if (isNext(cursor, "#!")) takeLine(cursor);
  while (cursor.at < cursor.text.length) step(tree);
  return finish(tree);
}

function step(tree: Tree): void {
  const { cursor } = tree;
  const char = charAt(cursor);
  if (take(cursor, blank) !== "") return space(tree, false);
  if (char === "\n" || char === ";") return stepEnd(tree, char);
  if (isNext(cursor, "//")) return void takeLine(cursor);
  if (isNext(cursor, "/*")) {
    takeChars(cursor, 2);
    takeUntil(cursor, "*/", "a comment is not closed");
    return space(tree, false);
  }
  if (char === '"' || char === "'") return stepString(tree, char);
  if (isNext(cursor, "$/")) return stepDollarSlash(tree);
  if (char === "/" && stepSlash(tree)) return;
  stepPlain(tree, char, plain);
}

function stepEnd(tree: Tree, char: string): void {
  takeChars(tree.cursor, 1);
  const before = last(tree);
  const open = tree.open.at(-1)?.text;
  const waits = char === "\n" && (open === "(" || open === "[" || before?.kind === "op" || before?.kind === "end");
  if (waits) space(tree, true);
  else end(tree, char);
}

const withCode: Pick<TextStyle, "starts" | "code"> = { starts: "$", code: takeHole };

function stepString(tree: Tree, quote: string): void {
  const { cursor } = tree;
  const close = isNext(cursor, quote.repeat(3)) ? quote.repeat(3) : quote;
  takeChars(cursor, close.length);
  const style: TextStyle = { close, escapes: plainEscapes, lines: close.length === 3 };
  leaf(tree, "text", quote, takeText(cursor, quote === '"' ? { ...style, ...withCode } : style));
}

function stepDollarSlash(tree: Tree): void {
  takeChars(tree.cursor, 2);
  leaf(
    tree,
    "text",
    "$/",
    takeText(tree.cursor, { close: "/$", escapes: null, verbatim: true, lines: true, ...withCode }),
  );
}

// A slash begins a text where an operand is due; after a word with a space only before it, nobody can tell.
function stepSlash(tree: Tree): boolean {
  const { cursor } = tree;
  const before = last(tree);
  const isWord = before?.kind === "name" && !/^(?:return|in|case|assert|throw|else)$/.test(before.text);
  if (isWord && tree.spaced && /[^\s=]/.test(charAt(cursor, 1)))
    giveUp(cursor, "a slash that may begin a text or divide");
  if (before?.kind === "group" && before.text === "{") giveUp(cursor, "a slash that may begin a text or divide");
  const begins =
    before === undefined || before.kind === "op" || before.kind === "end" || (before.kind === "name" && !isWord);
  if (!begins || cursor.broken !== null) return cursor.broken !== null;
  takeChars(cursor, 1);
  leaf(tree, "text", "/", takeText(cursor, { close: "/", escapes: null, lines: true, ...withCode }));
  return true;
}

// `${…}`, `$name.name`.
function takeHole(cursor: Cursor): readonly Node[] | null {
  if (charAt(cursor, 1) !== "{") return takeVariable(cursor);
  descend(cursor);
  takeChars(cursor, 2);
  const tree = startTree(cursor);
  while (cursor.at < cursor.text.length && !(tree.open.length === 0 && charAt(cursor) === "}")) step(tree);
  if (cursor.at >= cursor.text.length) giveUp(cursor, "code in a string is not closed");
  takeChars(cursor, 1);
  cursor.depth -= 1;
  return finish(tree);
}

const dollarName = /\$[\p{L}_][\p{L}\p{N}_]*/uy;

function takeVariable(cursor: Cursor): readonly Node[] | null {
  const found = take(cursor, dollarName);
  if (found === "") return null;
  return [{ kind: "name", text: found.slice(1), pieces: [], spaced: false, fresh: false }];
}
