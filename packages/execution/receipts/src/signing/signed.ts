// What signing gives: a receipt, or the reasons why there is none. Whoever gets a refusal has nothing to act on.

import type { WrittenPayload } from "../written/payload.ts";
import type { Receipt } from "../written/receipt.ts";
import type { ChainHead } from "./chain-head.ts";

/** Why a draft is not signed. */
export type SignRefusal =
  | "engine_member"
  | "unexpected_member"
  | "schema_invalid"
  | "number_not_exact"
  | "non_ascii_key"
  | "invalid_unicode"
  | "input_too_large"
  | "sandbox_contradiction"
  | "issuer_kid_mismatch"
  | "chain_head_invalid"
  | "signer_failed"
  | "invalid_signature";

/** One reason: the member it is about (a JSON pointer into the payload, empty for the whole) and a sentence without its value. */
export type SignCause = { readonly code: SignRefusal; readonly path: string; readonly text: string };

/** A receipt that may be acted on once it is stored, or nothing. */
export type Signed<Of extends WrittenPayload = WrittenPayload> =
  | {
      readonly kind: "signed";
      readonly receipt: Receipt<Of>;
      /** The canonical text of the whole receipt: what is stored. */
      readonly text: string;
      /** `sha256:` over that text: the next link. */
      readonly hash: string;
      /** Where the chain stands once this receipt is stored; unchanged for a checkpoint. */
      readonly head: ChainHead;
    }
  | { readonly kind: "refused"; readonly causes: readonly SignCause[] };
