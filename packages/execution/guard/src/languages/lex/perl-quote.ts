// Quoting operators of Perl, and the code that its strings and patterns hold.
import { type Cursor, charAt, cursorOn, giveUp, isNext, take, takeChars, takeLine } from "./cursor.ts";
import { delimitersOf } from "./delimiters.ts";
import { noEscapes, perlEscapes } from "./escapes.ts";
import type { PerlLexing } from "./perl-state.ts";
import { takeText } from "./text.ts";
import { descend, finish, leaf, leafWords, type Node, type Piece, startTree, type Tree } from "./tree.ts";

const quoteWords = new Set(["q", "qq", "qw", "qx", "m", "s", "tr", "y", "qr"]);

/** True for a word that quotes what follows it. */
export const isQuoteWord = (word: string): boolean => quoteWords.has(word);

/** Reads what follows a quoting operator; for `m` the cursor may stand at the slash itself. */
export function stepPerlQuote(lexing: PerlLexing, word: string): void {
  const { tree } = lexing;
  const { cursor } = tree;
  const open = takeOpening(cursor);
  if (open === "") return;
  switch (word) {
    case "q":
      return leaf(tree, "text", "q", takeText(cursor, { ...delimitersOf(open), escapes: noEscapes, lines: true }));
    case "qw":
      return leafWords(tree, takeText(cursor, { ...delimitersOf(open), escapes: noEscapes, lines: true }));
    case "s":
      return stepSubstitute(lexing, open);
    case "tr":
    case "y":
      return stepTransliterate(tree, open);
    case "m":
    case "qr":
      return stepMatch(lexing, open);
    default:
      leaf(
        tree,
        word === "qx" ? "shell" : "text",
        word,
        open === "'" ? rawPieces(cursor, open) : perlPieces(lexing, open, "text"),
      );
  }
}

function takeOpening(cursor: Cursor): string {
  const from = cursor.at;
  skipSpace(cursor);
  const open = charAt(cursor);
  if (open === "" || /[\w\s]/.test(open) || (open === "#" && cursor.at > from))
    giveUp(cursor, "a quote of an odd form");
  return takeChars(cursor, 1);
}

function skipSpace(cursor: Cursor): void {
  take(cursor, /\s*/y);
}

const rawPieces = (cursor: Cursor, open: string): readonly Piece[] =>
  takeText(cursor, { ...delimitersOf(open), escapes: null, lines: true });

// The body first, by its delimiter alone, as perl does; then what is in it.
function rawBody(cursor: Cursor, open: string): string {
  const pieces = rawPieces(cursor, open);
  return typeof pieces[0] === "string" ? pieces[0] : "";
}

/** The pieces of a text or pattern that was opened by `open`. */
export function perlPieces(lexing: PerlLexing, open: string, kind: "text" | "pattern"): readonly Piece[] {
  return perlInterpolated(lexing, rawBody(lexing.tree.cursor, open), kind);
}

