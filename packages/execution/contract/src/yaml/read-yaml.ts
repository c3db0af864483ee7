// One YAML document, strictly: what two readers might take for two things is refused. Written here because the library that the house
// uses elsewhere can be made to end the whole process by 20 000 brackets, which no `catch` can hold.

import type { Json } from "@ces/kernel";
import type { ProblemCode } from "../problem.ts";
import { readNode } from "./block.ts";
import { atEnd, atMarker, nextContent, refuseYaml, restOf, skipBlanks, type Cursor } from "./cursor.ts";

/** The value and the pointers of whole numbers written with a fraction, or what is wrong and in which line. */
export type YamlRead =
  | { readonly kind: "read"; readonly value: Json; readonly whole_floats: readonly string[] }
  | { readonly kind: "refused"; readonly code: ProblemCode; readonly text: string };

// What a YAML 1.1 stream may hold, without its three odd line breaks.
const UNPRINTABLE = /[^\t\n\r\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Reads exactly one document; an empty one is null. Never throws. Source: spec/csc.md §2.1. */
export function readYaml(text: string, nesting: number): YamlRead {
  const plain = text.startsWith("\ufeff") ? text.slice(1) : text;
  const lines = plain.split(/\r\n|\r|\n/);
  const cursor: Cursor = { lines, line: 0, column: 0, left: nesting, wholeFloats: [] };
  try {
    if (UNPRINTABLE.test(plain)) refuseYaml(cursor, "it holds a character that YAML does not allow");
    const value = readDocument(cursor);
    if (cursor.later !== undefined) return { kind: "refused", ...cursor.later };
    return { kind: "read", value, whole_floats: cursor.wholeFloats };
  } catch (error) {
    if (cursor.refusal === undefined) throw error;
    return { kind: "refused", ...cursor.refusal };
  }
}

function readDocument(cursor: Cursor): Json {
  nextContent(cursor);
  if (atMarker(cursor, "...")) refuseYaml(cursor, "a document ends that did not start");
  takeMarker(cursor, "---");
  const empty = atEnd(cursor) || atMarker(cursor, "---") || atMarker(cursor, "...");
  const value = empty ? null : readNode(cursor, "", -1);
  takeMarker(cursor, "...");
  if (!atEnd(cursor)) refuseYaml(cursor, "more stands behind the document, or a line is not where it belongs");
  return value;
}

// A marker stands alone in its line, a comment aside; a flow collection may start behind `---`.
function takeMarker(cursor: Cursor, marker: "---" | "..."): void {
  if (!atMarker(cursor, marker)) return;
  cursor.column = marker.length;
  if (!skipBlanks(cursor) && marker === "---" && /^[[{]/.test(restOf(cursor))) return;
  if (!skipBlanks(cursor)) refuseYaml(cursor, `\`${marker}\` must stand alone in its line`);
  nextContent(cursor);
}
