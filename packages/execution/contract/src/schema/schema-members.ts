// Members of a schema as the interpreter reads them; what is not of its kind counts as absent.

import type { Json, JsonObject } from "@ces/kernel";

/** A schema as data. */
export type JsonSchema = JsonObject;

/** The members that a schema of an object names. */
export function memberNames(schema: JsonSchema): readonly string[] {
  return Object.keys(objectAt(schema, "properties"));
}

/** True for a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** True for an object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member that is an object, else an empty one. */
export function objectAt(schema: JsonSchema, name: string): JsonObject {
  const member = schema[name];
  return isObject(member) ? member : {};
}

/** A member that is a list, else an empty one. */
export function listAt(schema: JsonSchema, name: string): readonly Json[] {
  const member = schema[name];
  return isList(member) ? member : [];
}

/** The objects of a member that is a list. */
export function schemasAt(schema: JsonSchema, name: string): readonly JsonSchema[] {
  return listAt(schema, name).filter(isObject);
}

/** A member that is a text, else the empty one. */
export function textAt(schema: JsonSchema, name: string): string {
  const member = schema[name];
  return typeof member === "string" ? member : "";
}

/** A member that is a number, else zero. */
export function numberAt(schema: JsonSchema, name: string): number {
  const member = schema[name];
  return typeof member === "number" ? member : 0;
}
