// One scalar where the cursor stands, as a value and as a key.

import type { Json } from "@ces/kernel";
import { charAt, lineOf, refuseLater, refuseYaml, restOf, type Cursor } from "./cursor.ts";
import { plainScalar } from "./plain-scalar.ts";
import { readQuoted } from "./quoted-scalar.ts";

/** In flow collections a plain scalar also ends at their signs. */
export type Surroundings = "block" | "flow";

/** A scalar as it was written. */
export type Scalar = { readonly quoted: boolean; readonly text: string };

/**
 * Reads the scalar under the cursor. In a block it goes on in the lines below that stand right of `parent`; without one it is a key and ends
 * in its line. Refuses what starts an anchor, alias, tag, directive or complex key.
 */
export function readScalar(cursor: Cursor, inside: Surroundings, parent?: number): Scalar {
  const char = charAt(cursor);
  if (char === '"' || char === "'") return { quoted: true, text: readQuoted(cursor) };
  const odd = ODD_STARTS.get(char);
  if (odd !== undefined) refuseYaml(cursor, `${odd} is not taken`);
  const first = readPlain(cursor, inside);
  const goesOn = inside === "flow" || parent !== undefined;
  return { quoted: false, text: goesOn ? first + readMorePlain(cursor, inside, parent ?? -1) : first };
}

const ODD_STARTS: ReadonlyMap<string, string> = new Map([
  ["&", "an anchor"],
  ["*", "an alias"],
  ["!", "a tag"],
  ["|", "a block text"],
  [">", "a block text"],
  ["%", "a directive"],
  ["@", "`@` at the start of a text"],
  ["`", "a back-tick at the start of a text"],
  [",", "a comma here"],
  ["]", "a closing bracket here"],
  ["}", "a closing brace here"],
]);

function readPlain(cursor: Cursor, inside: Surroundings): string {
  const line = lineOf(cursor);
  const start = cursor.column;
  if (/^[-?:](?:[ \t]|$)/.test(line.slice(start)) || (inside === "flow" && /^[?:]/.test(line.slice(start)))) {
    refuseYaml(cursor, `\`${line.charAt(start)}\` stands where a value is expected`);
  }
  return plainIn(cursor, inside);
}

function plainIn(cursor: Cursor, inside: Surroundings): string {
  const line = lineOf(cursor);
  const start = cursor.column;
  let end = start;
  while (!endsPlain(line, end, inside)) end += 1;
  // A loop, because / +$/ is quadratic on attacker-controlled runs of spaces.
  while (line.charAt(end - 1) === " " && end > start) end -= 1;
  const text = line.slice(start, end);
  cursor.column = start + text.length;
  return text;
}

// The lines below: a break is a space, empty lines are breaks. A comment ends the scalar.
function readMorePlain(cursor: Cursor, inside: Surroundings, parent: number): string {
  const pieces: string[] = [];
  while (/^ *$/.test(restOf(cursor))) {
    const from = cursor.line;
    let at = from + 1;
    while (at < cursor.lines.length && /^ *$/.test(cursor.lines[at] ?? "")) at += 1;
    const line = cursor.lines[at] ?? "";
    const column = line.search(/[^ ]/);
    if (column < 0 || (inside === "block" && column <= parent)) break;
    if (/^(?:---|\.\.\.)(?:[ \t]|$)/.test(line) || line.charAt(column) === "#" || endsPlain(line, column, inside))
      break;
    [cursor.line, cursor.column] = [at, column];
    const breaks = at - from - 1;
    pieces.push(breaks === 0 ? " " : "\n".repeat(breaks), plainIn(cursor, inside));
  }
  return pieces.join("");
}

function endsPlain(line: string, at: number, inside: Surroundings): boolean {
  const char = line.charAt(at);
  if (char === "" || char === "\t") return true;
  if (char === "#") return line.charAt(at - 1) === " ";
  if (inside === "flow" && ",?[]{}".includes(char)) return true;
  if (char !== ":") return false;
  const next = line.charAt(at + 1);
  return next === "" || next === " " || next === "\t" || (inside === "flow" && ",[]{}".includes(next));
}

/** The scalar as a value; `path` is its JSON pointer. */
export function valueOf(cursor: Cursor, scalar: Scalar, path: string): Json {
  if (scalar.quoted) return scalar.text;
  const meaning = plainScalar(scalar.text);
  switch (meaning.kind) {
    case "value":
      return meaning.value;
    case "float":
      if (Number.isInteger(meaning.value)) cursor.wholeFloats.push(path);
      return meaning.value;
    case "odd":
      noteOdd(cursor, `\`${scalar.text.slice(0, 80)}\` is ${meaning.what}; quote it if a text is meant`, meaning.what);
      return null;
  }
}

/** The scalar as the name of a member; only texts are names. Others are told apart all the same, to find one that stands twice. */
export function keyOf(cursor: Cursor, scalar: Scalar): string {
  if (scalar.quoted) return scalar.text;
  const meaning = plainScalar(scalar.text);
  if (meaning.kind === "value" && typeof meaning.value === "string") return meaning.value;
  const what = meaning.kind === "odd" ? meaning.what : "no text";
  noteOdd(cursor, `the key \`${scalar.text.slice(0, 80)}\` is ${what}`, what);
  // As in Python, `true` and `1` are one key. No plain text holds NUL.
  return `\0${meaning.kind === "odd" ? scalar.text : meaning.value === null ? "null" : String(Number(meaning.value))}`;
}

// PyYAML itself refuses a merge and a default value; the others are left to the schema.
function noteOdd(cursor: Cursor, message: string, what: string): void {
  if (/merge|default/.test(what)) refuseYaml(cursor, message);
  refuseLater(cursor, message);
}
