// A small interpreter of JSON Schema 2020-12, with exactly the keywords that the published schemas use. No code generation, lengths in
// code points, patterns as ECMAScript has them ($ is the end, never a newline before it). Source: spec/csc.md §1.1, §6.

import { CesError, type Json } from "@ces/kernel";
import { isList, isObject, type JsonSchema, listAt, numberAt, objectAt, schemasAt, textAt } from "./schema-members.ts";

/** One violated keyword: a JSON pointer and a sentence without the value. */
export type Violation = { readonly path: string; readonly text: string };

/** Every violation of `schema` by `value`, in document order; empty when it is valid. Throws CesError `CSC_SCHEMA_KEYWORD` for a keyword it does not know. */
export function schemaViolations(schema: JsonSchema, value: Json): readonly Violation[] {
  const found: Violation[] = [];
  check({ root: schema, found }, schema, value, "");
  return found;
}

type Walk = { readonly root: JsonSchema; readonly found: Violation[] };
type Keyword = (walk: Walk, schema: JsonSchema, value: Json, path: string) => void;

function check(walk: Walk, schema: JsonSchema, value: Json, path: string): void {
  for (const keyword of Object.keys(schema)) {
    const judge = KEYWORDS.get(keyword);
    if (judge === undefined)
      throw new CesError("CSC_SCHEMA_KEYWORD", `the schema keyword \`${keyword}\` is not implemented`);
    judge(walk, schema, value, path);
  }
}

function holds(walk: Walk, schema: JsonSchema, value: Json, path: string): boolean {
  const found: Violation[] = [];
  check({ root: walk.root, found }, schema, value, path);
  return found.length === 0;
}

const ignored: Keyword = () => {};

const KEYWORDS: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ...["$schema", "$id", "$defs", "title", "description", "default", "format", "then"].map((name): [string, Keyword] => [
    name,
    ignored,
  ]),
  ["$ref", (walk, schema, value, path) => check(walk, referred(walk.root, textAt(schema, "$ref")), value, path)],
  ["type", checkType],
  ["const", (walk, schema, value, path) => expectOne(walk, [schema["const"] ?? null], value, path)],
  ["enum", (walk, schema, value, path) => expectOne(walk, listAt(schema, "enum"), value, path)],
  ["required", checkRequired],
  ["properties", checkProperties],
  ["additionalProperties", checkAdditional],
  ["items", checkItems],
  ["minItems", (walk, schema, value, path) => bound(walk, itemsOf(value), numberAt(schema, "minItems"), path)],
  ["maxItems", (walk, schema, value, path) => bound(walk, itemsOf(value), -numberAt(schema, "maxItems"), path)],
  ["uniqueItems", checkUnique],
  ["minLength", (walk, schema, value, path) => bound(walk, lengthOf(value), numberAt(schema, "minLength"), path)],
  ["maxLength", (walk, schema, value, path) => bound(walk, lengthOf(value), -numberAt(schema, "maxLength"), path)],
  ["minimum", checkMinimum],
  ["maximum", checkMaximum],
  ["pattern", checkPattern],
  ["anyOf", (walk, schema, value, path) => expectCount(walk, schema, value, { path, of: "anyOf" })],
  ["oneOf", (walk, schema, value, path) => expectCount(walk, schema, value, { path, of: "oneOf" })],
  ["allOf", (walk, schema, value, path) => schemasAt(schema, "allOf").forEach((one) => check(walk, one, value, path))],
  ["if", checkIf],
]);

function checkType(walk: Walk, schema: JsonSchema, value: Json, path: string): void {
  const wanted = schema["type"];
  const names = (Array.isArray(wanted) ? wanted : [wanted]).filter((name) => typeof name === "string");
  if (!names.some((name) => isOfType(value, name))) {
    walk.found.push({ path, text: `is ${typeOf(value)}, not ${names.join(" or ")}` });
  }
}

function isOfType(value: Json, name: string): boolean {
  if (name === "integer") return typeof value === "number" && Number.isInteger(value);
  return typeOf(value) === name;
}

function typeOf(value: Json): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function expectOne(walk: Walk, allowed: readonly Json[], value: Json, path: string): void {
  if (allowed.some((one) => same(one, value))) return;
  walk.found.push({ path, text: `must be ${allowed.map((one) => `\`${String(one)}\``).join(" or ")}` });
}

function checkRequired(walk: Walk, schema: JsonSchema, value: Json, path: string): void {
  if (!isObject(value)) return;
  for (const name of listAt(schema, "required")) {
    if (typeof name === "string" && !Object.hasOwn(value, name)) walk.found.push({ path, text: `lacks \`${name}\`` });
  }
}

