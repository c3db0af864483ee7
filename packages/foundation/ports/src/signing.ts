// Signing with the keys of this installation, and looking up public ones. No port ever returns a private byte.
export interface Signature {
  readonly key_id: string;
  /** Standard base64 of 64 bytes. */
  readonly signature: string;
}

/** The control plane's Ed25519 key of one project. */
export interface Signer {
  readonly key_id: string;
  readonly public_key: Uint8Array;
  sign(message: Uint8Array): Signature;
}

/** Public keys by id; undefined when unknown (which is never "valid"). */
export interface KeyRing {
  publicKey(key_id: string): Uint8Array | undefined;
}
