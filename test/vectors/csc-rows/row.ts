// Reading rows: members by name and kind, and the two words of a row about the reference.

import { utf8Encode, type Json, type JsonObject } from "@ces/kernel";
import { closedObject, textOf } from "../vector-files.ts";
import { vectorFault, type CaseResult } from "../suite.ts";

/** Judges one row. */
export type RowReader = (row: JsonObject) => CaseResult | Promise<CaseResult>;

// What a row may say to its readers: no answer, so that any row may have it.
const COMMENTARY = [
  "note",
  "description",
  "spec_refs",
  "parity",
  "suggested",
  "why",
  "comment",
  "title",
  "kind",
  "tags",
];

/** A row that has the members of `required` and perhaps those of `optional` and commentary, nothing else: what nobody reads could be an answer. */
export function rowWith(row: JsonObject, required: readonly string[], optional: readonly string[] = []): JsonObject {
  return closedObject(String(row["id"]), row, ["id", ...required], [...COMMENTARY, ...optional]);
}

/** A member that is an object. */
export function objectIn(row: JsonObject, name: string): JsonObject {
  const member = row[name];
  if (isObject(member)) return member;
  throw vectorFault(`${String(row["id"])}: \`${name}\` is not an object`);
}

/** A member that is a list of texts; none when it is not there and `rowWith` let that be. */
export function textsIn(row: JsonObject, name: string): readonly string[] {
  const member = row[name];
  if (member === undefined) return [];
  if (Array.isArray(member)) return member.map((one: Json) => textOf(name, one));
  throw vectorFault(`${String(row["id"])}: \`${name}\` is not a list`);
}

/** A member that is a text. */
export function textIn(row: JsonObject, name: string): string {
  return textOf(`${String(row["id"])}: \`${name}\``, row[name]);
}

/** True for a row where the reference is known to be wrong. */
export function isTighten(row: JsonObject): boolean {
  const { parity } = row;
  if (parity === "tighten") return true;
  if (parity === undefined || parity === "match") return false;
  throw vectorFault(`${String(row["id"])}: the parity \`${String(parity)}\` is not known`);
}

/** A value as the bytes of a JSON file. */
export function jsonBytes(value: Json): Uint8Array {
  return utf8Encode(JSON.stringify(value));
}

/** True for a JSON object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
