// Block collections: what stands in which column decides.

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
  restOf,
  skipBlanks,
  type Cursor,
} from "./cursor.ts";
import { readBlockText } from "./block-text.ts";
import { readFlow } from "./flow.ts";
import { keyOf, readScalar, valueOf } from "./scalar.ts";

/**
 * The node whose first character stands under the cursor, in a collection that starts in column `parent` (-1 for the document); the cursor
 * ends at the next content behind it.
 */
export function readNode(cursor: Cursor, path: string, parent: number): Json {
  return deeper(cursor, () => {
    if (startsItem(cursor)) return readSequence(cursor, path);
    if (startsPair(cursor)) return readMapping(cursor, path);
    return readLast(cursor, path, parent);
  });
}

function startsItem(cursor: Cursor): boolean {
  return /^-(?: |$)/.test(restOf(cursor));
}

// A key is one scalar in one line, followed by a colon and a blank or the end of the line.
function startsPair(cursor: Cursor): boolean {
  const quoted = /^(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*") *:(?: |$)/;
  const plain = /^[^\s'"[\]{},#&*!|>%@`](?:[^#:\t]|:(?=\S)|(?<! )#)*?:(?: |$)/;
  const rest = restOf(cursor);
  if (/^\?(?: |$)/.test(rest)) refuseYaml(cursor, "a complex key is not taken");
  return quoted.test(rest) || (plain.test(rest) && !/^[-:](?: |$)/.test(rest));
}

function readSequence(cursor: Cursor, path: string): Json {
  const column = cursor.column;
  const items: Json[] = [];
  while (stands(cursor, column) && startsItem(cursor)) {
    cursor.column += 1;
    const at = `${path}/${items.length}`;
    items.push(skipBlanks(cursor) ? readBelow(cursor, column, at) : readNode(cursor, at, column));
  }
  return items;
}

function readMapping(cursor: Cursor, path: string): Json {
  const column = cursor.column;
  const members = new Map<string, Json>();
  while (stands(cursor, column) && !startsItem(cursor)) {
    if (!startsPair(cursor)) refuseKey(cursor);
    const name = keyOf(cursor, readScalar(cursor, "block"));
    expectNewKey(cursor, members, name);
    skipBlanks(cursor);
    cursor.column += 1;
    members.set(name, readMember(cursor, column, `${path}/${name}`));
  }
  return objectFrom(members);
}

// Reading it as a scalar says what it starts, if that is something which is not taken.
function refuseKey(cursor: Cursor): never {
  if (/^[&*!]/.test(restOf(cursor))) readScalar(cursor, "block");
  return refuseYaml(cursor, "`key: value` is expected");
}

// Behind the colon: a scalar or flow collection in this line, or a block in the next ones. A sequence may stand in the key's own column.
function readMember(cursor: Cursor, column: number, path: string): Json {
  if (!skipBlanks(cursor)) {
    if (startsItem(cursor)) refuseYaml(cursor, "a list may not start behind a key");
    return readLast(cursor, path, column);
  }
  nextContent(cursor);
  if (stands(cursor, column) && startsItem(cursor)) return deeper(cursor, () => readSequence(cursor, path));
  return readBelow(cursor, column, path);
}

function readBelow(cursor: Cursor, parent: number, path: string): Json {
  nextContent(cursor);
  return atEnd(cursor) || cursor.column <= parent ? null : readNode(cursor, path, parent);
}

// What ends its line.
function readLast(cursor: Cursor, path: string, parent: number): Json {
  if ("|>".includes(charAt(cursor)) && charAt(cursor) !== "") {
    const text = readBlockText(cursor, parent);
    nextContent(cursor);
    return text;
  }
  const value = "[{".includes(charAt(cursor))
    ? readFlow(cursor, path)
    : valueOf(cursor, readScalar(cursor, "block", parent), path);
  if (!skipBlanks(cursor)) refuseYaml(cursor, "more stands behind a value");
  nextContent(cursor);
  return value;
}

function stands(cursor: Cursor, column: number): boolean {
  return !atEnd(cursor) && cursor.column === column && !atMarker(cursor, "---") && !atMarker(cursor, "...");
}
