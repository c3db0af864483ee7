// A chain against what others committed to: is a tail gone, was it written anew, does a receipt claim an hour at which it cannot have been?
// Source: spec/acta.md §1.5, §1.9.

import { type Instant, isBefore } from "../time/instant.ts";
import type { Finding, Warning } from "../verify/cause.ts";
import type { Commitment, CommitmentRead } from "./checkpoint.ts";

/** Where a receipt stands that a commitment may name. */
export type Placed = {
  readonly hash: string | null;
  readonly at: Instant | undefined;
  readonly sequence: number | undefined;
};

/** What commitments add to a chain's report; `established`: how many receipts the best of them vouches for. */
export type Completeness = {
  readonly established: number | null;
  readonly causes: readonly Finding[];
  readonly warnings: readonly Finding<Warning>[];
};

/** The chain: its receipts, and whether its beginning is missing. */
export type ChainFacts = { readonly placed: readonly Placed[]; readonly partial: boolean };

/** Judges every commitment. One that cannot be believed decides the outcome like any other finding: it was asked for. */
export function judgeCompleteness(reads: readonly CommitmentRead[], facts: ChainFacts): Completeness {
  const causes: Finding[] = [];
  let established: number | null = null;
  for (const read of reads) {
    if (read.kind === "refused") {
      causes.push(...read.causes);
      continue;
    }
    const found = judgeOne(read.commitment, facts);
    causes.push(...found);
    if (found.length === 0 && placeOf(read.commitment, facts) !== undefined)
      established = Math.max(established ?? 0, read.commitment.count);
  }
  const text = "whether receipts are missing at the end cannot be seen from the chain alone";
  const warnings: Finding<Warning>[] =
    established === null ? [{ code: "completeness_not_established", path: "", text }] : [];
  return { established, causes, warnings };
}

function judgeOne(commitment: Commitment, facts: ChainFacts): readonly Finding[] {
  const { count, terminal_hash } = commitment;
  const place = placeOf(commitment, facts);
  if (place === undefined) return [];
  if (place >= facts.placed.length)
    return [
      { code: "chain_truncated", path: "", text: `a checkpoint counts ${count} receipts; the chain ends before` },
    ];
  const found: Finding[] = [];
  if (place >= 0 && facts.placed[place]?.hash !== terminal_hash) {
    const text = `receipt ${count} of the chain is not the one that a checkpoint names`;
    found.push({ code: "chain_rewritten", path: "", text, index: place });
  }
  return [...found, ...backdated(commitment, facts, place)];
}

// What a log did not yet hold at an hour was made after it.
function backdated({ logged_at }: Commitment, { placed }: ChainFacts, place: number): readonly Finding[] {
  if (logged_at === null) return [];
  return placed.flatMap(({ at }, index): readonly Finding[] =>
    index > place && at !== undefined && isBefore(at, logged_at)
      ? [
          {
            code: "issued_at_precedes_excluding_commitment",
            path: "/payload/issued_at",
            text: "claims an hour at which a log says the chain had not come so far",
            index,
          },
        ]
      : [],
  );
}

// The place of the last receipt that a commitment counts; undefined when the chain's beginning is missing and nothing says where it
// starts, or when the commitment ends before it starts.
function placeOf({ count }: Commitment, { placed, partial }: ChainFacts): number | undefined {
  if (!partial) return count - 1;
  const first = placed[0]?.sequence;
  return first === undefined || count < first ? undefined : count - first;
}
