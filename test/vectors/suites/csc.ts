// The Command Scope Contract: the published conformance cases, and cases answered by running its reference. Rows marked `tighten` must meet
// what is suggested instead, every other row the reference; what the house refuses beyond it is listed by the report, never hidden.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseJson, type Json } from "@ces/kernel";
import { takeNotes } from "../csc-rows/notes.ts";
import { cscReader } from "../csc-rows/readers.ts";
import { isObject } from "../csc-rows/row.ts";
import { fail, vectorFault, type VectorCase, type VectorSuite } from "../suite.ts";

/** Folders `conformance` and `derived`, one of the two itself, or a folder that holds only some of the files. */
export const suite: VectorSuite = {
  name: "csc",
  summary: "command contracts: schemas, decisions, hashes, signatures, approvals, paths, limits, local runs",
  defaultDir: "csc",
  cases: (dir) => casesIn(dir),
  report: () => takeNotes(),
};

function casesIn(dir: string): readonly VectorCase[] {
  if (!existsSync(dir)) throw vectorFault(`\`${dir}\` cannot be read: it is not there`);
  const seen = new Set<string>();
  return filesIn(dir).flatMap(({ name, path }) => casesOf(name, path).map((one) => onceNamed(one, name, seen)));
}

// What cannot be read is a case that fails: the other files are judged all the same.
function casesOf(name: string, path: string): readonly VectorCase[] {
  const read = parseJson(readFileSync(path));
  if (read.kind === "refused") return [failing(name, `is not JSON: ${read.cause} at ${read.at}`)];
  const rows = rowsOf(read.value);
  if (rows === undefined) return [failing(name, "holds no list of rows")];
  return rows.map((row, index) => caseOf(row, name, index));
}

function caseOf(row: Json, name: string, index: number): VectorCase {
  const place = `${name}#${index}`;
  if (!isObject(row)) return failing(place, "is no object");
  const { id } = row;
  if (typeof id !== "string") return failing(place, "has no id");
  const read = cscReader(name, row);
  return read === undefined
    ? failing(id, `no kind of row that the suite knows (${name})`)
    : { id, run: () => read(row) };
}

function failing(id: string, why: string): VectorCase {
  return { id, run: () => fail(why) };
}

// An id that stands twice is judged twice, the second time under the name of its file.
function onceNamed(one: VectorCase, name: string, seen: Set<string>): VectorCase {
  let id = one.id;
  for (let again = 2; seen.has(id); again += 1) id = `${one.id} (${name}, ${again})`;
  seen.add(id);
  return { ...one, id };
}

// Schemas and examples are no cases; a folder above is looked through as far down as the copy is deep.
function filesIn(dir: string): readonly { readonly name: string; readonly path: string }[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/[\\/](?:schemas|examples)[\\/]/.test(path.slice(dir.length)))
    .sort()
    .map((path) => ({ name: path.split(/[\\/]/).slice(-2).join("/"), path }));
}

// A list, the one list of an object around it, or one row alone.
function rowsOf(value: Json): readonly Json[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return undefined;
  if (typeof value["id"] === "string") return [value];
  const lists = Object.values(value).filter((member) => Array.isArray(member));
  return lists.length === 1 ? lists[0] : undefined;
}
