// Verifying a receipt: signature first, in the order of the reference, then what the reference left out (schema, validity of the key).
// Source: spec/csc.md §1.7, F-36.

import { decodeBase64, isCesError, isStrictPoint, type Crypto, type Json, type JsonObject } from "@ces/kernel";
import { receiptProblems } from "../doors/read-receipt.ts";
import { epochOf } from "../rfc3339.ts";
import { isObject, receiptPayload } from "./receipt-payload.ts";

/** A public key that a verifier trusts, and when its signatures count. Times are RFC 3339. */
export type TrustedKey = {
  /** 32 raw bytes. */
  readonly public_key: Uint8Array;
  readonly valid_from?: string;
  readonly valid_until?: string;
  /** Signatures from then on do not count, nor do those whose own time cannot be read. */
  readonly revoked_at?: string;
};

/** The key of an id; undefined when there is none, which is never "valid". */
export type KeyLookup = (key_id: string) => TrustedKey | undefined;

/** The reference's outcomes in its words, then ours. */
export type ReceiptFault =
  | "missing signature"
  | "malformed signature object"
  | "unsupported algorithm"
  | "missing key_id in signature"
  | "missing signature value"
  | "malformed signature encoding"
  | "unknown key_id"
  | "invalid key material"
  | "payload cannot be canonicalised"
  | "invalid signature"
  | "key not valid at signing time"
  | "schema";

/** `undecidable`: no key, so that nothing is known either way. */
export type ReceiptVerdict =
  | { readonly kind: "valid"; readonly key_id: string; readonly signed_at: string }
  | { readonly kind: "invalid" | "undecidable"; readonly reason: ReceiptFault; readonly text: string };

/** Whether a receipt (parsed, not yet believed) is signed by a trusted key and fits its schema. Never throws. */
export function verifyReceipt(receipt: Json, keyOf: KeyLookup, crypto: Crypto): ReceiptVerdict {
  const block = blockOf(receipt);
  if (typeof block === "string") return fault(block);
  const key = keyOf(block.key_id);
  if (key === undefined) return { ...fault("unknown key_id"), kind: "undecidable" };
  if (!isStrictPoint(key.public_key)) return { ...fault("invalid key material"), kind: "undecidable" };
  const wrong = signatureFault(block, key.public_key, crypto) ?? validityFault(block.signed_at, key);
  if (wrong !== undefined) return fault(wrong);
  const [problem] = receiptProblems(block.receipt);
  if (problem !== undefined) return fault("schema", problem.text);
  return { kind: "valid", key_id: block.key_id, signed_at: block.signed_at };
}

type Block = {
  readonly receipt: JsonObject;
  readonly key_id: string;
  readonly signed_at: string;
  readonly signature: Uint8Array;
};

function blockOf(receipt: Json): Block | ReceiptFault {
  const block = isObject(receipt) ? receipt["signature"] : undefined;
  if (!isObject(receipt) || block === undefined || block === null) return "missing signature";
  if (!isObject(block)) return "malformed signature object";
  if (block["algorithm"] !== "ed25519") return "unsupported algorithm";
  const [key_id, value, signed_at] = [block["key_id"], block["signature"], block["signed_at"]];
  if (typeof key_id !== "string" || key_id === "") return "missing key_id in signature";
  if (typeof value !== "string" || value === "") return "missing signature value";
  const signature = decodeBase64(value);
  if (signature === undefined) return "malformed signature encoding";
  return { receipt, key_id, signature, signed_at: typeof signed_at === "string" ? signed_at : "" };
}

function signatureFault(block: Block, key: Uint8Array, crypto: Crypto): ReceiptFault | undefined {
  try {
    const payload = receiptPayload(block.receipt);
    return crypto.ed25519Verify(key, payload, block.signature) ? undefined : "invalid signature";
  } catch (error) {
    if (!isCesError(error, "CSC_NOT_CANONICAL")) throw error;
    return "payload cannot be canonicalised";
  }
}

// A bound that cannot be read bounds everything.
function validityFault(signed_at: string, key: TrustedKey): ReceiptFault | undefined {
  const bounds = [key.valid_from, key.valid_until, key.revoked_at];
  if (bounds.every((bound) => bound === undefined)) return undefined;
  const signed = epochOf(signed_at) ?? Number.NaN;
  const from = key.valid_from === undefined ? -Infinity : (epochOf(key.valid_from) ?? Infinity);
  const ends = [key.valid_until, key.revoked_at].map((end) =>
    end === undefined ? Infinity : (epochOf(end) ?? -Infinity),
  );
  return signed >= from && ends.every((end) => signed < end) ? undefined : "key not valid at signing time";
}

function fault(
  reason: ReceiptFault,
  text?: string,
): { readonly kind: "invalid"; readonly reason: ReceiptFault; readonly text: string } {
  return { kind: "invalid", reason, text: text ?? reason };
}
