// Domain separators: what is hashed or signed for one purpose never stands for another.

/** Separator of an entry's chain value. */
export const ENTRY_DOMAIN = "ces.ledger-entry/v1";
/** Separator of a trail row's chain value. */
export const TRAIL_DOMAIN = "ces.ledger-trail/v1";
/** Separator of the hash over the rows of one commit. */
export const COMMIT_DOMAIN = "ces.ledger-commit/v1";
/** Separator of the chain value over the head. */
export const HEAD_DOMAIN = "ces.ledger-head/v1";
/** Separator of the signature over which ledger key vouches for heads. */
export const HEAD_KEY_DOMAIN = "ces.ledger-head-key/v1";
/** Separator of the signature that introduces a new ledger key. */
export const ROTATION_DOMAIN = "ces.ledger-rotation/v1";

/** The chain value before the first entry or row. */
export const GENESIS_MAC = "0".repeat(64);
