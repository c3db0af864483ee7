// A ledger in memory: entries, rows and head as a store would hold them.
import type { ChainHead, CommitParts, TrailRow } from "@ces/ports";
import type { LedgerHead, SealedEntry, SignedHead } from "@ces/records";
import { headSigner } from "../src/head.ts";
import { emptyHead, sealCommit } from "../src/seal-commit.ts";
import { testDraft, testSealerParts } from "../src/testing.ts";
import type { LedgerFacts } from "../src/verify-ledger.ts";

export const AT = "2026-01-01T00:00:00.000Z";
export const DATABASE = "d".repeat(32);
export const NOTHING: CommitParts = { snapshots: [], effects: [], effects_done: [], records: [] };

export type Chain = {
  readonly parts: ReturnType<typeof testSealerParts>;
  readonly head: ChainHead;
  readonly entries: readonly SealedEntry[];
  readonly trail: readonly TrailRow[];
  readonly state: readonly { readonly seq: number; readonly parts: CommitParts }[];
};

export function rowsOf(n: number): CommitParts {
  return {
    ...NOTHING,
    records: [{ n, kind: "halt", id: `H-${n}`, delivery_id: null, body: `{"n":${n}}`, recorded_at: AT }],
  };
}

/** A chain of `length` commits: every second one stores a record and a decision row before it. */
export function chainOf(length: number, seed = 1): Chain {
  const parts = testSealerParts(seed);
  let chain: Chain = { parts, head: emptyHead(parts.keys), entries: [], trail: [], state: [] };
  for (let i = 1; i <= length; i += 1) chain = extend(chain, i % 2 === 0 ? rowsOf(i / 2) : NOTHING);
  return chain;
}

export function extend(
  chain: Chain,
  rows: CommitParts,
  draft = testDraft({ summary: `entry ${chain.head.count + 1}` }),
): Chain {
  const trail =
    rows === NOTHING
      ? []
      : [{ kind: "decision", id: `x/${chain.head.count}`, delivery_id: null, body: '{"verdict":"allow"}' }];
  const sealed = sealCommit(chain.parts, { head: chain.head, at: AT, drafts: [draft], parts: rows, trail });
  const state = rows === NOTHING ? chain.state : [...chain.state, { seq: sealed.head.count, parts: rows }];
  return {
    ...chain,
    head: sealed.head,
    entries: [...chain.entries, ...sealed.entries],
    trail: [...chain.trail, ...sealed.trail],
    state,
  };
}

export function headOf(chain: Chain, given: Partial<LedgerHead> = {}): SignedHead {
  const rows = { snapshots: 0, effects: 0, effects_done: 0, records: chain.state.length };
  const head = {
    schema: "ces.ledger-head/v1",
    project_id: chain.parts.project_id,
    database_id: DATABASE,
    first_key_fingerprint: chain.parts.keys.first.fingerprint,
    ...chain.head,
    rows,
    at: AT,
    ...given,
  } as const;
  const key = chain.parts.keys.key(head.key_fingerprint) ?? chain.parts.keys.first;
  return headSigner(chain.parts.signer)(key, head);
}

export function factsOf(chain: Chain, given: Partial<LedgerFacts> = {}): LedgerFacts {
  return {
    database_id: DATABASE,
    head: headOf(chain),
    entries: chain.entries,
    trail: chain.trail,
    state: chain.state,
    ...given,
  };
}
