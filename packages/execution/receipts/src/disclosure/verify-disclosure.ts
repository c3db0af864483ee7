// One field shown to one reader, checked against the root that the receipt signs. Source: spec/acta.md §1.7.

import {
  canonicalize,
  type Crypto,
  decodeBase64Url,
  decodeHex,
  encodeHex,
  isCesError,
  type Json,
  utf8Encode,
} from "@ces/kernel";
import { any, closed, hex32, list, type ObjectForm, open, text, whole } from "../schema/form.ts";
import { isObject, violations } from "../schema/violations.ts";
import type { Finding } from "../verify/cause.ts";
import { leafHash, rootOfPath } from "./merkle.ts";

/** Shorter salts can be guessed together with the value. */
export const LEAST_SALT_BYTES = 16;

/** A disclosed field. */
export type Disclosure = {
  readonly name: string;
  /** Base64url of at least 16 bytes. */
  readonly salt: string;
  readonly value: Json;
  readonly proof: { readonly index: number; readonly tree_size: number; readonly siblings: readonly string[] };
};

const form: ObjectForm = closed({
  name: text(1024),
  salt: text(1024),
  value: any,
  // Open: what a proof says besides, such as on which side a sibling stands, is not looked at.
  proof: open({ index: whole(0), tree_size: whole(1, 2 ** 31), siblings: list(hex32, 32) }),
});

/** What is wrong with a disclosure under `root` (hex); empty when the field was committed to. Never throws. */
export function verifyDisclosure(root: unknown, disclosure: Json, crypto: Pick<Crypto, "sha256">): readonly Finding[] {
  if (typeof root !== "string") return [mismatch("", "the receipt commits to no fields")];
  const [odd] = violations(form, disclosure);
  if (odd !== undefined || !isObject(disclosure))
    return [mismatch(odd?.path ?? "", `${odd?.text ?? "is not an object"}`)];
  const one = disclosure as Disclosure; // by its form
  const salt = decodeBase64Url(one.salt);
  if (salt === undefined) return [mismatch("/salt", "is not base64url")];
  const weak: readonly Finding[] =
    salt.length < LEAST_SALT_BYTES
      ? [{ code: "salt_too_short", path: "/salt", text: `has ${salt.length} bytes, fewer than ${LEAST_SALT_BYTES}` }]
      : [];
  return [...weak, ...(leadsTo(root, one, crypto) ? [] : [mismatch("", "does not lead to the committed root")])];
}

function leadsTo(root: string, { name, salt, value, proof }: Disclosure, crypto: Pick<Crypto, "sha256">): boolean {
  const siblings = proof.siblings.map((hex) => decodeHex(hex) ?? new Uint8Array());
  const leaf = leafBytes({ name, salt, value });
  if (leaf === undefined) return false;
  const path = { index: proof.index, size: proof.tree_size, siblings };
  const found = rootOfPath(crypto, leafHash(crypto, leaf), path);
  return found !== undefined && encodeHex(found) === root;
}

/** Canonical bytes of a leaf; undefined for a value that has none. */
export function leafBytes(leaf: Pick<Disclosure, "name" | "salt" | "value">): Uint8Array | undefined {
  try {
    return utf8Encode(canonicalize({ name: leaf.name, salt: leaf.salt, value: leaf.value }, "rfc8785"));
  } catch (error) {
    if (isCesError(error)) return undefined;
    throw error;
  }
}

function mismatch(path: string, why: string): Finding {
  return { code: "commitment_mismatch", path, text: why };
}
