// Judging a value by a form: every violation, none with the value in it (a draft may hold what must not be printed).

import type { Json, JsonObject } from "@ces/kernel";
import { readInstant } from "../time/instant.ts";
import type { Form, ObjectForm } from "./form.ts";

/** One violation. `unknown`: the member is not of the form at all. */
export type Violation = { readonly path: string; readonly text: string; readonly unknown?: true };

/** Every violation; empty when the value fits. */
export function violations(form: Form, value: Json | undefined, path = ""): readonly Violation[] {
  const found: Violation[] = [];
  judge(form, value, path, found);
  return found;
}

/** An object that is no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function judge(form: Form, value: Json | undefined, path: string, found: Violation[]): void {
  switch (form.kind) {
    case "object":
      if (!isObject(value)) found.push({ path, text: "is not an object" });
      else judgeMembers(form, value, path, found);
      return;
    case "list":
      judgeList(form, value, path, found);
      return;
    default: {
      const fault = faultOf(form, value);
      if (fault !== undefined) found.push({ path, text: fault });
    }
  }
}

function judgeMembers(form: ObjectForm, value: JsonObject, path: string, found: Violation[]): void {
  for (const name of form.required)
    if (!Object.hasOwn(value, name)) found.push({ path: `${path}/${name}`, text: "is missing" });
  for (const name of Object.keys(value)) {
    const member = form.members.get(name);
    if (member !== undefined) judge(member, value[name], `${path}/${name}`, found);
    else if (!form.open)
      found.push({ path: `${path}/${pointer(name)}`, text: "is not a member of this type", unknown: true });
  }
}

function judgeList(
  form: Extract<Form, { kind: "list" }>,
  value: Json | undefined,
  path: string,
  found: Violation[],
): void {
  if (!Array.isArray(value)) found.push({ path, text: "is not a list" });
  else if (value.length > form.most) found.push({ path, text: `holds more than ${form.most} items` });
  else value.forEach((item: Json, at) => judge(form.of, item, `${path}/${at}`, found));
}

type Leaf = Exclude<Form, { kind: "object" | "list" }>;

function faultOf(form: Leaf, value: Json | undefined): string | undefined {
  switch (form.kind) {
    case "text":
      if (typeof value !== "string") return "is not a text";
      // As JSON Schema counts: a character beyond the first plane is one.
      if (value.length > form.most && [...value].length > form.most) return `is longer than ${form.most} characters`;
      return form.pattern === undefined || form.pattern.test(value) ? undefined : "does not have the form it must have";
    case "instant":
      return readInstant(value) === undefined ? "is not a date and time with zone (RFC 3339)" : undefined;
    case "word":
      return form.of.some((one) => one === value) ? undefined : `is not one of ${form.of.join(", ")}`;
    case "whole":
      if (typeof value !== "number" || !Number.isSafeInteger(value)) return "is not a whole number";
      return value >= form.least && value <= form.most ? undefined : `is not between ${form.least} and ${form.most}`;
    case "number":
      return typeof value === "number" && value >= 0 ? undefined : "is not a number of at least 0";
    case "any":
      return undefined;
    case "flag":
      return typeof value === "boolean" ? undefined : "is not true or false";
  }
}

/** One step of a JSON pointer (RFC 6901 §3), shortened: member names are attacker-controlled. */
export function pointer(name: string): string {
  return name.slice(0, 64).replaceAll("~", "~0").replaceAll("/", "~1");
}
