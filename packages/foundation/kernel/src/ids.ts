// Identifiers: a prefix that says what a thing is, and twelve random hex digits (spec/ces §1.9).

import { encodeHex } from "./hex.ts";
import type { Random } from "./random.ts";

declare const brand: unique symbol;

/** `T` that only one function hands out, so that a plain `T` does not pass for it. */
export type Brand<T, B extends string> = T & { readonly [brand]: B };

/** `M-…`, a sealed manifest. */
export type ManifestId = Brand<string, "ManifestId">;
/** `D-…`, one delivery from request to merge. */
export type DeliveryId = Brand<string, "DeliveryId">;
/** `EP-…`, an evidence packet. */
export type EvidenceId = Brand<string, "EvidenceId">;
/** `AE-…`, a ledger entry. */
export type EntryId = Brand<string, "EntryId">;
/** `R-…`, one run in the box. */
export type RunId = Brand<string, "RunId">;
/** `AP-…`, an approval. */
export type ApprovalId = Brand<string, "ApprovalId">;
/** `H-…`, a halt. */
export type HaltId = Brand<string, "HaltId">;
/** `BB-…`, a brief. */
export type BriefId = Brand<string, "BriefId">;
/** `PF-…`, a proof of the walls. */
export type ProofId = Brand<string, "ProofId">;

/** Which branded id each prefix stands for. */
export type IdByPrefix = {
  readonly M: ManifestId;
  readonly D: DeliveryId;
  readonly EP: EvidenceId;
  readonly AE: EntryId;
  readonly R: RunId;
  readonly AP: ApprovalId;
  readonly H: HaltId;
  readonly BB: BriefId;
  readonly PF: ProofId;
};

/** The known id prefixes. */
export type IdPrefix = keyof IdByPrefix;

/** A new id: `<prefix>-` and 12 lower-case hex digits (48 random bits). */
export function makeId<P extends IdPrefix>(prefix: P, random: Random): IdByPrefix[P] {
  // The brand is earned here: this is the only place that builds an id.
  return `${prefix}-${encodeHex(random(6))}` as IdByPrefix[P];
}

/** True when `text` is an id of that prefix, exactly as `makeId` writes it. */
export function isId<P extends IdPrefix>(prefix: P, text: string): text is IdByPrefix[P] {
  return text.startsWith(`${prefix}-`) && /^[0-9a-f]{12}$/.test(text.slice(prefix.length + 1));
}
