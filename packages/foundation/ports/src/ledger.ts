// What the store needs from the ledger: sealing and checking, without knowing a key (DESIGN §4, S32).
import type { LedgerDraft, LedgerHead, SealedEntry, SignedHead } from "@ces/records";

/** A symmetric ledger key that never shows its bytes. */
export interface MacKey {
  /** 32 lower-case hex characters; names the key without telling it. */
  readonly fingerprint: string;
  /** Lower-case hex HMAC-SHA256 of the UTF-8 of `text`. */
  mac(text: string): string;
}

/** The ledger keys at hand. */
export interface MacKeys {
  key(fingerprint: string): MacKey | undefined;
  /** The key of an installation's first entry: the override if there is one, else the newest stored key. */
  readonly first: MacKey;
  /** Fingerprint of the override of the environment, null without one (S34). */
  readonly override: string | null;
}

/** Where both chains stand. `key_fingerprint` is the epoch of the next entry; an empty chain has a MAC of 64 zeros. */
export interface ChainHead {
  readonly count: number;
  readonly mac: string;
  readonly key_fingerprint: string;
  readonly trail_count: number;
  readonly trail_mac: string;
}

/** The rows of one commit as they are stored; bodies are canonical JSON text, `n` the row number in its table. */
export interface CommitParts {
  readonly snapshots: readonly {
    readonly n: number;
    readonly delivery_id: string;
    readonly version: number;
    readonly body: string;
  }[];
  readonly effects: readonly {
    readonly n: number;
    readonly effect_id: string;
    readonly delivery_id: string;
    readonly body: string;
  }[];
  readonly effects_done: readonly { readonly n: number; readonly effect_id: string }[];
  readonly records: readonly {
    readonly n: number;
    readonly kind: string;
    readonly id: string;
    readonly delivery_id: string | null;
    readonly body: string;
    readonly recorded_at: string;
  }[];
}

/** A row of the trail (meter, decision, lease): cheap, chained by itself, covered by the next entry and by the head. */
export interface TrailDraft {
  readonly kind: string;
  readonly id: string;
  readonly delivery_id: string | null;
  readonly body: string;
}

/** A trail row as stored. `after_seq` is the ledger's count when it was written. */
export interface TrailRow extends TrailDraft {
  readonly n: number;
  readonly after_seq: number;
  readonly recorded_at: string;
  readonly key_fingerprint: string;
  readonly prev_mac: string;
  readonly mac: string;
}

export interface SealInput {
  readonly head: ChainHead;
  readonly at: string;
  readonly drafts: readonly LedgerDraft[];
  readonly parts: CommitParts;
  readonly trail: readonly TrailDraft[];
}
export interface Sealed {
  readonly entries: readonly SealedEntry[];
  readonly trail: readonly TrailRow[];
  readonly head: ChainHead;
}

/** The part of a chain behind `from`, in order. */
export interface ChainTail {
  readonly from: ChainHead;
  readonly entries: Iterable<SealedEntry>;
  readonly trail: Iterable<TrailRow>;
  /** Rows of state by entry, ascending. */
  readonly state: Iterable<{ readonly seq: number; readonly parts: CommitParts }>;
}
export type TailCheck =
  | { readonly kind: "valid"; readonly head: ChainHead }
  | { readonly kind: "broken"; readonly seq: number | null; readonly code: string; readonly why: string };

/** Seals commits and checks what was sealed. Throws CesError KEY_MISMATCH when a key of the chain is not at hand. */
export interface LedgerSealer {
  readonly project_id: string;
  /**
   * Asks whether the next entry may be made under this key. Throws CesError KEY_MISMATCH (not at hand, exit 5) and
   * KEY_NOT_ROTATED (the environment names another key than the chain, exit 4).
   */
  acceptEpoch(fingerprint: string): void;
  /** The head of an empty ledger. */
  empty(): ChainHead;
  seal(input: SealInput): Sealed;
  /** Checks every link and commitment behind a trusted head. */
  checkTail(tail: ChainTail): TailCheck;
  /** True when the entry was sealed by a key of this project and commits to exactly these rows. */
  believe(entry: SealedEntry, parts: CommitParts): boolean;
  /** True when this one entry, or trail row, was sealed by a key of this project. */
  isSealed(entry: SealedEntry): boolean;
  isSealedTrail(row: TrailRow): boolean;
  signHead(head: LedgerHead): SignedHead;
  /** The head inside, if this project made exactly it. */
  openHead(signed: SignedHead): LedgerHead | undefined;
}
