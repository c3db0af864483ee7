// The tree over committed fields (RFC 6962 §2.1): domain-separated leaves and nodes, split at the largest power of two below n.

import type { Crypto } from "@ces/kernel";

type Hash = Pick<Crypto, "sha256">;

/** SHA-256(0x00 ‖ leaf). */
export function leafHash(crypto: Hash, leaf: Uint8Array): Uint8Array {
  return crypto.sha256(concat(Uint8Array.of(0), leaf));
}

/** The root over leaf hashes; at least one. */
export function merkleRoot(crypto: Hash, leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only !== undefined && leaves.length === 1) return only;
  const split = splitOf(leaves.length);
  return node(crypto, merkleRoot(crypto, leaves.slice(0, split)), merkleRoot(crypto, leaves.slice(split)));
}

/** The siblings of one leaf, bottom-up. */
export function merkleProof(crypto: Hash, leaves: readonly Uint8Array[], index: number): readonly Uint8Array[] {
  if (leaves.length <= 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...merkleProof(crypto, left, index), merkleRoot(crypto, right)]
    : [...merkleProof(crypto, right, index - split), merkleRoot(crypto, left)];
}

/** A leaf's place and its siblings, bottom-up. */
export type MerklePath = { readonly index: number; readonly size: number; readonly siblings: readonly Uint8Array[] };

/** The root that a path leads to; undefined for an index outside the tree or a number of siblings that it does not have. */
export function rootOfPath(
  crypto: Hash,
  leaf: Uint8Array,
  { index, size, siblings }: MerklePath,
): Uint8Array | undefined {
  if (index < 0 || index >= size) return undefined;
  // SECURITY: left and right follow from index and size, never from the proof.
  const turns = turnsOf(index, size);
  if (turns.length !== siblings.length) return undefined;
  return siblings.reduce(
    (hash, sibling, at) => (turns[at] === "left" ? node(crypto, sibling, hash) : node(crypto, hash, sibling)),
    leaf,
  );
}

// On which side the sibling stands, bottom-up.
function turnsOf(index: number, size: number): readonly ("left" | "right")[] {
  const turns: ("left" | "right")[] = [];
  for (let [at, n] = [index, size]; n > 1;) {
    const split = splitOf(n);
    turns.push(at < split ? "right" : "left");
    [at, n] = at < split ? [at, split] : [at - split, n - split];
  }
  return turns.reverse();
}

function splitOf(n: number): number {
  let split = 1;
  while (split * 2 < n) split *= 2;
  return split;
}

function node(crypto: Hash, left: Uint8Array, right: Uint8Array): Uint8Array {
  return crypto.sha256(concat(Uint8Array.of(1), left, right));
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
