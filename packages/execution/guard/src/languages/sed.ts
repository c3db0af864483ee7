// Reads a sed script, GNU and BSD: which files it names, and whether it starts programs.
import { HOLE } from "../arg.ts";
import { type CodeReading, shown } from "./finding.ts";
import { gather, type Gathering, unreadable } from "./gather.ts";
import { charAt, type Cursor, cursorOn, giveUp, take, takeChars } from "./lex/cursor.ts";
import type { ReadHow } from "./read-how.ts";

/** What a sed script would do besides editing its input: `e`, `w`, `W`, `r`, `R`, `s///e`, `s///w`. Scripts of several `-e` are joined by line ends. */
export function readSed(script: string, how: ReadHow = {}): CodeReading {
  const gathering = gather(() => false);
  if (script.includes(HOLE) && how.holes_stay_inside !== true)
    gathering.report({ kind: "unknown", what: "a part of the script that is not known" });
  const cursor = cursorOn(script);
  while (cursor.at < script.length) step(cursor, gathering);
  return cursor.broken === null ? gathering.reading() : unreadable(cursor.broken);
}

const separators = /[\s;{}]+/y;
const digits = /[0-9+~]+/y;

function step(cursor: Cursor, gathering: Gathering): void {
  take(cursor, separators);
  takeAddress(cursor);
  take(cursor, /[\s!]*/y);
  const command = takeChars(cursor, 1);
  switch (command) {
    case "s":
      return substitute(cursor, gathering);
    case "y":
      return transliterate(cursor);
    case "e":
      return execute(cursor, gathering);
    case "w":
    case "W":
    case "r":
    case "R":
      return file(cursor, gathering, command);
    case "a":
    case "i":
    case "c":
      return void take(cursor, text);
    case "b":
    case "t":
    case "T":
    case ":":
      return void take(cursor, label);
    case "#":
    case "v":
      return void takeLine(cursor);
    default:
      if (!/^[=dDgGhHlLnNpPqQxzF{}]?$/.test(command)) giveUp(cursor, `\`${shown(command)}\` is no command of sed`);
      take(cursor, /[ \t]*\d*/y);
  }
}

const text = /(?:[^\n\\]|\\[^])*/y;
const label = /[ \t]*[^\n;}]*/y;
const line = /[^\n]*/y;
const takeLine = (cursor: Cursor): string => take(cursor, line);

// One address or two: a number, `$`, a pattern with its flags, `first~step`, `+count`.
function takeAddress(cursor: Cursor): void {
  for (let count = 0; count < 2; count += 1) {
    take(cursor, /[ \t]*/y);
    const char = charAt(cursor);
    if (char === "/" || char === "\\") takePattern(cursor);
    else if (char === "$" || char === HOLE) takeChars(cursor, 1);
    else take(cursor, digits);
    take(cursor, /[ \t]*/y);
    if (charAt(cursor) !== ",") return;
    takeChars(cursor, 1);
  }
}

function takePattern(cursor: Cursor): void {
  if (charAt(cursor) === "\\") takeChars(cursor, 1);
  delimited(cursor, takeChars(cursor, 1), true);
  take(cursor, /[IM]*/y);
}

const bracketed = /\[\^?\]?(?:[^\]\n[]|\[(?![:.=])|\[[:.=][^\]\n]{0,32}\])*\]/y;

// Up to and past the delimiter; in the brackets of a pattern it stands for itself.
function delimited(cursor: Cursor, delimiter: string, isPattern: boolean): void {
  if (delimiter === "" || delimiter === "\n" || delimiter === "\\") giveUp(cursor, "a delimiter that is none");
  let brackets = isPattern;
  while (cursor.at < cursor.text.length && charAt(cursor) !== delimiter) {
    const isBracket = brackets && charAt(cursor) === "[";
    if (isBracket && take(cursor, bracketed) !== "") continue;
    // Brackets that do not close once do not close later on the line either.
    if (isBracket) brackets = false;
    takeChars(cursor, charAt(cursor) === "\\" ? 2 : 1);
  }
  if (cursor.at >= cursor.text.length) giveUp(cursor, `\`${shown(delimiter)}\` does not close`);
  takeChars(cursor, 1);
}

function substitute(cursor: Cursor, gathering: Gathering): void {
  const delimiter = takeChars(cursor, 1);
  delimited(cursor, delimiter, delimiter !== "[");
  delimited(cursor, delimiter, false);
  for (let flag = takeChars(cursor, 1); flag !== ""; flag = takeChars(cursor, 1)) {
    if (flag === "e") gathering.report({ kind: "spawn-unknown", what: "s///e" });
    else if (flag === "w") return file(cursor, gathering, "w");
    else if (flag === HOLE) gathering.report({ kind: "unknown", what: "flags that are not known" });
    else if (!/[gpIiMm\d]/.test(flag)) {
      cursor.at -= 1;
      return void take(cursor, /[ \t]*/y);
    }
  }
}

function transliterate(cursor: Cursor): void {
  const delimiter = takeChars(cursor, 1);
  delimited(cursor, delimiter, false);
  delimited(cursor, delimiter, false);
}

function execute(cursor: Cursor, gathering: Gathering): void {
  const command = takeLine(cursor).trim();
  if (command === "" || command.includes(HOLE) || /^[;}]/.test(command))
    gathering.report({ kind: "spawn-unknown", what: "e" });
  else gathering.report({ kind: "shell", text: command });
}

function file(cursor: Cursor, gathering: Gathering, command: string): void {
  const name = takeLine(cursor).trim();
  const path = name === "" || name.includes(HOLE) ? null : name;
  if (path === "/dev/stdout" || path === "/dev/stderr" || path === "/dev/stdin") return;
  if (command === "r" || command === "R") gathering.report({ kind: "read", path, what: command });
  else gathering.report({ kind: "write", path, mode: "overwrite", what: command });
}
