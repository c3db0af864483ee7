// Flow collections: `[a, b]` and `{a: 1}`, over several lines if need be.

import type { Json } from "@ces/kernel";
import {
  expectNewKey,
  atEnd,
  atMarker,
  charAt,
  deeper,
  nextContent,
  objectFrom,
  refuseYaml,
  skipBlanks,
  type Cursor,
} from "./cursor.ts";
import { keyOf, readScalar, valueOf } from "./scalar.ts";

/** The collection whose bracket stands under the cursor; the cursor ends behind its closing one. */
export function readFlow(cursor: Cursor, path: string): Json {
  return deeper(cursor, () => (charAt(cursor) === "[" ? readList(cursor, path) : readMapping(cursor, path)));
}

function readList(cursor: Cursor, path: string): Json {
  const items: Json[] = [];
  for (let open = opened(cursor, "]"); open; open = another(cursor, "]")) {
    items.push(readValue(cursor, `${path}/${items.length}`));
    if (charAt(cursor) === ":") refuseYaml(cursor, "a pair inside a list is not taken");
  }
  return items;
}

function readMapping(cursor: Cursor, path: string): Json {
  const members = new Map<string, Json>();
  for (let open = opened(cursor, "}"); open; open = another(cursor, "}")) {
    if ("[{".includes(charAt(cursor))) refuseYaml(cursor, "a collection as a key is not taken");
    const { line } = cursor;
    const name = keyOf(cursor, readScalar(cursor, "flow"));
    expectNewKey(cursor, members, name);
    skipBlanks(cursor);
    if (charAt(cursor) === ":" && cursor.line !== line) refuseYaml(cursor, "a key does not end in its line");
    const value = charAt(cursor) === ":" ? valueBehindColon(cursor, `${path}/${name}`) : null;
    members.set(name, value);
  }
  return objectFrom(members);
}

function valueBehindColon(cursor: Cursor, path: string): Json {
  cursor.column += 1;
  moveOn(cursor);
  return ",}".includes(charAt(cursor)) ? null : readValue(cursor, path);
}

function readValue(cursor: Cursor, path: string): Json {
  if ("[{".includes(charAt(cursor))) return readFlow(cursor, path);
  return valueOf(cursor, readScalar(cursor, "flow"), path);
}

// Moves over the opening bracket; false when the collection is empty.
function opened(cursor: Cursor, close: string): boolean {
  cursor.column += 1;
  moveOn(cursor);
  return !closed(cursor, close);
}

// Moves over a comma; false when the collection ends, after a last comma too.
function another(cursor: Cursor, close: string): boolean {
  moveOn(cursor);
  if (closed(cursor, close)) return false;
  if (charAt(cursor) !== ",") refuseYaml(cursor, `\`,\` or \`${close}\` is expected`);
  cursor.column += 1;
  moveOn(cursor);
  return !closed(cursor, close);
}

function closed(cursor: Cursor, close: string): boolean {
  if (charAt(cursor) !== close) return false;
  cursor.column += 1;
  return true;
}

function moveOn(cursor: Cursor): void {
  nextContent(cursor);
  if (atEnd(cursor)) refuseYaml(cursor, "a bracket is not closed");
  if (atMarker(cursor, "---") || atMarker(cursor, "...")) refuseYaml(cursor, "a document ends inside brackets");
}
