// Tokens of Ruby. What a slash, a percent sign or `<<` begins hangs on whether the word before it is a variable or a
// method; where only a whole parser could tell, the reading is given up: a wrong guess would hide code.
import { type Cursor, charAt, cursorOn, giveUp, isNext, take, takeChars, takeLine } from "./cursor.ts";
import { delimitersOf, takeHeredoc } from "./delimiters.ts";
import { noEscapes, rubyEscapes } from "./escapes.ts";
import { takeText } from "./text.ts";
import {
  bracket,
  descend,
  end,
  finish,
  isName,
  last,
  leaf,
  leafWords,
  type Node,
  type Piece,
  space,
  startTree,
  type Tree,
} from "./tree.ts";
import { type Stand, standing } from "./ruby-stand.ts";

const blank = /[ \t\f\v\r]+/y;

const name = /(?:@@?|\$)[\p{ID_Start}_][\p{ID_Continue}]*|[\p{ID_Start}_][\p{ID_Continue}]*(?:[?!](?!=(?![=~>])))?/uy;

const special = /\$(?:-\w|\d+|[~*$?!@/\\;,.=:<>"&`'+_])/y;

const number = /\d[\d_]*(?:[xXoObBdD][\da-fA-F_]+|(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)[ri]*/y;

const operator =
  /[-+!~]@(?![\w@])|\*\*=|<=>|===|\.\.\.|<<=|>>=|&&=|\|\|=|&\.|::|=>|->|==|=~|!~|!=|<=|>=|&&|\|\||\.\.|<<|>>|\*\*|[-+*/%|&^]=|[-+*/%|&^!~<>=?:,.]/y;

const symbol =
  /:(?:[\p{ID_Start}_@$][\p{ID_Continue}@]*(?:[?!](?!=)|=(?![=~>]))?|\[\]=?|[-+!~]@|[-+*/%<>~!^&|]{1,3}|!=|===?|=~)/uy;

const heredocHead = /<<[~-]?(?:"[^"\n]*"|'[^'\n]*'|`[^`\n]*`|[\p{ID_Start}_][\p{ID_Continue}]*)/uy;

const charLiteral = /\?(?:\\(?:[MC]-|c){0,2}\\?.|[^\s\\])(?![\p{ID_Continue}])/uy;

interface Pending {
  readonly terminator: string;
  readonly isIndented: boolean;
  readonly isRaw: boolean;
  readonly pieces: Piece[];
}

interface Lexing {
  readonly tree: Tree;
  readonly pending: Pending[];
  /** Code inside a string: a heredoc that begins there is not followed. */
  readonly inner: boolean;
}

/** All tokens of a program. */
export function lexRuby(cursor: Cursor): readonly Node[] {
  const lexing: Lexing = { tree: startTree(cursor), pending: [], inner: false };
  if (
    /^(?:#!.*\n)?#.*coding[:=]\s*(?!utf-?8|ascii|us-ascii|binary|iso-8859-1|latin)[-\w.]/i.test(
      cursor.text.slice(0, 400),
    )
  )
    giveUp(cursor, "an encoding that hides what is written");
  while (cursor.at < cursor.text.length && !endsProgram(cursor)) step(lexing);
  if (lexing.pending.length > 0) giveUp(cursor, "a here-document has no text");
  return finish(lexing.tree);
}

const endsProgram = (cursor: Cursor): boolean =>
  isNext(cursor, "__END__") &&
  atLineStart(cursor) &&
  /^__END__\r?(?:\n|$)/.test(cursor.text.slice(cursor.at, cursor.at + 9));

const atLineStart = (cursor: Cursor): boolean => cursor.at === 0 || cursor.text[cursor.at - 1] === "\n";

function step(lexing: Lexing): void {
  const { tree } = lexing;
  const { cursor } = tree;
  const char = charAt(cursor);
  if (take(cursor, blank) !== "") return space(tree, false);
  if (char === "\n") return stepLine(lexing);
  if (char === "#") return void takeLine(cursor);
  if (char === "\\" && /^\\\r?\n/.test(cursor.text.slice(cursor.at, cursor.at + 3))) {
    takeChars(cursor, isNext(cursor, "\\\n") ? 2 : 3);
    return space(tree, false);
  }
  if (isNext(cursor, "=begin") && atLineStart(cursor)) return skipComment(cursor);
  if (char === '"' || char === "'" || char === "`") return stepString(tree, char);
  if (stepAmbiguous(lexing, char)) return;
  stepPlain(tree, char);
}

function skipComment(cursor: Cursor): void {
  const stop = cursor.text.indexOf("\n=end", cursor.at);
  if (stop < 0) return giveUp(cursor, "a comment is not closed");
  cursor.at = stop + 5;
  takeLine(cursor);
}

function stepPlain(tree: Tree, char: string): void {
  const { cursor } = tree;
  const digits = take(cursor, number);
  if (digits !== "") return leaf(tree, "number", digits);
  const word = take(cursor, name) || take(cursor, special);
  if (word !== "") return leaf(tree, "name", word);
  if (char === ";") {
    takeChars(cursor, 1);
    return end(tree, ";");
  }
  if ("([{)]}".includes(char)) {
    takeChars(cursor, 1);
    return void bracket(tree, char);
  }
  const op = take(cursor, operator);
  if (op === "") return giveUp(cursor, "a character that Ruby has no use for");
  leaf(tree, "op", op);
}

// A line end ends a statement unless an operator waits for more; blank lines count once.
function stepLine(lexing: Lexing): void {
  const { tree, pending } = lexing;
  takeChars(tree.cursor, 1);
  const before = last(tree);
  if (before === undefined || before.kind === "end" || (before.kind === "op" && before.text !== "|")) space(tree, true);
  else end(tree, "\n");
  for (const one of pending.splice(0)) {
    const body = takeHeredoc(tree.cursor, one.terminator, one.isIndented);
    one.pieces.push(...(one.isRaw ? [body] : piecesOf(tree.cursor, body)));
  }
}

function piecesOf(cursor: Cursor, body: string): readonly Piece[] {
  const inner = cursorOn(body, cursor.depth);
  const pieces = takeText(inner, { close: null, escapes: rubyEscapes, lines: true, starts: "#", code: takeHole });
  if (inner.broken !== null) giveUp(cursor, inner.broken);
  return pieces;
}

function takeHole(cursor: Cursor): readonly Node[] | null {
  if (charAt(cursor, 1) !== "{") return takeVariable(cursor);
  takeChars(cursor, 2);
  descend(cursor);
  const lexing: Lexing = { tree: startTree(cursor), pending: [], inner: true };
  while (cursor.at < cursor.text.length && !(lexing.tree.open.length === 0 && charAt(cursor) === "}")) step(lexing);
  if (cursor.at >= cursor.text.length) giveUp(cursor, "code in a string is not closed");
  takeChars(cursor, 1);
  cursor.depth -= 1;
  return finish(lexing.tree);
}

// `#@name`, `#$name`.
function takeVariable(cursor: Cursor): readonly Node[] | null {
  const next = charAt(cursor, 1);
  if (next !== "@" && next !== "$") return null;
  takeChars(cursor, 1);
  const word = take(cursor, name) || take(cursor, special) || takeChars(cursor, 1);
  return [{ kind: "name", text: word, pieces: [], spaced: false, fresh: false }];
}

function stepString(tree: Tree, quote: string): void {
  const { cursor } = tree;
  const before = last(tree);
  const isName = before?.kind === "op" && before.text === ".";
  if (quote === "`" && (isName || (before?.kind === "name" && before.text === "def")))
    return leaf(tree, "name", takeChars(cursor, 1));
  takeChars(cursor, 1);
  const pieces =
    quote === "'"
      ? takeText(cursor, { close: quote, escapes: noEscapes, lines: true })
      : takeText(cursor, { close: quote, escapes: rubyEscapes, lines: true, starts: "#", code: takeHole });
  leaf(tree, quote === "`" ? "shell" : "text", quote, pieces);
}

// `/`, `%`, `<<`, `?` and `:`: a literal where an operand begins, else an operator.
function stepAmbiguous(lexing: Lexing, char: string): boolean {
  const { tree } = lexing;
  const { cursor } = tree;
  if (char === ":") return stepSymbol(tree);
  if (char !== "/" && char !== "%" && char !== "?" && !isNext(cursor, "<<")) return false;
  if (isName(last(tree), "class")) return false;
  const stand = standing(lexing.tree);
  // After a word: white space before and none after is where the two readings differ.
  const next = charAt(cursor, char === "<" ? 2 : 1);
  const mayBegin = stand === "begins" || (stand === "unclear" && tree.spaced && /[^\s=]/.test(next));
  if (!mayBegin) return false;
  if (char === "?") return stepChar(tree, stand);
  const isHeredoc = char === "<" && /["'`~\-\p{ID_Start}_]/u.test(next);
  if (char === "<" && !isHeredoc) return false;
  const isOdd = char === "%" && !/^%[qQwWiIrxs]?[^\w\s]/.test(cursor.text.slice(cursor.at, cursor.at + 3));
  if (stand === "unclear" || isOdd)
    return (void giveUp(cursor, `a \`${char}\` that may begin a literal or be an operator`), true);
  if (char === "<") return stepHeredoc(lexing);
  if (char === "/") return stepRegex(tree, "/");
  return stepPercent(tree);
}

function stepSymbol(tree: Tree): boolean {
  const { cursor } = tree;
  const before = last(tree);
  const isLabel = !tree.spaced && !tree.fresh && (before?.kind === "name" || before?.kind === "text");
  if (isLabel || isNext(cursor, "::")) return false;
  const next = charAt(cursor, 1);
  if (next === '"' || next === "'") {
    takeChars(cursor, 1);
    stepString(tree, next);
    return true;
  }
  const found = take(cursor, symbol);
  if (found !== "") leaf(tree, "text", ":", [found.slice(1)]);
  return found !== "";
}

// After a word a character literal of a letter hides nothing whichever way it is read; of a quote it might.
function stepChar(tree: Tree, stand: Stand): boolean {
  if (stand === "unclear") {
    if (/[^\w\s]/.test(charAt(tree.cursor, 1))) giveUp(tree.cursor, "a question mark that may begin a literal");
    return false;
  }
  const found = take(tree.cursor, charLiteral);
  if (found !== "") leaf(tree, "text", "?", [found.slice(1)]);
  return found !== "";
}

function stepRegex(tree: Tree, open: string): boolean {
  const { cursor } = tree;
  takeChars(cursor, 1);
  const pieces = takeText(cursor, { ...delimitersOf(open), escapes: null, lines: true, starts: "#", code: takeHole });
  take(cursor, /[a-z]*/y);
  leaf(tree, "regex", "", pieces);
  return true;
}

function stepPercent(tree: Tree): boolean {
  const { cursor } = tree;
  takeChars(cursor, 1);
  const kind = /[a-zA-Z]/.test(charAt(cursor)) ? takeChars(cursor, 1) : "Q";
  const open = charAt(cursor);
  if (kind === "r") return stepRegex(tree, open);
  takeChars(cursor, 1);
  const isRaw = "qwis".includes(kind);
  const pieces = takeText(
    cursor,
    isRaw
      ? { ...delimitersOf(open), escapes: noEscapes, lines: true }
      : { ...delimitersOf(open), escapes: rubyEscapes, lines: true, starts: "#", code: takeHole },
  );
  if ("wWiI".includes(kind)) leafWords(tree, pieces);
  else leaf(tree, kind === "x" ? "shell" : "text", kind, pieces);
  return true;
}

function stepHeredoc(lexing: Lexing): boolean {
  const { tree, pending, inner } = lexing;
  const head = take(tree.cursor, heredocHead);
  if (head === "" || inner) return (void giveUp(tree.cursor, "a here-document that is not followed"), true);
  const isIndented = head[2] === "~" || head[2] === "-";
  const word = head.slice(isIndented ? 3 : 2);
  const quote = /^["'`]/.test(word) ? (word[0] ?? "") : "";
  const pieces: Piece[] = [];
  pending.push({ terminator: quote === "" ? word : word.slice(1, -1), isIndented, isRaw: quote === "'", pieces });
  leaf(tree, quote === "`" ? "shell" : "text", "<<", pieces);
  return true;
}
