// What a verification needs besides the receipt; everything in it comes from the reader, nothing from the receipt.

import type { Crypto, Json, P256Verifier } from "@ces/kernel";
import type { Anchors } from "../anchors/read-anchor.ts";

/** Older conventions that a reader may accept by name: links b to e of spec/acta §1.5, and the pre-hashed signature of draft -01. */
export type LegacyConvention = "link_b" | "link_c" | "link_d" | "link_e" | "prehashed_signature";

/** What verifies. Without `p256Verify` an ES256 receipt cannot be checked, and the report says so. */
export type VerifyCrypto = Pick<Crypto, "sha256" | "ed25519Verify"> & Partial<P256Verifier>;

/** `revocation`: whether `revoked_at` of a key counts (it is no field of the draft); `honour` unless told. */
export type VerifyOptions = {
  readonly crypto: VerifyCrypto;
  readonly anchors: Anchors;
  readonly revocation?: "honour" | "ignore";
  /** `sha256:` digest of the policy that the reader believes was in force. */
  readonly expect_policy?: string;
  readonly expect_issuer?: string;
  /** Fields that someone disclosed against `committed_fields_root`. */
  readonly disclosures?: readonly Json[];
  readonly accept?: readonly LegacyConvention[];
};
