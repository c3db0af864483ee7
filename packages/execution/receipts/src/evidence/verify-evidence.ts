// A second party's word inside a receipt: corroboration only if that party's own key says so, and that key is somebody else's.
// Source: spec/acta.md §1.8.

import { canonicalize, type Crypto, type Json, type JsonObject, utf8Encode } from "@ces/kernel";
import { any, open, type ObjectForm, text, word } from "../schema/form.ts";
import { isObject, violations } from "../schema/violations.ts";
import { decodeSignature } from "../verify/signing-input.ts";
import { readInstant } from "../time/instant.ts";

/** Why an entry is only the receipt signer's own assertion. */
export type EvidenceCause =
  | "schema_invalid"
  | "source_unsigned"
  | "source_key_unknown"
  | "source_signature_invalid"
  | "source_key_not_independent";

/** What one entry is worth. */
export type EvidenceVerdict =
  | { readonly kind: "independent"; readonly dimension: string; readonly state: string; readonly kid: string }
  | { readonly kind: "assertion"; readonly cause: EvidenceCause; readonly text: string };

/** A key and who controls it, both from outside. */
export type SourceKey = { readonly public_key: Uint8Array; readonly control_domain: string };

/** The key that the receipt verified under, and the keys of sources by kid. */
export type EvidenceGround = {
  readonly receipt_key: SourceKey;
  readonly source_keys: ReadonlyMap<string, SourceKey>;
  readonly crypto: Pick<Crypto, "ed25519Verify">;
};

const DIMENSION =
  /^(?:data_rights|provenance|compliance|freshness|consent|identity|authorization|integrity|x-[A-Za-z0-9-]+:[A-Za-z0-9._-]+)$/;

const entryForm: ObjectForm = open(
  {
    dimension: text(256, DIMENSION),
    // `verified` is the older word.
    state: word("satisfied", "unverified", "stale", "failed", "not_applicable", "verified"),
    source: open({ authority: text(1024), ref: text(4096) }, { kid: text(1024), alg: any, sig: any }),
  },
  { as_of: any },
);

/** Judges every entry of a payload's `evidence`; empty when there is none. The receipt itself is verified apart. Never throws. */
export function verifyEvidence(payload: JsonObject, ground: EvidenceGround): readonly EvidenceVerdict[] {
  const entries = payload["evidence"];
  return Array.isArray(entries) ? entries.map((entry: Json) => judgeEntry(entry, ground)) : [];
}

function judgeEntry(entry: Json, { receipt_key, source_keys, crypto }: EvidenceGround): EvidenceVerdict {
  const odd = violations(entryForm, entry)[0] ?? timeFault(entry);
  if (odd !== undefined || !isObject(entry))
    return assertion("schema_invalid", `${odd?.path ?? ""} ${odd?.text ?? ""}`.trim());
  const { dimension, state, source } = entry;
  if (!isObject(source) || typeof dimension !== "string" || typeof state !== "string")
    return assertion("schema_invalid", "the entry is incomplete");
  const { kid, sig, alg } = source;
  if (sig === undefined) return assertion("source_unsigned", "the source signed nothing");
  const key = typeof kid === "string" ? source_keys.get(kid) : undefined;
  if (key === undefined || typeof kid !== "string")
    return assertion("source_key_unknown", "no trusted key of a source has this kid");
  const signature = alg === undefined || alg === "EdDSA" ? decodeSignature(sig) : undefined;
  if (signature === undefined || !crypto.ed25519Verify(key.public_key, claimBytes(entry, source), signature))
    return assertion("source_signature_invalid", "the source's signature does not hold over this entry");
  if (!isElsewhere(key, receipt_key))
    return assertion("source_key_not_independent", "the source's key is in the hands of whoever signed the receipt");
  return { kind: "independent", dimension, state, kid };
}

function timeFault(entry: Json): { readonly path: string; readonly text: string } | undefined {
  const as_of = isObject(entry) ? entry["as_of"] : undefined;
  if (as_of === undefined || readInstant(as_of) !== undefined) return undefined;
  return { path: "/as_of", text: "is not a date and time with zone (RFC 3339)" };
}

// JCS({dimension, ref, state[, as_of]}): what the source vouched for, and nothing that a receipt's signer could add.
function claimBytes({ dimension, state, as_of }: JsonObject, { ref }: JsonObject): Uint8Array {
  const claim = { dimension: dimension ?? null, ref: ref ?? null, state: state ?? null };
  return utf8Encode(canonicalize(as_of === undefined ? claim : { ...claim, as_of }, "rfc8785"));
}

// SECURITY: another key of the same hands proves nothing; an unstated domain is nobody else's.
function isElsewhere(source: SourceKey, receipt: SourceKey): boolean {
  const same =
    source.public_key.length === receipt.public_key.length &&
    source.public_key.every((byte, at) => byte === receipt.public_key[at]);
  return (
    !same &&
    source.control_domain !== "" &&
    receipt.control_domain !== "" &&
    source.control_domain !== receipt.control_domain
  );
}

function assertion(cause: EvidenceCause, why: string): EvidenceVerdict {
  return { kind: "assertion", cause, text: why };
}
