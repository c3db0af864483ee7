// The digest of a policy that anyone can compute again: a manifest of named file hashes, never a concatenation.
// Source: spec/acta.md §1.10 (acta-policy-digest-v1).

import { canonicalize, type Crypto, type Json, sha256Hex, utf8Encode } from "@ces/kernel";
import { sha256Link } from "../verify/signing-input.ts";

/** The construction's name, which is part of what is hashed. */
export const POLICY_DIGEST_V1 = "acta-policy-digest-v1";

/** A file of a policy with its exact bytes. */
export type PolicyFile = { readonly name: string; readonly bytes: Uint8Array };

/** The digest and the canonical manifest it is of; or why there is none. */
export type PolicyDigest =
  | { readonly kind: "digest"; readonly digest: string; readonly manifest: string }
  | { readonly kind: "refused"; readonly code: "empty_policy_set" | "duplicate_policy_file"; readonly text: string };

/** The digest of a set of files for an engine, whatever their order. */
export function policyDigest(
  engine: string,
  files: readonly PolicyFile[],
  crypto: Pick<Crypto, "sha256">,
): PolicyDigest {
  const hashed = files.map(({ name, bytes }) => ({ name, sha256: sha256Hex(crypto, bytes) }));
  return manifestDigest(engine, hashed, crypto);
}

/** The digest over file hashes that are known already. */
export function manifestDigest(
  engine: string,
  files: readonly { readonly name: string; readonly sha256: string }[],
  crypto: Pick<Crypto, "sha256">,
): PolicyDigest {
  if (files.length === 0) return { kind: "refused", code: "empty_policy_set", text: "a policy has at least one file" };
  if (new Set(files.map(({ name }) => name)).size !== files.length)
    return { kind: "refused", code: "duplicate_policy_file", text: "two files have one name" };
  const sorted = files.map(({ name, sha256 }) => ({ name, sha256 })).toSorted((a, b) => byCodePoint(a.name, b.name));
  const manifest = canonicalize({ construction: POLICY_DIGEST_V1, engine, files: sorted }, "rfc8785");
  return { kind: "digest", digest: sha256Link(crypto, utf8Encode(manifest)), manifest };
}

/** A structured configuration as the one file `policy.json` that holds its canonical bytes. Throws what `canonicalize` throws. */
export function structuredPolicy(config: Json): PolicyFile {
  return { name: "policy.json", bytes: utf8Encode(canonicalize(config, "rfc8785")) };
}

// Code points, not UTF-16 units: they differ above U+FFFF, and every language sorts by one of the two.
function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
