// One step along the chain, and the name of what is wrong with a link. Verification is these steps in order.
import type { CommitParts, MacKeys, TrailRow } from "@ces/ports";
import type { SealedEntry } from "@ces/records";
import { entryMac, sameMac, trailMac } from "./chain-mac.ts";
import { commitsTo, entryClaims, type EntryClaims } from "./commitment.ts";
import { epochAfter, type RotationJudge } from "./rotation.ts";

/** What walking needs: the keys, and who may rotate them. */
export type WalkWith = RotationJudge & { readonly keys: Pick<MacKeys, "key"> };

/** Why a chain is not believed. `seq` is the first bad entry, null when no entry is to blame. */
export type Broken = {
  readonly kind: "broken";
  readonly seq: number | null;
  readonly code: BrokenCode;
  readonly why: string;
};
/** The closed list of findings. */
export type BrokenCode =
  | "LEDGER_MODIFIED"
  | "LEDGER_GAP"
  | "LEDGER_SWAPPED"
  | "LEDGER_TRUNCATED"
  | "LEDGER_FORKED"
  | "LEDGER_FORGED"
  | "LEDGER_OTHER_DATABASE"
  | "HEAD_INVALID"
  | "HEAD_MISSING"
  | "STATE_MODIFIED"
  | "TRAIL_MODIFIED";
/** A key of the chain is not at hand: nothing can be said about what it sealed. */
export type Undecidable = {
  readonly kind: "undecidable";
  readonly code: "KEY_MISMATCH";
  readonly seq: number | null;
  readonly why: string;
};

/** The state of a walk: last entry, its chain value, the key epoch of the next one. */
export type Place = { readonly seq: number; readonly mac: string; readonly epoch: string };
/** The next place, or why there is none. */
export type StepResult = { readonly kind: "on"; readonly place: Place } | Broken | Undecidable;

/** Checks one entry against the place before it: number, key, link, chain value, and whether it may rotate the key. */
export function stepEntry(tools: WalkWith, place: Place, entry: SealedEntry): StepResult {
  const seq = place.seq + 1;
  if (entry.seq !== seq) return broken(seq, "LEDGER_GAP", `entry ${seq} is missing; entry ${entry.seq} follows`);
  if (entry.key_fingerprint !== place.epoch)
    return broken(seq, "LEDGER_FORGED", "sealed under a key that no rotation introduced");
  const key = tools.keys.key(place.epoch);
  if (!key) return { kind: "undecidable", code: "KEY_MISMATCH", seq, why: `key ${place.epoch} is not here` };
  if (!sameMac(entry.prev_mac, place.mac) || !sameMac(entryMac(key, entry), entry.mac)) return diagnose(entry);
  const epoch = epochAfter(tools, place.epoch, entry.bytes);
  if (epoch.kind === "forged")
    return broken(seq, "LEDGER_FORGED", "a key rotation that the project's key did not sign");
  return { kind: "on", place: { seq, mac: entry.mac, epoch: epoch.kind === "next" ? epoch.fingerprint : place.epoch } };
}

/** Checks one trail row against the row before it, under the key of `epoch`. */
export function stepTrail(
  under: { readonly tools: WalkWith; readonly epoch: string },
  before: { readonly n: number; readonly mac: string },
  row: TrailRow,
): Broken | Undecidable | undefined {
  const bad = (why: string): Broken => broken(null, "TRAIL_MODIFIED", `trail row ${before.n + 1} ${why}`);
  if (row.n !== before.n + 1) return bad(`is missing; row ${row.n} follows`);
  if (row.key_fingerprint !== under.epoch) return bad("is sealed under a key that no rotation introduced");
  const key = under.tools.keys.key(under.epoch);
  if (!key)
    return { kind: "undecidable", code: "KEY_MISMATCH", seq: row.after_seq, why: `key ${under.epoch} is not here` };
  if (!sameMac(row.prev_mac, before.mac)) return bad("does not follow the row before it");
  return sameMac(trailMac(key, row), row.mac) ? undefined : bad("was changed");
}

/** Checks that an entry commits to exactly these rows. */
export function checkParts(
  tools: WalkWith,
  { seq, claims }: { readonly seq: number; readonly claims: EntryClaims | undefined },
  parts: CommitParts,
): Broken | undefined {
  if (claims && claims.seq === seq && sameMac(claims.commits_to, commitsTo(tools.crypto, parts))) return undefined;
  return broken(
    seq,
    "STATE_MODIFIED",
    `rows of ${tablesOf(parts)} stored with entry ${seq} are not the ones it commits to`,
  );
}

/** A finding. */
export function broken(seq: number | null, code: BrokenCode, why: string): Broken {
  return { kind: "broken", seq, code, why };
}

// The chain value is wrong here; the entry's own number tells whether it was put here from elsewhere.
function diagnose(entry: SealedEntry): Broken {
  const own = entryClaims(entry.bytes)?.seq;
  if (own === undefined || own === entry.seq)
    return broken(entry.seq, "LEDGER_MODIFIED", "the entry was changed after it was sealed");
  return broken(entry.seq, "LEDGER_SWAPPED", `entry ${own} stands in its place`);
}

function tablesOf(parts: CommitParts): string {
  const names = (["snapshots", "effects", "effects_done", "records"] as const).filter(
    (table) => parts[table].length > 0,
  );
  return names.length > 0 ? names.map((name) => `\`${name}\``).join(", ") : "no table";
}
