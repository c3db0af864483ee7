// Everything the store needs from the ledger, with the keys of one project inside.
import { CesError, type Crypto, type Random } from "@ces/kernel";
import type { ChainTail, CommitParts, KeyRing, LedgerSealer, MacKeys, Signer, TailCheck, TrailRow } from "@ces/ports";
import type { LedgerHead, SealedEntry, SignedHead } from "@ces/records";
import { entryMac, sameMac, trailMac } from "./chain-mac.ts";
import { acceptEpoch } from "./accept-epoch.ts";
import type { WalkWith } from "./chain-walk.ts";
import { commitsTo, entryClaims } from "./commitment.ts";
import { headSigner, verifyHead } from "./head.ts";
import { emptyHead, keyOf, sealCommit } from "./seal-commit.ts";
import { endWalk, startWalk, walkEntry, type Stop } from "./walk.ts";

/** The keys and ports of one project's ledger. `ring` must know the signer's public key. */
export type SealerParts = {
  readonly crypto: Crypto;
  readonly random: Random;
  readonly project_id: string;
  readonly keys: MacKeys;
  readonly signer: Signer;
  readonly ring: KeyRing;
};

/** The sealer of one project; every method may throw CesError KEY_MISMATCH. */
export function ledgerSealer(parts: SealerParts): LedgerSealer {
  const { keys, crypto } = parts;
  const sign = headSigner(parts.signer);
  const tools = { ...parts, random: pooled(parts.random) };
  const isSealed = (entry: SealedEntry): boolean =>
    sameMac(entryMac(keyOf(keys, entry.key_fingerprint), entry), entry.mac);
  return {
    project_id: parts.project_id,
    acceptEpoch: (fingerprint) => acceptEpoch(keys, fingerprint),
    empty: () => emptyHead(keys),
    seal: (input) => sealCommit(tools, input),
    checkTail: (tail) => checkTail(parts, tail),
    believe: (entry, rows) => isSealed(entry) && claimsRows(crypto, entry, rows),
    isSealed,
    isSealedTrail: (row: TrailRow) => sameMac(trailMac(keyOf(keys, row.key_fingerprint), row), row.mac),
    signHead: (head) => sign(keyOf(keys, head.key_fingerprint), head),
    openHead: (signed) => openHead(parts, signed),
  };
}

// Asking the system for six bytes costs as much as asking for a thousand.
function pooled(random: Random): Random {
  let pool: Uint8Array = new Uint8Array(0);
  return (n) => {
    if (pool.length < n) pool = random(Math.max(n, 1024));
    const taken = pool.slice(0, n);
    pool = pool.subarray(n);
    return taken;
  };
}

function openHead(parts: SealerParts, signed: SignedHead): LedgerHead | undefined {
  const made = verifyHead(parts, signed);
  if (made === "key_missing") keyOf(parts.keys, signed.head.key_fingerprint);
  return made === "valid" ? signed.head : undefined;
}

function claimsRows(crypto: Crypto, entry: SealedEntry, rows: CommitParts): boolean {
  const claims = entryClaims(entry.bytes);
  return claims !== undefined && claims.seq === entry.seq && sameMac(claims.commits_to, commitsTo(crypto, rows));
}

// A crash between commit and head leaves entries behind the head; they are believed only if every check holds.
function checkTail(tools: WalkWith, tail: ChainTail): TailCheck {
  const { from } = tail;
  const place = { seq: from.count, mac: from.mac, epoch: from.key_fingerprint };
  const walk = startWalk(
    tools,
    { place, last: { n: from.trail_count, mac: from.trail_mac } },
    { trail: tail.trail, state: tail.state },
  );
  for (const entry of tail.entries) {
    const stop = walkEntry(walk, entry);
    if (stop) return refuse(stop);
  }
  const stop = endWalk(walk);
  if (stop) return refuse(stop);
  const { seq, mac, epoch } = walk.place;
  return {
    kind: "valid",
    head: { count: seq, mac, key_fingerprint: epoch, trail_count: walk.last.n, trail_mac: walk.last.mac },
  };
}

function refuse(stop: NonNullable<Stop>): TailCheck {
  if (stop.kind === "broken") return stop;
  throw new CesError(stop.code, `the ledger goes on under a key that is not here: ${stop.why}`, {
    remedy: "set CES_AUDIT_HMAC_SECRET to the value this ledger was made with, or restore the project's key folder",
  });
}
