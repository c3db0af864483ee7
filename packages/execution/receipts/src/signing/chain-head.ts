// Where a chain stands. Link and sequence of the next receipt come from here and from nowhere else.

/** What the engine knows of its own chain. A store reads it from its verified tail, never from a payload it is handed. */
export type ChainHead = {
  /** Receipts so far; the next one's sequence is one more. */
  readonly count: number;
  /** `sha256:` hash of the last receipt; null before the first. */
  readonly terminal_hash: string | null;
};

/** A chain without receipts. */
export const EMPTY_CHAIN: ChainHead = { count: 0, terminal_hash: null };
