// Canonical JSON, by the suite of its own; members that it does not know are told.
import { join } from "node:path";
import type { JsonObject } from "@ces/kernel";
import { type VectorCase, vectorFault } from "../suite.ts";
import { jcsCase, jcsMembers } from "../suites/jcs.ts";
import { type Category, isObject, jsonFiles, readJson, unread } from "./acta-case.ts";

export const jcs: Category = (folder) =>
  jsonFiles(folder).map((name): VectorCase => {
    const id = `jcs/${name.slice(0, -".json".length)}`;
    return { id, run: () => jcsCase(name, known(id, readJson(join(folder, name)))).run() };
  });

function known(id: string, file: unknown): JsonObject {
  const value = file as JsonObject;
  if (!isObject(value)) throw vectorFault(`${id} is not an object`);
  const expected = value["expect"];
  const [own, others] = partOf(value, jcsMembers.file);
  const [wanted, more] = isObject(expected) ? partOf(expected, jcsMembers.expect) : [expected, []];
  unread.set(id, [...others.map((name) => `/${name}`), ...more.map((name) => `/expect/${name}`)]);
  return wanted === undefined ? own : { ...own, expect: wanted };
}

function partOf(value: JsonObject, names: readonly string[]): readonly [JsonObject, readonly string[]] {
  const all = Object.entries(value);
  const rest = all.filter(([name]) => !names.includes(name)).map(([name]) => name);
  return [Object.fromEntries(all.filter(([name]) => names.includes(name))), rest];
}
