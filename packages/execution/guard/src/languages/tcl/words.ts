// Words of Tcl commands. Everything is text: braces keep it, quotes and bare words substitute, brackets run a script.
import { HOLE } from "../../arg.ts";
import { type Cursor, charAt, cursorOn, giveUp, isNext, take, takeChars, takeUntil } from "../lex/cursor.ts";
import { plainEscapes, takeEscape } from "../lex/escapes.ts";

/** One word. */
export interface TclWord {
  /** Its text; stretches that are substituted are `HOLE`, but for variables that are known. */
  readonly text: string;
  /** It stood in braces: a body or a list, not substituted here. */
  readonly braced: boolean;
  /** It is spread into several words: `{*}$list`. */
  readonly spread: boolean;
  /** Scripts in its brackets. */
  readonly scripts: readonly string[];
}

/** What a variable holds, when it is always the same text. */
export type Lookup = (name: string) => string | null;

const blank = /(?:[ \t\f\v]|\\\r?\n)+/y;
const separators = /(?:[ \t\f\v\r\n;]|\\\r?\n)+/y;
const comment = /#(?:[^\n\\]|\\[^])*/y;

/** All commands of a script, or null when it cannot be taken apart. */
export function tclCommands(script: string, lookup: Lookup): readonly (readonly TclWord[])[] | null {
  const cursor = cursorOn(script);
  const commands: (readonly TclWord[])[] = [];
  while (cursor.at < cursor.text.length) {
    take(cursor, separators);
    if (charAt(cursor) === "#") {
      take(cursor, comment);
      continue;
    }
    const words = takeCommand(cursor, lookup);
    if (words.length > 0) commands.push(words);
  }
  return cursor.broken === null ? commands : null;
}

function takeCommand(cursor: Cursor, lookup: Lookup): readonly TclWord[] {
  const words: TclWord[] = [];
  while (cursor.at < cursor.text.length) {
    take(cursor, blank);
    const char = charAt(cursor);
    if (char === "" || char === "\n" || char === ";" || char === "\r") break;
    words.push(takeWord(cursor, lookup));
  }
  return words;
}

function takeWord(cursor: Cursor, lookup: Lookup): TclWord {
  const spread = isNext(cursor, "{*}") && /\S/.test(charAt(cursor, 3));
  if (spread) takeChars(cursor, 3);
  if (charAt(cursor) === "{") return { text: takeBraced(cursor), braced: true, spread, scripts: [] };
  const quoted = charAt(cursor) === '"';
  if (quoted) takeChars(cursor, 1);
  const word = takeSubstituted(cursor, lookup, quoted ? /["]/ : /[\s;]/);
  if (quoted && takeChars(cursor, 1) !== '"') giveUp(cursor, "a quote is not closed");
  return { ...word, braced: false, spread };
}

function takeBraced(cursor: Cursor): string {
  const from = cursor.at + 1;
  let depth = 0;
  for (; cursor.at < cursor.text.length; cursor.at += 1) {
    const char = charAt(cursor);
    if (char === "\\") cursor.at += 1;
    else if (char === "{") depth += 1;
    else if (char === "}") depth -= 1;
    if (depth === 0) break;
  }
  if (depth !== 0) giveUp(cursor, "a brace is not closed");
  takeChars(cursor, 1);
  if (!/^[\s;]?$/.test(charAt(cursor))) giveUp(cursor, "text after a brace");
  return cursor.text.slice(from, cursor.at - 1);
}

const variable = /\$(?:(?:::|\w)+(?:\([^)[$\\]*\))?)/y;
const plain = /[^\\$["\s;]+/y;

function takeSubstituted(cursor: Cursor, lookup: Lookup, stop: RegExp): Pick<TclWord, "text" | "scripts"> {
  let text = "";
  const scripts: string[] = [];
  while (cursor.at < cursor.text.length && !stop.test(charAt(cursor))) {
    const char = charAt(cursor);
    if (char === "\\") text += takeBackslash(cursor);
    else if (char === "$") text += takeVariable(cursor, lookup);
    else if (char === "[") {
      scripts.push(takeBracketed(cursor));
      text += HOLE;
    } else text += take(cursor, plain) || takeChars(cursor, 1);
  }
  return { text, scripts };
}

function takeBackslash(cursor: Cursor): string {
  takeChars(cursor, 1);
  return takeEscape(cursor, plainEscapes, "");
}

function takeVariable(cursor: Cursor, lookup: Lookup): string {
  if (isNext(cursor, "${")) {
    takeChars(cursor, 2);
    return lookup(takeUntil(cursor, "}", "a name is not closed")) ?? HOLE;
  }
  const found = take(cursor, variable);
  if (found === "") return takeChars(cursor, 1);
  if (charAt(cursor) === "(") return HOLE;
  return lookup(found.slice(1)) ?? HOLE;
}

// A script in brackets goes to its own closing bracket; words inside may hide brackets.
function takeBracketed(cursor: Cursor): string {
  const from = cursor.at + 1;
  let depth = 0;
  for (; cursor.at < cursor.text.length; cursor.at += 1) {
    const char = charAt(cursor);
    if (char === "\\") cursor.at += 1;
    else if (char === "[") depth += 1;
    else if (char === "]") depth -= 1;
    else if (char === "{" || char === '"') skipQuoted(cursor, char);
    if (depth === 0) break;
  }
  if (depth !== 0) giveUp(cursor, "a bracket is not closed");
  takeChars(cursor, 1);
  return cursor.text.slice(from, cursor.at - 1);
}

// Only where a word begins are braces and quotes special.
function skipQuoted(cursor: Cursor, char: string): void {
  if (!/[\s[;{]/.test(cursor.text[cursor.at - 1] ?? " ")) return;
  const close = char === "{" ? "}" : '"';
  let depth = 0;
  for (; cursor.at < cursor.text.length; cursor.at += 1) {
    const here = charAt(cursor);
    if (here === "\\") cursor.at += 1;
    else if (here === char && (depth === 0 || char === "{")) depth += 1;
    else if (here === close) depth -= 1;
    if (depth === 0) return;
  }
}

/** The scripts in the brackets of an expression that stands in braces. */
export function scriptsIn(expression: string): readonly string[] | null {
  const cursor = cursorOn(expression);
  const word = takeSubstituted(cursor, () => null, /(?!)/);
  return cursor.broken === null ? word.scripts : null;
}
