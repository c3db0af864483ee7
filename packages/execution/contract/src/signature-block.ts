// The signature that a receipt or an approval carries. Source: spec/csc.md §1.7.

/** Ed25519 over canonical bytes that hold this block without its own `signature`; extra members are covered too. */
export type SignatureBlock = {
  readonly algorithm: "ed25519";
  readonly key_id: string;
  /** RFC 3339. */
  readonly signed_at: string;
  /** 64 bytes, padded base64. */
  readonly signature: string;
};
