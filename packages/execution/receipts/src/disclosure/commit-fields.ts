// Committing to fields that may later be shown one by one, so that arguments need not stand in a receipt. Source: spec/acta.md §1.7.

import { type Crypto, encodeBase64Url, encodeHex, type Json, type Random, utf8Encode } from "@ces/kernel";
import { leafHash, merkleProof, merkleRoot } from "./merkle.ts";
import { type Disclosure, leafBytes } from "./verify-disclosure.ts";

/** A field by its name. */
export type CommittedField = { readonly name: string; readonly value: Json };

/** The root for the receipt and a disclosure for each field, to be kept private until it is shown; or why there is none. */
export type Commitment =
  | { readonly kind: "committed"; readonly root: string; readonly disclosures: readonly Disclosure[] }
  | { readonly kind: "refused"; readonly text: string };

const SALT_BYTES = 32;

/** Commits to at least one field, each under a fresh salt, in the order of the names' UTF-8 bytes. Refuses repeated names. */
export function commitFields(
  fields: readonly CommittedField[],
  { random, crypto }: { readonly random: Random; readonly crypto: Pick<Crypto, "sha256"> },
): Commitment {
  if (fields.length === 0) return { kind: "refused", text: "there is no field to commit to" };
  if (new Set(fields.map(({ name }) => name)).size !== fields.length)
    return { kind: "refused", text: "a field is named twice" };
  const salted = sortByName(fields).map((field) => ({ ...field, salt: encodeBase64Url(random(SALT_BYTES)) }));
  const leaves: Uint8Array[] = [];
  for (const field of salted) {
    const bytes = leafBytes(field);
    if (bytes === undefined) return { kind: "refused", text: "a value is not JSON" };
    leaves.push(leafHash(crypto, bytes));
  }
  const disclosures = salted.map(({ name, salt, value }, index) => ({
    name,
    salt,
    value,
    proof: { index, tree_size: leaves.length, siblings: merkleProof(crypto, leaves, index).map(encodeHex) },
  }));
  return { kind: "committed", root: encodeHex(merkleRoot(crypto, leaves)), disclosures };
}

function sortByName(fields: readonly CommittedField[]): readonly CommittedField[] {
  const keyed = fields.map((field) => ({ field, key: utf8Encode(field.name) }));
  return keyed.toSorted((a, b) => compareBytes(a.key, b.key)).map(({ field }) => field);
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
