// A receipt as an in-toto statement, for verifiers and stores of attestations. Source: in-toto Attestation Framework v1; spec/acta.md §1.11.

import { canonicalize, type Crypto, type JsonObject, utf8Encode } from "@ces/kernel";
import { sha256Link } from "../verify/signing-input.ts";
import type { Receipt } from "../written/receipt.ts";

/** The media type of a statement in DSSE. */
export const STATEMENT_MEDIA_TYPE = "application/vnd.in-toto+json";
/** What the predicate is: the whole receipt, signature included. */
export const PREDICATE_TYPE = "urn:ces:acta-receipt:v1";

/** What a statement is about. */
export type StatementSubject = { readonly name: string; readonly digest: { readonly sha256: string } };

/** An in-toto statement v1 whose predicate is a receipt. */
export type Statement = {
  readonly _type: "https://in-toto.io/Statement/v1";
  readonly subject: readonly StatementSubject[];
  readonly predicateType: typeof PREDICATE_TYPE;
  readonly predicate: JsonObject;
};

/** The statement of a receipt. `about`: artefacts it belongs to (a candidate tree, a package); the receipt itself is always a subject. */
export function toStatement(
  receipt: Receipt<object>,
  crypto: Pick<Crypto, "sha256">,
  about: readonly StatementSubject[] = [],
): Statement {
  const plain = receipt as unknown as JsonObject; // a receipt is plain JSON
  const hash = sha256Link(crypto, utf8Encode(canonicalize(plain, "strict"))).slice("sha256:".length);
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: [...about, { name: `receipt:${hash.slice(0, 16)}`, digest: { sha256: hash } }],
    predicateType: PREDICATE_TYPE,
    predicate: plain,
  };
}

/** The canonical bytes of a statement: the body of its DSSE envelope. */
export function statementBytes(statement: Statement): Uint8Array {
  return utf8Encode(canonicalize(statement as unknown as JsonObject, "strict")); // plain JSON by its type
}
