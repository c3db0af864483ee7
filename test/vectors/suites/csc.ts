// The Command Scope Contract: the published conformance cases, and cases answered by running its reference. Rows marked `tighten` must meet
// what is suggested instead, every other row the reference; what the house refuses beyond it is listed by the report, never hidden.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseJson, type JsonObject } from "@ces/kernel";
import { takeNotes } from "../csc-rows/notes.ts";
import { cscReaders } from "../csc-rows/readers.ts";
import { isObject, type RowReader } from "../csc-rows/row.ts";
import { vectorFault, type VectorCase, type VectorSuite } from "../suite.ts";

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
  return filesIn(dir).flatMap(({ name, path }) => {
    const read = cscReaders.get(name);
    if (read === undefined) throw vectorFault(`\`${name}\` is no file of the suite csc`);
    return rowsOf(path).map((row) => caseOf(row, read, name));
  });
}

function caseOf(row: JsonObject, read: RowReader, name: string): VectorCase {
  const { id } = row;
  if (typeof id !== "string") throw vectorFault(`a row of ${name} has no id`);
  return { id, run: () => read(row) };
}

// Schemas and examples are no cases; a folder above is looked through as far down as the copy is deep.
function filesIn(dir: string): readonly { readonly name: string; readonly path: string }[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/[\\/](?:schemas|examples)[\\/]/.test(path.slice(dir.length)))
    .sort()
    .map((path) => ({ name: path.split(/[\\/]/).slice(-2).join("/"), path }))
    .map(({ name, path }) => ({ name: cscReaders.has(name) ? name : (name.split("/").at(-1) ?? ""), path }));
}

function rowsOf(path: string): readonly JsonObject[] {
  const read = parseJson(readFileSync(path));
  if (read.kind === "refused") throw vectorFault(`\`${path}\` is not JSON: ${read.cause} at ${read.at}`);
  if (!Array.isArray(read.value) || !read.value.every(isObject)) throw vectorFault(`\`${path}\` is no list of objects`);
  return read.value;
}