/** The pieces of a body: texts, and code that is run to make it. */
export function perlInterpolated(lexing: PerlLexing, body: string, kind: "text" | "pattern"): readonly Piece[] {
  const { cursor } = lexing.tree;
  const inner = cursorOn(body, cursor.depth);
  descend(inner);
  const isPattern = kind === "pattern";
  const pieces = takeText(inner, {
    close: null,
    escapes: isPattern ? null : perlEscapes,
    lines: true,
    starts: "$@",
    code: (at) => takeInterpolation(lexing, at, isPattern),
  });
  if (inner.broken !== null) giveUp(cursor, inner.broken);
  return isPattern && /\(\?\??\{|\(\*\{|\(\?p?\{/.test(body) ? [...pieces, [patternCode]] : pieces;
}

const patternCode: Node = { kind: "name", text: "regex_code", pieces: [], spaced: false, fresh: false };

function stepMatch(lexing: PerlLexing, open: string): void {
  const { tree } = lexing;
  const pieces = open === "'" ? rawPieces(tree.cursor, open) : perlPieces(lexing, open, "pattern");
  take(tree.cursor, /[a-z]*/y);
  leaf(tree, "regex", "", pieces);
}

function secondOpening(cursor: Cursor, open: string): string {
  if (delimitersOf(open).nests === undefined) return open;
  skipSpace(cursor);
  while (charAt(cursor) === "#") {
    takeLine(cursor);
    skipSpace(cursor);
  }
  return takeChars(cursor, 1);
}

function stepTransliterate(tree: Tree, open: string): void {
  rawBody(tree.cursor, open);
  rawBody(tree.cursor, secondOpening(tree.cursor, open));
  take(tree.cursor, /[a-z]*/y);
  leaf(tree, "regex", "tr");
}

function stepSubstitute(lexing: PerlLexing, open: string): void {
  const { tree } = lexing;
  const { cursor } = tree;
  const pattern = open === "'" ? rawPieces(cursor, open) : perlPieces(lexing, open, "pattern");
  const second = secondOpening(cursor, open);
  const body = rawBody(cursor, second);
  const flags = take(cursor, /[a-z]*/y);
  const code = flags.includes("e") ? [codeOf(lexing, body)] : [];
  const replacement = code.length > 0 || second === "'" ? code : perlInterpolated(lexing, body, "text");
  const twice: readonly Piece[] = /e.*e/.test(flags) ? [[{ ...patternCode, text: "s///ee" }]] : [];
  leaf(tree, "regex", "s", [...pattern, ...replacement, ...twice]);
}

function codeOf(lexing: PerlLexing, body: string): readonly Node[] {
  const { cursor } = lexing.tree;
  const inner = cursorOn(body, cursor.depth);
  descend(inner);
  const code: PerlLexing = { tree: startTree(inner), pending: [], inner: true, step: lexing.step };
  while (inner.at < inner.text.length) code.step(code);
  const nodes = finish(code.tree);
  if (inner.broken !== null) giveUp(cursor, inner.broken);
  return nodes;
}

const variable =
  /[$@](?:\${0,8}(?:::)?[\p{ID_Start}_][\p{ID_Continue}]*(?:::[\p{ID_Continue}]+)*|\{\s*\^?\w+\s*\}|\${1,8}(?=\{))|\$(?:\d+|[&!@$;,.\\0])/uy;

// A variable with its subscripts, or a dereferenced block: what is in the brackets is code.
function takeInterpolation({ step }: PerlLexing, cursor: Cursor, isPattern: boolean): readonly Node[] | null {
  const tree = startTree(cursor);
  const lexing: PerlLexing = { tree, pending: [], inner: true, step };
  const sigil = charAt(cursor);
  const isBlock = /^[$@]\$*\{/.test(cursor.text.slice(cursor.at, cursor.at + 8));
  const found = take(cursor, variable);
  if (found !== "" && !/^[$@]\$+$/.test(found)) leaf(tree, "name", found.replaceAll(/[{}\s]/g, ""));
  else if (isBlock) {
    if (found === "") takeChars(cursor, 1);
    leaf(tree, "op", sigil);
    takeBrackets(lexing);
  } else return null;
  takeSubscripts(lexing, isPattern);
  return finish(tree);
}

const characterClass = /\[[-\w^.,\\ $]*\]/y;

function takeSubscripts(lexing: PerlLexing, isPattern: boolean): void {
  const { cursor } = lexing.tree;
  while (cursor.at < cursor.text.length) {
    const arrow = isNext(cursor, "->[") || isNext(cursor, "->{");
    if (isPattern && !arrow && take(cursor, characterClass) !== "") continue;
    if (!arrow && charAt(cursor) !== "[" && charAt(cursor) !== "{") return;
    if (arrow) leaf(lexing.tree, "op", takeChars(cursor, 2));
    takeBrackets(lexing);
  }
}

function takeBrackets(lexing: PerlLexing): void {
  const { tree } = lexing;
  do lexing.step(lexing);
  while (tree.open.length > 0 && tree.cursor.at < tree.cursor.text.length);
}
