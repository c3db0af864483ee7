// Signing: a draft becomes a receipt of the chain, or there are reasons why not. No receipt, no execution.
// Source: spec/acta.md §1.2, §1.5, §7.1, §7.5.

import { canonicalize, type Crypto, encodeHex, type JsonObject, utf8Encode } from "@ces/kernel";
import { sha256Link } from "../verify/signing-input.ts";
import { CHECKPOINT_TYPE, type CheckpointPayload } from "../written/checkpoint.ts";
import type { DecisionDraft, DecisionPayload } from "../written/decision.ts";
import type { ExecutionDraft, ExecutionPayload } from "../written/execution.ts";
import type { KeyRotationDraft, KeyRotationPayload } from "../written/key-rotation.ts";
import type { ChainPayload, ReceiptDraft, WrittenPayload } from "../written/payload.ts";
import { type Receipt, SIG_ALG } from "../written/receipt.ts";
import type { ChainHead } from "./chain-head.ts";
import { type EngineGround, type Prepared, preparePayload } from "./prepare-receipt.ts";
import type { ReceiptSigner } from "./receipt-signer.ts";
import type { SignCause, Signed } from "./signed.ts";

/** What signs, when, and after which receipt. None of it comes from the draft. */
export type Signing = {
  readonly signer: ReceiptSigner;
  readonly head: ChainHead;
  /** RFC 3339, UTC: the engine's clock. */
  readonly issued_at: string;
  readonly crypto: Pick<Crypto, "sha256" | "ed25519Verify">;
};

/** The payload that a draft becomes. */
export type PayloadOf<Draft extends ReceiptDraft> = Draft extends DecisionDraft
  ? DecisionPayload
  : Draft extends ExecutionDraft
    ? ExecutionPayload
    : Draft extends KeyRotationDraft
      ? KeyRotationPayload
      : never;

/** Signs a draft as the next receipt of a chain. Never throws: a signer that fails is a refusal like any other. */
export function signReceipt<Draft extends ReceiptDraft>(draft: Draft, signing: Signing): Signed<PayloadOf<Draft>> {
  const prepared = prepareReceipt(draft, signing);
  if (prepared.kind === "refused") return prepared;
  const signature = attempt(signing.signer, prepared.message);
  return signature.kind === "refused" ? signature : sealReceipt(prepared, signature.bytes, signing);
}

/** The payload and the bytes to sign, for a signer that answers later; `sealReceipt` takes the answer. */
export function prepareReceipt<Draft extends ReceiptDraft>(
  draft: Draft,
  ground: EngineGround,
): Prepared<PayloadOf<Draft>> {
  return preparePayload<PayloadOf<Draft>>(draft, ground);
}

/** A prepared payload and its 64-byte signature as a receipt. Refuses a signature that does not hold under the signer's key. */
export function sealReceipt<Of extends ChainPayload>(
  prepared: Extract<Prepared<Of>, { kind: "prepared" }>,
  signature: Uint8Array,
  { signer, head, crypto }: Pick<Signing, "head" | "crypto"> & Pick<EngineGround, "signer">,
): Signed<Of> {
  const receipt = sealed(prepared, signature, { signer, crypto });
  if (receipt.kind === "refused") return receipt;
  return { ...receipt, head: { count: head.count + 1, terminal_hash: receipt.hash } };
}

/** Signs how long a chain is. Refuses an empty one: there is nothing to vouch for. */
export function signCheckpoint(signing: Signing): Signed<CheckpointPayload> {
  const { head, signer } = signing;
  const draft = { type: CHECKPOINT_TYPE, count: head.count, terminal_hash: head.terminal_hash };
  const prepared = preparePayload<CheckpointPayload>(draft, { ...signing, head: null });
  if (prepared.kind === "refused") return prepared;
  const signature = attempt(signer, prepared.message);
  if (signature.kind === "refused") return signature;
  const receipt = sealed(prepared, signature.bytes, signing);
  return receipt.kind === "refused" ? receipt : { ...receipt, head };
}

type Sealed<Of extends WrittenPayload> =
  | Omit<Extract<Signed<Of>, { kind: "signed" }>, "head">
  | Extract<Signed<Of>, { kind: "refused" }>;

// SECURITY: what was signed elsewhere is checked before anyone may act on it; a process that signs for us may answer anything.
function sealed<Of extends WrittenPayload>(
  { payload, message }: Extract<Prepared<Of>, { kind: "prepared" }>,
  signature: Uint8Array,
  { signer, crypto }: Pick<Signing, "crypto"> & Pick<EngineGround, "signer">,
): Sealed<Of> {
  const holds =
    signature.length === 64 &&
    (signer.place === "process" || crypto.ed25519Verify(signer.public_key, message, signature));
  if (!holds) return refusal("invalid_signature", "the signer's answer is no signature of the payload under its key");
  const receipt: Receipt<Of> = { payload, signature: { alg: SIG_ALG, kid: signer.kid, sig: encodeHex(signature) } };
  const text = canonicalize(receipt as unknown as JsonObject, "strict"); // payload and block are plain JSON by their forms
  return { kind: "signed", receipt, text, hash: sha256Link(crypto, utf8Encode(text)) };
}

function attempt(
  signer: ReceiptSigner,
  message: Uint8Array,
): { readonly kind: "bytes"; readonly bytes: Uint8Array } | ReturnType<typeof refusal> {
  try {
    return { kind: "bytes", bytes: signer.sign(message) };
  } catch {
    // SECURITY: what the signer threw may hold what it signs with; it is not repeated.
    return refusal("signer_failed", "the signer failed; nothing was signed");
  }
}

function refusal(
  code: SignCause["code"],
  text: string,
): { readonly kind: "refused"; readonly causes: readonly SignCause[] } {
  return { kind: "refused", causes: [{ code, path: "", text }] };
}
