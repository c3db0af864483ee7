// The way of every JSON document through a door: size, bytes, text, schema. SECURITY: all of it is attacker-controlled.

import { parseJson, type Json, type JsonRefusal } from "@ces/kernel";
import { limits } from "../limits.ts";
import type { Problem, ProblemCode } from "../problem.ts";
import { schemaViolations } from "../schema/json-schema.ts";
import type { JsonSchema } from "../schema/schema-members.ts";

/** The parsed value, or problems. */
export type Parsed =
  | { readonly kind: "parsed"; readonly value: Json }
  | { readonly kind: "refused"; readonly problems: readonly Problem[] };

/** Reads strict JSON of at most `most` bytes; `what` names the document in the sentences. */
export function readJson(bytes: Uint8Array, what: string, most: number): Parsed {
  const large = tooLarge(bytes, what, most);
  if (large !== undefined) return refused(large);
  const read = parseJson(bytes, { maxBytes: most, maxDepth: limits.nesting });
  if (read.kind === "parsed") return read;
  const [code, text] = CAUSES[read.cause];
  return refused({ code, path: "", text: `${what} ${text} (at ${read.at})` });
}

/** The problem of a document that is larger than `most` bytes, found before anything is read. */
export function tooLarge(bytes: Uint8Array, what: string, most: number): Problem | undefined {
  if (bytes.length <= most) return undefined;
  return { code: "TOO_LARGE", path: "", text: `${what} has ${bytes.length} bytes, at most ${most} bytes are read` };
}

/** What the schema says against the value, as problems. */
export function schemaProblems(schema: JsonSchema, value: Json, what: string): readonly Problem[] {
  return schemaViolations(schema, value).map(({ path, text }) => ({
    code: "SCHEMA",
    path,
    text: `${what} schema validation failed: \`${path === "" ? "/" : path}\` ${text}`,
  }));
}

/** A refusal for one problem. */
export function refused(problem: Problem): { readonly kind: "refused"; readonly problems: readonly Problem[] } {
  return { kind: "refused", problems: [problem] };
}

const CAUSES: Readonly<Record<JsonRefusal, readonly [ProblemCode, string]>> = {
  syntax: ["NOT_JSON", "is not JSON"],
  trailing_garbage: ["NOT_JSON", "has more behind its JSON value"],
  duplicate_key: ["DUPLICATE_KEY", "has a duplicate key"],
  invalid_unicode: ["NOT_UTF8", "is not UTF-8 text"],
  number_out_of_range: ["NOT_JSON", "has a number out of range"],
  number_not_exact: ["NOT_JSON", "has a number that cannot be kept exactly"],
  non_ascii_key: ["NOT_JSON", "has a member name that is not ASCII"],
  too_deep: ["TOO_DEEP", "nests too deeply"],
  too_large: ["TOO_LARGE", "is too large"],
};
