// Sealing one commit: trail rows first, then the entries; the last entry commits to the rows that are stored with it.
import { CesError, canonicalize, makeId, type Crypto, type Random } from "@ces/kernel";
import type { ChainHead, CommitParts, MacKey, MacKeys, SealInput, Sealed, TrailDraft, TrailRow } from "@ces/ports";
import { LedgerDraft, type LedgerEntry, type SealedEntry } from "@ces/records";
import { entryMac, trailMac } from "./chain-mac.ts";
import { commitsTo, NO_PARTS } from "./commitment.ts";
import { GENESIS_MAC } from "./domains.ts";
import { rotatesTo } from "./rotation.ts";

/** What sealing needs besides the commit. */
export type SealWith = {
  readonly crypto: Crypto;
  readonly random: Random;
  readonly keys: MacKeys;
  readonly project_id: string;
};

/** Where an empty ledger stands: no entry, no row, and the key its first entry will use. */
export function emptyHead(keys: MacKeys): ChainHead {
  return {
    count: 0,
    mac: GENESIS_MAC,
    key_fingerprint: keys.first.fingerprint,
    trail_count: 0,
    trail_mac: GENESIS_MAC,
  };
}

/**
 * Seals drafts and trail rows behind `head`, in order; a rotation changes the key of the entries after it.
 * INVARIANT: entries of one commit but the last commit to nothing, so that every row has exactly one entry, by its number.
 * Throws CesError KEY_MISMATCH (the chain's key is not at hand), LEDGER_BAD_DRAFT.
 */
export function sealCommit(tools: SealWith, input: SealInput): Sealed {
  let head = input.head;
  const trail = input.trail.map((draft) => {
    const row = sealTrailRow(keyOf(tools.keys, head.key_fingerprint), head, draft, input.at);
    head = { ...head, trail_count: row.n, trail_mac: row.mac };
    return row;
  });
  const entries = input.drafts.map((draft, i) => {
    const parts = i === input.drafts.length - 1 ? input.parts : NO_PARTS;
    const entry = sealEntry(tools, head, draft, { at: input.at, parts });
    head = { ...head, count: entry.seq, mac: entry.mac, key_fingerprint: rotatesTo(draft) ?? head.key_fingerprint };
    return entry;
  });
  return { entries, trail, head };
}

/** The key of a fingerprint. Throws CesError KEY_MISMATCH. */
export function keyOf(keys: MacKeys, fingerprint: string): MacKey {
  const key = keys.key(fingerprint);
  if (key) return key;
  throw new CesError("KEY_MISMATCH", `the ledger is sealed with key \`${fingerprint}\`, which is not here`, {
    remedy: "set CES_AUDIT_HMAC_SECRET to the value this ledger was made with, or restore the project's key folder",
  });
}

function sealTrailRow(key: MacKey, head: ChainHead, draft: TrailDraft, at: string): TrailRow {
  const row = {
    n: head.trail_count + 1,
    after_seq: head.count,
    kind: draft.kind,
    id: draft.id,
    delivery_id: draft.delivery_id,
    body: draft.body,
    recorded_at: at,
    prev_mac: head.trail_mac,
  };
  return { ...row, key_fingerprint: key.fingerprint, mac: trailMac(key, row) };
}

function sealEntry(
  tools: SealWith,
  head: ChainHead,
  draft: LedgerDraft,
  stored: { readonly at: string; readonly parts: CommitParts },
): SealedEntry {
  const entry: LedgerEntry = {
    ...checkedDraft(draft),
    schema: "ces.ledger/v1",
    entry_id: makeId("AE", tools.random),
    seq: head.count + 1,
    project_id: tools.project_id,
    recorded_at: stored.at,
    commits_to: commitsTo(tools.crypto, stored.parts),
    trail_count: head.trail_count,
    trail_mac: head.trail_mac,
  };
  const key = keyOf(tools.keys, head.key_fingerprint);
  const link = { seq: entry.seq, bytes: canonicalize(entry, "rfc8785"), prev_mac: head.mac };
  return { ...link, mac: entryMac(key, link), key_fingerprint: key.fingerprint };
}

function checkedDraft(draft: LedgerDraft): LedgerDraft {
  const read = LedgerDraft.safeParse(draft);
  if (read.success) return read.data;
  throw new CesError(
    "LEDGER_BAD_DRAFT",
    `a ledger entry is malformed: ${read.error.issues[0]?.path.join(".") ?? "?"}`,
    { cause: read.error },
  );
}
