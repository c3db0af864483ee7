// Tokens of Python: prefixes of strings, code in f-strings (3.12 rules), lines that end statements.
import { type Cursor, charAt, giveUp, isNext, take, takeChars } from "./cursor.ts";
import { pythonEscapes } from "./escapes.ts";
import { takeText, type TextStyle } from "./text.ts";
import { bracket, descend, end, finish, leaf, type Node, type Piece, space, startTree, type Tree } from "./tree.ts";

const blank = /[ \t\f]+/y;
const comment = /#[^\r\n]*/y;
const name = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const number = /0[xXoObB][\da-fA-F_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?/y;
const quoted = /(?:[rR][bBfFtT]?|[bBfFtT][rR]?|[uU])?(?:"""|'''|"|')/y;
const operator = /:=|->|\*\*=?|\/\/=?|<<=?|>>=?|[=!<>+\-*/%&|^@]=|\.\.\.|[-+*/%@&|^~<>=.,:]/y;
// A cookie that says the bytes are not what they look like.
const cookie = /^(?:[^\n]*\n)?[ \t\f]*#[^\n]*coding[:=][ \t]*(?!utf-?8|ascii|us-ascii|latin-?1|iso-8859-1)[-\w.]/i;

/** All tokens of a program. */
export function lexPython(cursor: Cursor): readonly Node[] {
  if (cookie.test(cursor.text.slice(0, 400))) giveUp(cursor, "an encoding that hides what is written");
  const tree = startTree(cursor);
  while (cursor.at < cursor.text.length) step(tree);
  return finish(tree);
}

function step(tree: Tree): void {
  const { cursor } = tree;
  const char = charAt(cursor);
  if (take(cursor, blank) !== "") return space(tree, false);
  if (char === "\n" || char === "\r") return stepLine(tree);
  if (char === "#") return void take(cursor, comment);
  if (char === "\\" && /^\\\r?\n/.test(cursor.text.slice(cursor.at, cursor.at + 3)))
    return void (cursor.at = cursor.text.indexOf("\n", cursor.at) + 1);
  const opening = take(cursor, quoted);
  if (opening !== "") return leaf(tree, "text", "", takeString(cursor, opening));
  stepPlain(tree, char);
}

function stepPlain(tree: Tree, char: string): void {
  const { cursor } = tree;
  const digits = take(cursor, number);
  if (digits !== "") return leaf(tree, "number", digits);
  const word = take(cursor, name);
  if (word !== "") return leaf(tree, "name", word.normalize("NFKC"));
  if (char === ";") {
    cursor.at += 1;
    return end(tree, ";");
  }
  if ("([{)]}".includes(char)) {
    cursor.at += 1;
    return void bracket(tree, char);
  }
  const op = take(cursor, operator);
  if (op === "") return giveUp(cursor, "a character that Python has no use for");
  leaf(tree, "op", op);
}

function stepLine(tree: Tree): void {
  takeChars(tree.cursor, 1);
  if (tree.open.length === 0) end(tree, "\n");
  else space(tree, true);
}

function takeString(cursor: Cursor, opening: string): readonly Piece[] {
  const quote = opening.endsWith('"""') || opening.endsWith("'''") ? opening.slice(-3) : opening.slice(-1);
  const prefix = opening.slice(0, -quote.length).toLowerCase();
  const style: TextStyle = {
    close: quote,
    escapes: prefix.includes("r") ? null : pythonEscapes,
    lines: quote.length === 3,
  };
  return takeText(cursor, /[ft]/.test(prefix) ? { ...style, starts: "{", code: takeField } : style);
}

// `{{` is text. Code goes to the brace, the format after `:` or `!` at its own level.
function takeField(cursor: Cursor): readonly Node[] | null {
  if (isNext(cursor, "{{")) {
    cursor.at += 1;
    return null;
  }
  descend(cursor);
  takeChars(cursor, 1);
  const tree = startTree(cursor);
  while (cursor.at < cursor.text.length && !(tree.open.length === 0 && endsField(cursor))) step(tree);
  const code = [...finish(tree)];
  if (charAt(cursor) !== "}") code.push(...takeFormat(cursor));
  if (charAt(cursor) !== "}") giveUp(cursor, "a field of a string is not closed");
  takeChars(cursor, 1);
  cursor.depth -= 1;
  return code;
}

const endsField = (cursor: Cursor): boolean =>
  charAt(cursor) === "}" || charAt(cursor) === ":" || (charAt(cursor) === "!" && charAt(cursor, 1) !== "=");

function takeFormat(cursor: Cursor): readonly Node[] {
  const code: Node[] = [];
  while (cursor.at < cursor.text.length && charAt(cursor) !== "}") {
    const inner = charAt(cursor) === "{" ? takeField(cursor) : null;
    if (inner === null) takeChars(cursor, 1);
    else code.push({ kind: "op", text: ",", pieces: [], spaced: false, fresh: false }, ...inner);
  }
  return code;
}
