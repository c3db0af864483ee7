// Tokens of Perl. Whether a slash divides or begins a pattern hangs on what stands before it; where only perl itself
// could tell, the reading is given up: a wrong guess would hide code.
import { type Cursor, charAt, giveUp, isNext, take, takeChars, takeLine } from "./cursor.ts";
import { perlHeredocHead, takePerlHeredoc } from "./perl-heredoc.ts";
import { isQuoteWord, perlPieces, stepPerlQuote } from "./perl-quote.ts";
import type { PerlLexing } from "./perl-state.ts";
import { endsBlock, perlStand } from "./perl-stand.ts";
import { noEscapes } from "./escapes.ts";
import { takeText } from "./text.ts";
import { bracket, end, finish, isName, last, leaf, type Node, space, startTree, type Tree } from "./tree.ts";

const blank = /[ \t\f\v\r]+/y;
const number = /0[xXbB][\da-fA-F_]+|(?:\d[\d_]*(?:\.(?!\.)[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y;
const word = /[\p{ID_Start}_][\p{ID_Continue}]*(?:::[\p{ID_Continue}]+)*(?:::)?/uy;
const scalar =
  /\$#?\${0,8}(?:(?:::)?[\p{ID_Start}_][\p{ID_Continue}]*(?:::[\p{ID_Continue}]+)*|\d+|\{\s*\^?\w+\s*\})/uy;
const special = /\$(?:\^\w|[&`'+!@/\\,;.<>()[\]$?:"=~%^|-])/y;
const array =
  /@\${0,8}(?:(?:::)?[\p{ID_Start}_][\p{ID_Continue}]*(?:::[\p{ID_Continue}]+)*|\{\s*\^?\w+\s*\})|@[-+](?=[\s;,)\]}])/uy;
const sigil =
  /[%&*]\${0,8}(?:(?:::)?[\p{ID_Start}_][\p{ID_Continue}]*(?:::[\p{ID_Continue}]+)*)|%[-+!](?=[\s;,)\]}])/uy;
const prototype = /\([\s$@%&*;\\+_[\]]*\)/y;
const fileTest = /-[rwxoRWXOezsfdlpSugktTBAMC](?![\p{ID_Continue}])(?!\s*=>)/uy;
const readLine = /<<>>|<\$?[\w:]*>/y;
const operator =
  /\*\*=|\|\|=|&&=|\/\/=|<=>|\.\.\.|<<=|>>=|->|=>|\+\+|--|=~|!~|==|!=|<=|>=|&&|\|\||\/\/|\.\.|::|<<|>>|\*\*|[-+*/%.|&^]=|[-+*/%\\|&^!~<>=?:,.$@]/y;

/** All tokens of a program. */
export function lexPerl(cursor: Cursor): readonly Node[] {
  const lexing: PerlLexing = { tree: startTree(cursor), pending: [], inner: false, step };
  while (cursor.at < cursor.text.length && !endsProgram(cursor)) step(lexing);
  if (lexing.pending.length > 0) giveUp(cursor, "a here-document has no text");
  return finish(lexing.tree);
}

const endsProgram = (cursor: Cursor): boolean =>
  isNext(cursor, "__") &&
  atLineStart(cursor) &&
  /^__(?:END|DATA)__\r?(?:\n|$)/.test(cursor.text.slice(cursor.at, cursor.at + 10));

const atLineStart = (cursor: Cursor): boolean => cursor.at === 0 || cursor.text[cursor.at - 1] === "\n";

function step(lexing: PerlLexing): void {
  const { tree } = lexing;
  const { cursor } = tree;
  const char = charAt(cursor);
  if (take(cursor, blank) !== "") return space(tree, false);
  if (char === "\n") return stepLine(lexing);
  if (char === "#") return void takeLine(cursor);
  if (char === "=" && atLineStart(cursor) && /^=[a-zA-Z]/.test(cursor.text.slice(cursor.at, cursor.at + 2)))
    return skipPod(tree);
  if (char === '"' || char === "'" || char === "`") return stepString(lexing, char);
  if (char === "$" || char === "@") return stepVariable(tree, char);
  if (stepAmbiguous(lexing, char)) return;
  stepPlain(lexing, char);
}

// Documentation stands where a statement may; elsewhere the line is an assignment that goes on.
function skipPod(tree: Tree): void {
  const { cursor } = tree;
  const before = last(tree);
  if (before !== undefined && before.kind !== "end" && !endsBlock(tree))
    return giveUp(cursor, "a line that may begin documentation");
  const stop = isNext(cursor, "=cut") ? cursor.at : cursor.text.indexOf("\n=cut", cursor.at);
  cursor.at = stop < 0 ? cursor.text.length : stop + 5;
  takeLine(cursor);
}

function stepLine(lexing: PerlLexing): void {
  takeChars(lexing.tree.cursor, 1);
  space(lexing.tree, true);
  for (const one of lexing.pending.splice(0)) takePerlHeredoc(lexing, one);
}

function stepString(lexing: PerlLexing, quote: string): void {
  const { tree } = lexing;
  const { cursor } = tree;
  const before = last(tree);
  // `name'part` is an old way to write `name::part`.
  if (
    quote === "'" &&
    before?.kind === "name" &&
    !tree.spaced &&
    !isQuoteWord(before.text) &&
    !/^[$@%&]/.test(before.text)
  )
    return giveUp(cursor, "a quote that may be part of a name");
  takeChars(cursor, 1);
  if (quote === "'") return leaf(tree, "text", "'", takeText(cursor, { close: "'", escapes: noEscapes, lines: true }));
  leaf(tree, quote === "`" ? "shell" : "text", quote, perlPieces(lexing, quote, "text"));
}

function stepVariable(tree: Tree, char: string): void {
  const { cursor } = tree;
  const found = take(cursor, char === "$" ? scalar : array) || (char === "$" ? take(cursor, special) : "");
  if (found !== "") return leaf(tree, "name", found.replaceAll(/[{}\s]/g, ""));
  takeChars(cursor, isNext(cursor, "$#") ? 2 : 1);
  leaf(tree, "op", char);
}

function stepAmbiguous(lexing: PerlLexing, char: string): boolean {
  const { tree, pending, inner } = lexing;
  if (!"/%&*<?-".includes(char)) return false;
  const { cursor } = tree;
  const stand = perlStand(tree);
  if (char === "<" && isNext(cursor, "<<") && !isNext(cursor, "<<>>")) {
    const head = stand === "ended" ? null : perlHeredocHead(tree, stand);
    if (head !== null && inner) giveUp(cursor, "a here-document in a string");
    if (head !== null) pending.push(head);
    return head !== null;
  }
  if (stand === "ended") return false;
  if (char === "<") return stepReadLine(lexing, stand);
  if (char === "/" || char === "?") return stepPattern(lexing, char, stand);
  if (char === "-") return stand === "begins" && stepFileTest(tree);
  const name = take(cursor, sigil);
  if (name !== "") leaf(tree, "name", name);
  return name !== "";
}

function stepReadLine(lexing: PerlLexing, stand: string): boolean {
  const { tree } = lexing;
  const { cursor } = tree;
  const simple = take(cursor, readLine);
  if (simple !== "") leaf(tree, "text", "<>", ["\0"]);
  else if (stand === "begins" && charAt(cursor, 1) !== "=") {
    takeChars(cursor, 1);
    leaf(tree, "text", "<>", ["\0", ...perlPieces(lexing, "<", "text")]);
  } else return false;
  return true;
}

function stepPattern(lexing: PerlLexing, char: string, stand: string): boolean {
  const { cursor } = lexing.tree;
  if (char === "?" && stand === "unclear") return false;
  if (char === "?" || stand === "unclear") giveUp(cursor, `a \`${char}\` that may begin a pattern or be an operator`);
  else stepPerlQuote(lexing, "m");
  return true;
}

function stepFileTest(tree: Tree): boolean {
  const found = take(tree.cursor, fileTest);
  if (found !== "") leaf(tree, "op", "-X");
  return found !== "";
}

function stepPlain(lexing: PerlLexing, char: string): void {
  const { tree } = lexing;
  const { cursor } = tree;
  const digits = take(cursor, number);
  if (digits !== "") return leaf(tree, "number", digits);
  const from = cursor.at;
  const found = take(cursor, word);
  if (found !== "") return stepWord(lexing, found, from);
  if (char === ";") {
    takeChars(cursor, 1);
    return end(tree, ";");
  }
  if (char === "(" && afterSub(tree) && take(cursor, prototype) !== "") return;
  if ("([{)]}".includes(char)) {
    takeChars(cursor, 1);
    return void bracket(tree, char);
  }
  const op = take(cursor, operator);
  if (op === "") return giveUp(cursor, "a character that Perl has no use for");
  leaf(tree, "op", op);
}

const afterSub = (tree: Tree): boolean => isName(last(tree), "sub") || isName(last(tree, 2), "sub");

function stepWord(lexing: PerlLexing, found: string, from: number): void {
  const { tree } = lexing;
  const { cursor } = tree;
  if (found === "__END__" || found === "__DATA__") return giveUp(cursor, `\`${found}\` inside a line`);
  if (found === "format" && /^(?:\s+\w+)?\s*=\s*$/m.test(cursor.text.slice(cursor.at, cursor.at + 80)))
    return giveUp(cursor, "a format");
  if (!isQuoteWord(found) || isPlainWord(tree, from)) return leaf(tree, "name", found);
  stepPerlQuote(lexing, found);
}

// `{s}`, `s => 1`, `->s`, `sub y`, `&q`: the letter is only a name.
function isPlainWord(tree: Tree, from: number): boolean {
  const { cursor } = tree;
  const before = last(tree);
  const isMember = before?.kind === "op" && (before.text === "->" || before.text === "&");
  if (isMember || isName(before, "sub")) return true;
  const rest = cursor.text.slice(cursor.at, cursor.at + 40);
  if (/^\s*=>/.test(rest)) return true;
  const isAlone = before === undefined && tree.open.at(-1)?.text === "{" && cursor.text[from - 1] === "{";
  return isAlone && /^\s*\}/.test(rest);
}
