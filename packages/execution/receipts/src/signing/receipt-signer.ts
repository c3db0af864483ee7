// Who signs, as a port: a seed in memory, or a process that never shows its key.

/** A key that signs. `sign` gives 64 bytes and may throw: then there is no receipt. */
export type ReceiptSigner = {
  /** `sb:issuer:` and 12 base58 characters of `public_key`. */
  readonly kid: string;
  /** 32 bytes. */
  readonly public_key: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array;
  /** The key is in this process. Answers from anywhere else are verified before anyone may act on them. */
  readonly place?: "process";
};
