// The envelope: a signed payload and the signature beside it, nothing else. Source: spec/acta.md §1.2.

import type { JsonObject } from "@ces/kernel";

/** Only the payload is signed; `alg` and `kid` are not, and are never shown as attested. */
export type SignatureBlock = {
  readonly alg: "EdDSA";
  /** `sb:issuer:` and 12 base58 characters of the public key. */
  readonly kid: string;
  /** 64 bytes, lower-case hex. */
  readonly sig: string;
};

/** A receipt as it is written, stored and verified. */
export type Receipt<Of extends object = JsonObject> = {
  readonly payload: Of;
  readonly signature: SignatureBlock;
};

/** The draft that is followed, and what every payload repeats of its envelope (the envelope itself is unsigned). */
export const SPEC = "draft-farley-acta-signed-receipts-04";
/** PureEdDSA over Ed25519: the only algorithm that is written or read. */
export const SIG_ALG = "EdDSA";

/** Members that only the engine sets, from its own chain state, key and clock; refused in a draft. */
export const ENGINE_MEMBERS = ["spec", "sig_alg", "issuer_id", "issued_at", "sequence", "previousReceiptHash"] as const;

/** A name of `ENGINE_MEMBERS`. */
export type EngineMember = (typeof ENGINE_MEMBERS)[number];

/** What the engine adds to the payload of every receipt of a chain. */
export type ChainMembers = {
  readonly spec: typeof SPEC;
  readonly sig_alg: typeof SIG_ALG;
  readonly issuer_id: string;
  /** RFC 3339, UTC. */
  readonly issued_at: string;
  /** Position in the chain, from 1. */
  readonly sequence: number;
  /** `sha256:` and hex over the whole previous receipt; absent, never null, on the first. */
  readonly previousReceiptHash?: string;
};
