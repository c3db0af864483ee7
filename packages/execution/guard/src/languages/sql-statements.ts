// Cuts a text of SQL into statements: words outside strings, names, comments and dollar quotes, in capital letters.
import { HOLE } from "../arg.ts";
import { charAt, type Cursor, cursorOn, isNext, take, takeChars } from "./lex/cursor.ts";

/** One statement, or one line for the client. */
export interface SqlStatement {
  readonly kind: "sql" | "client";
  /** The line for the client, as it stands. */
  readonly text: string;
  /** Words in capitals; strings are left out, a quoted name is `"`. */
  readonly words: readonly string[];
  /** Those of them that stand outside round brackets. */
  readonly top: readonly string[];
  /** Strings, in order. */
  readonly texts: readonly string[];
  /** A string or comment in it does not close: what follows was not read. */
  readonly broken: boolean;
}

interface Cutting {
  readonly cursor: Cursor;
  readonly done: SqlStatement[];
  words: string[];
  top: string[];
  texts: string[];
  broken: boolean;
  depth: number;
  /** Nothing but white space stands before the cursor on its line, or in its statement. */
  fresh: boolean;
}

const blank = /\s+/y;
const word = /[\p{L}_][\p{L}\p{N}_$.]*/uy;
const dollar = /\$(?:[A-Za-z_]\w*)?\$/y;
const line = /[^\n]*/y;
// A line for the client: psql's backslash, sqlite's dot, mysql's and sqlplus' words.
const client = /(?:\\(?:!|[a-zA-Z.]+)|\.[a-z]+\b|(?:system|source|tee|pager|spool|host|edit)\b(?!\s*\()|!|@)[^\n]*/iy;

/** All statements of a text. */
export function splitSql(text: string): readonly SqlStatement[] {
  const cutting: Cutting = {
    cursor: cursorOn(text),
    done: [],
    words: [],
    top: [],
    texts: [],
    broken: false,
    depth: 0,
    fresh: true,
  };
  while (cutting.cursor.at < text.length) step(cutting);
  close(cutting);
  return cutting.done;
}

function close(cutting: Cutting): void {
  const { words, top, texts, broken } = cutting;
  if (words.length > 0 || broken) cutting.done.push({ kind: "sql", text: "", words, top, texts, broken });
  cutting.words = [];
  cutting.top = [];
  cutting.depth = 0;
  cutting.fresh = true;
  cutting.texts = [];
  cutting.broken = false;
}

function step(cutting: Cutting): void {
  const { cursor } = cutting;
  const space = take(cursor, blank);
  if (space !== "") return void (cutting.fresh ||= space.includes("\n"));
  if (takeComment(cutting)) return;
  const char = charAt(cursor);
  const isStart = cutting.words.length === 0 && cutting.fresh;
  cutting.fresh = false;
  if (isStart || char === "\\") {
    const found = take(cursor, client);
    if (found !== "") return pushClient(cutting, found);
  }
  if (char === ";") {
    takeChars(cursor, 1);
    return close(cutting);
  }
  stepToken(cutting, char);
}

function pushClient(cutting: Cutting, found: string): void {
  cutting.done.push({ kind: "client", text: found.trim(), words: [], top: [], texts: [], broken: false });
}

function takeComment(cutting: Cutting): boolean {
  const { cursor } = cutting;
  if (isNext(cursor, "--") || (charAt(cursor) === "#" && cutting.fresh)) {
    take(cursor, line);
    return true;
  }
  // `/*! … */` is run by mysql: its words count.
  if (isNext(cursor, "/*!") || isNext(cursor, "/*M!")) {
    takeChars(cursor, 3);
    return true;
  }
  if (!isNext(cursor, "/*")) return false;
  const stop = cursor.text.indexOf("*/", cursor.at + 2);
  if (stop < 0) cutting.broken = true;
  cursor.at = stop < 0 ? cursor.text.length : stop + 2;
  return true;
}

function stepToken(cutting: Cutting, char: string): void {
  const { cursor } = cutting;
  if (char === "'" || char === '"' || char === "`") return takeQuoted(cutting, char);
  const tag = take(cursor, dollar);
  if (tag !== "") return takeDollar(cutting, tag);
  const found = take(cursor, word);
  if (found !== "") return push(cutting, found.toUpperCase());
  const other = takeChars(cursor, 1);
  if (other === HOLE) push(cutting, HOLE);
  if (other === "(") cutting.depth += 1;
  if (other === ")") cutting.depth -= 1;
}

function push(cutting: Cutting, found: string): void {
  cutting.words.push(found);
  if (cutting.depth <= 0) cutting.top.push(found);
}

// A doubled quote stands for itself; whether a backslash escapes hangs on the server, so a quote behind one is unclear.
function takeQuoted(cutting: Cutting, quote: string): void {
  const { cursor } = cutting;
  const from = cursor.at + 1;
  let isUnclear = false;
  for (cursor.at += 1; cursor.at < cursor.text.length; cursor.at += 1) {
    if (charAt(cursor) !== quote) continue;
    if (charAt(cursor, 1) === quote) cursor.at += 1;
    else if (escaped(cursor)) isUnclear = true;
    else break;
  }
  if (isUnclear || cursor.at >= cursor.text.length) cutting.broken = true;
  if (quote === "'") cutting.texts.push(cursor.text.slice(from, cursor.at));
  else push(cutting, '"');
  takeChars(cursor, 1);
}

function escaped(cursor: Cursor): boolean {
  let count = 0;
  while (count < 64 && cursor.text[cursor.at - 1 - count] === "\\") count += 1;
  return count % 2 === 1;
}

// A body in dollar quotes is code of a function: its words count.
function takeDollar(cutting: Cutting, tag: string): void {
  const { cursor } = cutting;
  const stop = cursor.text.indexOf(tag, cursor.at);
  const body = cursor.text.slice(cursor.at, stop < 0 ? cursor.text.length : stop);
  if (stop < 0) cutting.broken = true;
  cursor.at = stop < 0 ? cursor.text.length : stop + tag.length;
  if (cutting.words[0] === "DO") cutting.done.push(...splitSql(body));
}
