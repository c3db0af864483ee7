// Reading vector folders: nothing found, nothing readable or a key nobody knows is an error, never an empty success.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseJson, type Json, type JsonObject } from "@ces/kernel";
import { vectorFault } from "./suite.ts";

/** One JSON file of a vector folder. */
export type VectorFile = { readonly name: string; readonly content: JsonObject };

/** The folder that holds the cases: `dir` itself, or its sub-folder `inner` when `dir` is the folder above. */
export function caseFolder(dir: string, inner: string): string {
  const below = join(dir, inner);
  return isFolder(below) ? below : dir;
}

/** All `*.json` files of `folder`, sorted by name. Throws CesError `VECTOR_FAULT` when there is none or one is no JSON object. */
export function readVectorFiles(folder: string): readonly VectorFile[] {
  const names = namesIn(folder)
    .filter((name) => name.endsWith(".json"))
    .sort();
  if (names.length === 0) throw vectorFault(`\`${folder}\` holds no vector files`);
  return names.map((name) => ({ name, content: readObject(join(folder, name)) }));
}

/** `value` as an object that has no member outside `required` and `optional` and all of `required`. Throws CesError `VECTOR_FAULT`. */
export function closedObject(
  where: string,
  value: Json | undefined,
  required: readonly string[],
  optional: readonly string[] = [],
): JsonObject {
  if (!isObject(value)) throw vectorFault(`${where} is not an object`);
  const unknown = Object.keys(value).filter((key) => !required.includes(key) && !optional.includes(key));
  if (unknown.length > 0) throw vectorFault(`${where} has the unknown key \`${unknown.join("`, `")}\``);
  const missing = required.filter((key) => !Object.hasOwn(value, key));
  if (missing.length > 0) throw vectorFault(`${where} lacks \`${missing.join("`, `")}\``);
  return value;
}

/** A text member. Throws CesError `VECTOR_FAULT`. */
export function textOf(where: string, value: Json | undefined): string {
  if (typeof value !== "string") throw vectorFault(`${where} is not a text`);
  return value;
}

/** A text member that may be absent. Throws CesError `VECTOR_FAULT`. */
export function optionalText(where: string, value: Json | undefined): string | undefined {
  return value === undefined ? undefined : textOf(where, value);
}

function readObject(path: string): JsonObject {
  const read = parseJson(readFileSync(path));
  if (read.kind === "refused") throw vectorFault(`\`${path}\` is not JSON: ${read.cause} at ${read.at}`);
  if (!isObject(read.value)) throw vectorFault(`\`${path}\` is not a JSON object`);
  return read.value;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw vectorFault(`\`${folder}\` cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