function checkProperties(walk: Walk, schema: JsonSchema, value: Json, path: string): void {
  if (!isObject(value)) return;
  for (const [name, inner] of Object.entries(objectAt(schema, "properties"))) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    if (member !== undefined && isObject(inner)) check(walk, inner, member, `${path}/${name}`);
  }
}

// Either `false`, or a schema for every member that `properties` does not name.
function checkAdditional(walk: Walk, schema: JsonSchema, value: Json, path: string): void {
  if (!isObject(value)) return;
  const known = objectAt(schema, "properties");
  const rule = schema["additionalProperties"];
  for (const [name, member] of Object.entries(value)) {
    if (Object.hasOwn(known, name)) continue;
    const at = `${path}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (isObject(rule)) check(walk, rule, member, at);
    else walk.found.push({ path: at, text: "is a member that the schema does not know" });
  }
}

function checkItems(walk: Walk, schema: JsonSchema, value: Json, path: string): void {
  if (!isList(value)) return;
  const inner = objectAt(schema, "items");
  value.forEach((item, index) => check(walk, inner, item, `${path}/${index}`));
}

function checkUnique(walk: Walk, schema: JsonSchema, value: Json, path: string): void {
  if (schema["uniqueItems"] !== true || !isList(value)) return;
  const seen = new Set(value.map((item) => JSON.stringify(item)));
  if (seen.size !== value.length) walk.found.push({ path, text: "holds an item twice" });
}

// A positive limit is the least, a negative one the most.
function bound(walk: Walk, size: number | undefined, limit: number, path: string): void {
  if (size === undefined) return;
  if (limit >= 0 && size < limit) walk.found.push({ path, text: `has ${size}, at least ${limit} are needed` });
  if (limit < 0 && size > -limit) walk.found.push({ path, text: `has ${size}, at most ${-limit} are allowed` });
}

function itemsOf(value: Json): number | undefined {
  return isList(value) ? value.length : undefined;
}

function lengthOf(value: Json): number | undefined {
  return typeof value === "string" ? codePoints(value) : undefined;
}

/** How many code points a text has; half of a pair counts as one. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function checkMinimum(walk: Walk, schema: JsonSchema, value: Json, path: string): void {
  const least = numberAt(schema, "minimum");
  if (typeof value === "number" && value < least) walk.found.push({ path, text: `is below ${least}` });
}

function checkMaximum(walk: Walk, schema: JsonSchema, value: Json, path: string): void {
  const most = numberAt(schema, "maximum");
  if (typeof value === "number" && value > most) walk.found.push({ path, text: `is above ${most}` });
}

const compiled = new Map<string, RegExp>();

function checkPattern(walk: Walk, schema: JsonSchema, value: Json, path: string): void {
  if (typeof value !== "string") return;
  const source = textAt(schema, "pattern");
  const pattern = compiled.get(source) ?? new RegExp(source, "u");
  compiled.set(source, pattern);
  if (!pattern.test(value)) walk.found.push({ path, text: `does not match \`${source}\`` });
}

function expectCount(
  walk: Walk,
  schema: JsonSchema,
  value: Json,
  { path, of }: { readonly path: string; readonly of: "anyOf" | "oneOf" },
): void {
  const count = schemasAt(schema, of).filter((one) => holds(walk, one, value, path)).length;
  if (of === "anyOf" ? count > 0 : count === 1) return;
  walk.found.push({
    path,
    text: `fits ${count} of the forms it may have, ${of === "anyOf" ? "one" : "exactly one"} is needed`,
  });
}

function checkIf(walk: Walk, schema: JsonSchema, value: Json, path: string): void {
  if (holds(walk, objectAt(schema, "if"), value, path)) check(walk, objectAt(schema, "then"), value, path);
}

// Only `#/$defs/NAME`, which is all that the schemas use.
function referred(root: JsonSchema, pointer: string): JsonSchema {
  return objectAt(objectAt(root, "$defs"), pointer.replace("#/$defs/", ""));
}

function same(a: Json, b: Json): boolean {
  return a === b || (typeof a === "object" && JSON.stringify(a) === JSON.stringify(b));
}
