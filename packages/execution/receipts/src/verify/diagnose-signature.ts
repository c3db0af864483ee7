// Why a signature does not hold, when it holds over another text: the ways in which signers of this format went wrong.
// For the reader's information; nothing here makes a receipt valid but the pre-hash, and that only when it is asked for by name.
// Source: spec/acta.md §1.1 (the -01 erratum), §2.9.

import { canonicalize, type Crypto, type JsonObject, utf8Encode } from "@ces/kernel";

/** The text that was signed instead. */
export type SignedInstead = "prehashed" | "insertion_order" | "pretty_printed" | "python_json";

type Attempt = { readonly signed: JsonObject; readonly bytes: Uint8Array; readonly crypto: Pick<Crypto, "sha256"> };

const texts: Readonly<Record<SignedInstead, (attempt: Attempt) => Uint8Array>> = {
  prehashed: ({ bytes, crypto }) => crypto.sha256(bytes),
  insertion_order: ({ signed }) => utf8Encode(JSON.stringify(signed)),
  pretty_printed: ({ signed }) => utf8Encode(JSON.stringify(signed, null, 2)),
  python_json: ({ signed }) => utf8Encode(pythonText(signed)),
};

/** Sentences for a report. */
export const signedInsteadText: Readonly<Record<SignedInstead, string>> = {
  prehashed: "the signature is over SHA-256 of the canonical text (an erratum of draft -01)",
  insertion_order: "the signature is over JSON in the order it was written, not over the canonical text",
  pretty_printed: "the signature is over pretty-printed JSON, not over the canonical text",
  python_json: "the signature is over Python's JSON (1.0 for 1, escaped non-ASCII), not over the canonical text",
};

/** The first way in which `verifies` is true. */
export function signedInstead(attempt: Attempt, verifies: (bytes: Uint8Array) => boolean): SignedInstead | undefined {
  const names = Object.keys(texts) as SignedInstead[]; // the keys of a record of them
  return names.find((name) => verifies(texts[name](attempt)));
}

// `json.dumps(sort_keys=True, separators=(",", ":"))` of the governance skill: its score is a float, its text is ASCII.
function pythonText(signed: JsonObject): string {
  const text = canonicalize(signed, "rfc8785").replace(/"trust_score":(\d+)(?=[,}])/, '"trust_score":$1.0');
  return text.replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
