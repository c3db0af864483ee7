// Records as JSON: members that are `undefined` have no canonical form and are left out, halves of cut characters neither.
import type { Json } from "@ces/kernel";

// JSON.stringify writes exactly the halves of surrogate pairs as `\ud8xx` escapes; an escaped backslash before one is text.
const HALF = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/** The same record as plain JSON. */
export function plainJson(record: object | Json): Json {
  const json: Json = JSON.parse(JSON.stringify(record).replaceAll(HALF, "$1\ufffd"));
  return json;
}
