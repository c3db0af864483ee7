// Cryptography as a port: node:crypto in the program, noble where there is no node (the self-verifying page).

/** Synchronous primitives. Every implementation runs the same vectors and refuses the same keys and signatures. */
export type Crypto = {
  /** 32 bytes. */
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
  /** 32 bytes; any key length, the caller sets the floor. */
  readonly hmacSha256: (key: Uint8Array, bytes: Uint8Array) => Uint8Array;
  /** The 32-byte public key of a 32-byte seed. Throws CesError `CRYPTO_BAD_SEED`. */
  readonly ed25519PublicKey: (seed: Uint8Array) => Uint8Array;
  /** 64 bytes, deterministic (RFC 8032 §5.1.6). Throws CesError `CRYPTO_BAD_SEED`. */
  readonly ed25519Sign: (seed: Uint8Array, message: Uint8Array) => Uint8Array;
  /**
   * RFC 8032 §5.1.7 without cofactor; false for S ≥ L and for non-canonical or small-order A or R,
   * and for wrong lengths. Never throws.
   */
  readonly ed25519Verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
};
