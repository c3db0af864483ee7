// Tokens of PHP. Names are written small: PHP does not tell `SYSTEM` from `system`. Text outside `<?php … ?>` is output.
import { type Cursor, charAt, cursorOn, giveUp, isNext, take, takeChars, takeUntil } from "./cursor.ts";
import { noEscapes, phpEscapes } from "./escapes.ts";
import { takeText } from "./text.ts";
import { bracket, descend, end, finish, leaf, type Node, type Piece, space, startTree, type Tree } from "./tree.ts";

const blank = /[ \t\f\v\r]+/y;
const name = /\\?[\p{L}_][\p{L}\p{N}_]*(?:\\[\p{L}_][\p{L}\p{N}_]*)*/uy;
const variable = /\$[\p{L}_][\p{L}\p{N}_]*/uy;
const number = /0[xXbBoO][\da-fA-F_]+|(?:\d[\d_]*(?:\.\d[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?\.?(?![.\d])/y;
const operator =
  /<=>|\*\*=|\.\.\.|<<=|>>=|===|!==|\?\?=|\?->|->|=>|::|\+\+|--|\|\||&&|\?\?|==|!=|<>|<=|>=|<<|>>|\*\*|[-+*/.%&|^]=|[-+*/%=<>!.,:?&|^~@$#\\]/y;
const heredocHead = /<<<[ \t]*(?:"[\p{L}_][\p{L}\p{N}_]*"|'[\p{L}_][\p{L}\p{N}_]*'|[\p{L}_][\p{L}\p{N}_]*)\r?\n/uy;
const lineComment = /(?:(?!\?>)[^\n])*/y;

/** All tokens of a program. */
export function lexPhp(cursor: Cursor): readonly Node[] {
  const tree = startTree(cursor);
  // A program given on a command line cannot begin with `<`.
  if (/^\s*<(?!<)|^#!/.test(cursor.text.slice(0, 200))) skipOutput(tree);
  while (cursor.at < cursor.text.length) step(tree);
  return finish(tree);
}

function skipOutput(tree: Tree): void {
  const { cursor } = tree;
  const stop = cursor.text.indexOf("<?", cursor.at);
  const output = cursor.text.slice(cursor.at, stop < 0 ? cursor.text.length : stop);
  if (/<%|<script[^>]{0,60}php/i.test(output)) giveUp(cursor, "an old way to begin code");
  cursor.at = stop < 0 ? cursor.text.length : stop + 2;
  take(cursor, /php(?=\s|$)|=/iy);
  end(tree, "?>");
}

function step(tree: Tree): void {
  const { cursor } = tree;
  const char = charAt(cursor);
  if (take(cursor, blank) !== "") return space(tree, false);
  if (char === "\n") {
    takeChars(cursor, 1);
    return space(tree, true);
  }
  if (isNext(cursor, "?>")) {
    takeChars(cursor, 2);
    return skipOutput(tree);
  }
  if (isNext(cursor, "//") || (char === "#" && charAt(cursor, 1) !== "[")) return void take(cursor, lineComment);
  if (isNext(cursor, "/*")) {
    takeChars(cursor, 2);
    takeUntil(cursor, "*/", "a comment is not closed");
    return space(tree, true);
  }
  if (char === '"' || char === "'" || char === "`") return stepString(tree, char);
  stepPlain(tree, char);
}

function stepString(tree: Tree, quote: string): void {
  const { cursor } = tree;
  takeChars(cursor, 1);
  const pieces =
    quote === "'"
      ? takeText(cursor, { close: "'", escapes: noEscapes, lines: true })
      : takeText(cursor, { close: quote, escapes: phpEscapes, lines: true, starts: "${", code: takeCode });
  leaf(tree, quote === "`" ? "shell" : "text", quote, pieces);
}

function stepPlain(tree: Tree, char: string): void {
  const { cursor } = tree;
  if (isNext(cursor, "<<<") && stepHeredoc(tree)) return;
  const digits = take(cursor, number);
  if (digits !== "") return leaf(tree, "number", digits);
  const word = take(cursor, variable) || take(cursor, name);
  if (word !== "") return leaf(tree, "name", word.toLowerCase().replace(/^\\/, ""));
  if (char === ";") {
    takeChars(cursor, 1);
    return end(tree, ";");
  }
  if ("([{)]}".includes(char)) {
    takeChars(cursor, 1);
    return void bracket(tree, char);
  }
  const op = take(cursor, operator);
  if (op === "") return giveUp(cursor, "a character that PHP has no use for");
  leaf(tree, "op", op);
}

function stepHeredoc(tree: Tree): boolean {
  const { cursor } = tree;
  const head = take(cursor, heredocHead);
  if (head === "") return false;
  const label = head.replaceAll(/[<"'\s]/g, "");
  const body = takeBody(cursor, label);
  const isRaw = head.includes("'");
  leaf(tree, "text", "<<<", isRaw ? [body] : piecesOf(cursor, body));
  return true;
}

// The label ends it at the beginning of a line, indented or not, and code may follow on that line.
function takeBody(cursor: Cursor, label: string): string {
  const from = cursor.at;
  const closing = new RegExp(String.raw`[ \t]*${label}(?![\p{L}\p{N}_])`, "uy");
  for (let line = from; line >= 0 && line <= cursor.text.length; line = cursor.text.indexOf("\n", line) + 1) {
    cursor.at = line;
    if (take(cursor, closing) !== "") return cursor.text.slice(from, Math.max(from, line - 1));
    if (!cursor.text.includes("\n", line)) break;
  }
  giveUp(cursor, `a here-document is not closed by \`${label}\``);
  return "";
}

function piecesOf(cursor: Cursor, body: string): readonly Piece[] {
  const inner = cursorOn(body, cursor.depth);
  descend(inner);
  const pieces = takeText(inner, { close: null, escapes: phpEscapes, lines: true, starts: "${", code: takeCode });
  if (inner.broken !== null) giveUp(cursor, inner.broken);
  return pieces;
}

// `{$ …}`, `${ … }`, `$name`, `$name[…]`.
function takeCode(cursor: Cursor): readonly Node[] | null {
  const isBraced = isNext(cursor, "{$") || isNext(cursor, "${");
  if (!isBraced) return takeVariable(cursor);
  const opening = isNext(cursor, "{$") ? 1 : 2;
  descend(cursor);
  takeChars(cursor, opening);
  const tree = startTree(cursor);
  while (cursor.at < cursor.text.length && !(tree.open.length === 0 && charAt(cursor) === "}")) step(tree);
  if (cursor.at >= cursor.text.length) giveUp(cursor, "code in a string is not closed");
  takeChars(cursor, 1);
  cursor.depth -= 1;
  return finish(tree);
}

function takeVariable(cursor: Cursor): readonly Node[] | null {
  const found = take(cursor, variable);
  if (found === "") return null;
  return [{ kind: "name", text: found.toLowerCase(), pieces: [], spaced: false, fresh: false }];
}
