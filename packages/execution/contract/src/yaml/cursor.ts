// Where a reading of YAML stands, and how it stops. The reader knows a part of YAML 1.1 and refuses the rest: a policy needs no anchors,
// tags or merges, and a reader that an attacker can make deep or slow is worth less than one without them (S40).

import { CesError, type Json } from "@ces/kernel";
import type { ProblemCode } from "../problem.ts";

/** Text that was cut into lines already, with the place in it; `left` is how many more levels may open. */
export type Cursor = {
  readonly lines: readonly string[];
  line: number;
  column: number;
  left: number;
  /** Pointers of numbers that were written with a fraction although they are whole: `30.0`. */
  readonly wholeFloats: string[];
  refusal?: { readonly code: ProblemCode; readonly text: string };
  /** What no policy takes although it is YAML: told when nothing worse comes, as the reference asks its schema last. */
  later?: { readonly code: ProblemCode; readonly text: string };
};

/** Notes what is wrong at the line where the cursor stands and leaves the recursion; `readYaml` catches and returns it. */
export function refuseYaml(cursor: Cursor, message: string, code: ProblemCode = "INVALID_YAML"): never {
  cursor.refusal = { code, text: `${message} (line ${cursor.line + 1})` };
  throw new CesError("CSC_YAML_REFUSED", cursor.refusal.text);
}

/** Notes what is no fault of the YAML; the first one counts, and only if the rest can be read. */
export function refuseLater(cursor: Cursor, message: string): void {
  cursor.later ??= { code: "SCHEMA", text: `${message} (line ${cursor.line + 1})` };
}

/** The line that the cursor is in; empty behind the last one. */
export function lineOf(cursor: Cursor): string {
  return cursor.lines[cursor.line] ?? "";
}

/** The rest of that line. */
export function restOf(cursor: Cursor): string {
  return lineOf(cursor).slice(cursor.column);
}

/** The character under the cursor, empty at the end of the line. */
export function charAt(cursor: Cursor): string {
  return lineOf(cursor).charAt(cursor.column);
}

/** True behind the last line. */
export function atEnd(cursor: Cursor): boolean {
  return cursor.line >= cursor.lines.length;
}

/** Moves over blanks; true when nothing but a comment follows in this line. Tabs are refused, as YAML 1.1 readers refuse them there. */
export function skipBlanks(cursor: Cursor): boolean {
  while (charAt(cursor) === " ") cursor.column += 1;
  const char = charAt(cursor);
  if (char === "\t") refuseYaml(cursor, "a tab stands where only spaces may");
  const before = lineOf(cursor).charAt(cursor.column - 1);
  if (char === "#" && before !== "" && before !== " ") refuseYaml(cursor, "a comment needs a space before it");
  return char === "" || char === "#";
}

/** Moves to the next line that holds more than blanks and a comment, at its first character; the end of the text otherwise. */
export function nextContent(cursor: Cursor): void {
  while (!atEnd(cursor) && skipBlanks(cursor)) {
    cursor.line += 1;
    cursor.column = 0;
  }
}

/** True when the line under the cursor starts with `---` or `...`, which end a document. */
export function atMarker(cursor: Cursor, marker: "---" | "..."): boolean {
  const line = lineOf(cursor);
  return cursor.column === 0 && (line === marker || line.startsWith(`${marker} `));
}

/** One level deeper; refused beyond the bound. */
export function deeper<Of>(cursor: Cursor, read: () => Of): Of {
  if (cursor.left === 0) refuseYaml(cursor, "it nests too deeply", "TOO_DEEP");
  cursor.left -= 1;
  const value = read();
  cursor.left += 1;
  return value;
}

/** Refuses a key for the second time, where it stands. */
export function expectNewKey(cursor: Cursor, members: ReadonlyMap<string, Json>, name: string): void {
  if (members.has(name))
    refuseYaml(cursor, `duplicate key \`${name.replace("\0", "").slice(0, 200)}\``, "DUPLICATE_KEY");
}

/** The mapping as a plain object; `__proto__` is a name like any other. */
export function objectFrom(members: ReadonlyMap<string, Json>): Json {
  return Object.fromEntries(members);
}
