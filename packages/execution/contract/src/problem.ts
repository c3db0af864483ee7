// How the doors of this package answer: the value, or every problem they found.

/** What is wrong with bytes. */
export type ProblemCode =
  | "TOO_LARGE"
  | "NOT_UTF8"
  | "NOT_JSON"
  | "INVALID_YAML"
  | "DUPLICATE_KEY"
  | "TOO_DEEP"
  | "NOT_A_MAPPING"
  | "SCHEMA"
  | "LIMIT"
  | "COMMAND_ID_DUPLICATE"
  | "PATH_DOTS"
  | "NUL"
  | "TIME";

/** One problem: where (a JSON pointer, empty for the whole document) and what, in a sentence. */
export type Problem = { readonly code: ProblemCode; readonly path: string; readonly text: string };

/** A document that was read with the hash of its canonical bytes, or the reasons why not. */
export type Read<Of> =
  | { readonly kind: "read"; readonly value: Of; readonly sha256: string }
  | { readonly kind: "refused"; readonly problems: readonly Problem[] };
