// Is this ledger whole, unchanged and the newest? Reads aloud as the list of what is checked (spec/ces §6, S32, S34).
import type { TrailRow } from "@ces/ports";
import type { SealedEntry, SignedHead } from "@ces/records";
import { sameMac } from "./chain-mac.ts";
import { broken, type Broken, type Undecidable, type WalkWith } from "./chain-walk.ts";
import { GENESIS_MAC } from "./domains.ts";
import { verifyHead } from "./head.ts";
import { endWalk, startWalk, walkEntry, type StateRows, type Walk } from "./walk.ts";

/** A ledger to judge. `trail` and `state` are left out for a chain that comes without its database (an export). */
export type LedgerFacts = {
  readonly database_id: string;
  /** The project that the database names itself; left out for an export. */
  readonly project_id?: string;
  readonly head: SignedHead | undefined;
  readonly entries: Iterable<SealedEntry>;
  readonly trail?: Iterable<TrailRow>;
  readonly state?: Iterable<StateRows>;
};

/** The answer. `valid`: everything `verifyLedger` names was checked and holds. */
export type LedgerVerdict =
  | { readonly kind: "valid"; readonly count: number; readonly trail_count: number; readonly head_mac: string }
  | Broken
  | Undecidable;

/**
 * Checks, in this order: the head was made by this project and names this project and database; every entry follows
 * the one before it under the key of its epoch; every trail row likewise; every entry commits to exactly the rows stored
 * with it and to the trail as it was; the chain passes through the head and does not end before it.
 */
export function verifyLedger(tools: WalkWith, facts: LedgerFacts): LedgerVerdict {
  const signed = facts.head;
  if (!signed) return broken(null, "HEAD_MISSING", "there is no signed head");
  const bad = checkHead(tools, facts, signed);
  if (bad) return bad;
  const place = { seq: 0, mac: GENESIS_MAC, epoch: signed.head.first_key_fingerprint };
  const walk = startWalk(tools, { place, last: { n: 0, mac: GENESIS_MAC } }, facts);
  for (const entry of facts.entries) {
    const stop = walkEntry(walk, entry) ?? checkPassing(walk, signed);
    if (stop) return stop;
  }
  const stop = checkLength(walk, signed) ?? endWalk(walk) ?? (facts.trail && checkTrailLength(walk, signed));
  return stop ?? { kind: "valid", count: walk.place.seq, trail_count: walk.last.n, head_mac: walk.place.mac };
}

function checkHead(tools: WalkWith, facts: LedgerFacts, signed: SignedHead): Broken | Undecidable | undefined {
  const made = verifyHead(tools, signed);
  const { key_fingerprint } = signed.head;
  if (made === "key_missing")
    return { kind: "undecidable", code: "KEY_MISMATCH", seq: null, why: `key ${key_fingerprint} is not here` };
  if (made === "forged") return broken(null, "HEAD_INVALID", "the head was not made by this project");
  if (signed.head.project_id !== tools.project_id) return broken(null, "HEAD_INVALID", "the head is another project's");
  if (signed.head.database_id !== facts.database_id)
    return broken(null, "LEDGER_OTHER_DATABASE", "`meta` names another database than the head");
  if (facts.project_id === undefined || facts.project_id === tools.project_id) return undefined;
  return broken(null, "LEDGER_OTHER_DATABASE", "`meta` names another project");
}

function checkPassing(walk: Walk, signed: SignedHead): Broken | undefined {
  const { count, mac } = signed.head;
  if (walk.place.seq !== count || sameMac(walk.place.mac, mac)) return undefined;
  return broken(count, "LEDGER_FORKED", `entry ${count} is not the one the signed head names`);
}

// INVARIANT: a chain may be longer than its head (a crash between commit and head), never shorter.
function checkLength(walk: Walk, signed: SignedHead): Broken | undefined {
  const { seq } = walk.place;
  if (seq >= signed.head.count) return undefined;
  return broken(
    seq + 1,
    "LEDGER_TRUNCATED",
    `the chain ends at entry ${seq}, the signed head says ${signed.head.count}`,
  );
}

function checkTrailLength(walk: Walk, signed: SignedHead): Broken | undefined {
  const { n } = walk.last;
  if (n >= signed.head.trail_count) return undefined;
  return broken(
    null,
    "TRAIL_MODIFIED",
    `trail row ${n + 1} is missing, the signed head says ${signed.head.trail_count}`,
  );
}
