// Where a strict reading of JSON stands in its text, and how it stops.

import { CesError } from "./ces-error.ts";

/** Why a text is not taken. */
export type JsonRefusal =
  | "syntax"
  | "trailing_garbage"
  | "duplicate_key"
  | "invalid_unicode"
  | "number_out_of_range"
  | "number_not_exact"
  | "non_ascii_key"
  | "too_deep"
  | "too_large";

/** The text and the place in it; `left` is how many more levels may open. */
export type Reader = {
  readonly text: string;
  readonly strict: boolean;
  at: number;
  left: number;
  refusal?: { readonly kind: "refused"; readonly cause: JsonRefusal; readonly at: number };
};

/** Notes the refusal and leaves the recursion; `parseJson` catches and returns it. */
export function refuse(reader: Reader, cause: JsonRefusal, at: number): never {
  reader.refusal = { kind: "refused", cause, at };
  throw new CesError("JSON_REFUSED", `not strict json: ${cause} at ${at}`);
}

/** Moves over JSON's four blanks. */
export function skipBlanks(reader: Reader): void {
  for (;;) {
    const unit = reader.text.charCodeAt(reader.at);
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
    reader.at += 1;
  }
}

/** Moves over `unit` if it stands here. */
export function took(reader: Reader, unit: number): boolean {
  if (reader.text.charCodeAt(reader.at) !== unit) return false;
  reader.at += 1;
  return true;
}

/** Moves over `unit` or refuses. */
export function expect(reader: Reader, unit: number): void {
  if (!took(reader, unit)) refuse(reader, "syntax", reader.at);
}
