// From bytes to one JSON value, or the cause why not. Attacker-controlled throughout. Source: spec/acta.md §1.9 step 1.

import { type Json, type JsonRefusal, parseJson } from "@ces/kernel";
import type { Finding, UndecidableCause } from "./cause.ts";

/** Bytes of one receipt. */
export const MAX_RECEIPT_BYTES = 1024 * 1024;
const MAX_DEPTH = 64;

/** The value of a strictly read text. */
export type TextRead =
  | { readonly kind: "read"; readonly value: Json }
  | { readonly kind: "refused"; readonly finding: Finding };

/** Reads one JSON text: no byte order mark, no repeated name, no number that a double does not hold. */
export function readStrictly(text: string | Uint8Array, maxBytes: number = MAX_RECEIPT_BYTES): TextRead {
  const read = parseJson(text, { maxBytes, maxDepth: MAX_DEPTH, profile: "strict" });
  if (read.kind === "parsed") return { kind: "read", value: read.value };
  const [code, why] = CAUSES[read.cause];
  return { kind: "refused", finding: { code, path: "", text: `${why} (at ${read.at})` } };
}

const CAUSES: Readonly<Record<JsonRefusal, readonly [UndecidableCause, string]>> = {
  syntax: ["malformed_json", "the text is not JSON"],
  trailing_garbage: ["malformed_json", "more than one JSON value stands there"],
  duplicate_key: ["duplicate_key", "an object has a member twice"],
  invalid_unicode: ["invalid_unicode", "the text is not valid Unicode"],
  number_out_of_range: ["number_out_of_range", "a number is too large"],
  number_not_exact: ["number_not_exact", "a number cannot be held exactly"],
  non_ascii_key: ["non_ascii_key", "a member name is not printable ASCII"],
  too_deep: ["too_deep", `values nest deeper than ${MAX_DEPTH} levels`],
  too_large: ["input_too_large", "the text is too large for a receipt"],
};
