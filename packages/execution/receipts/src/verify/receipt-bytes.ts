// Both canonical texts of a receipt: what is signed, and what the next link names.

import { utf8Encode } from "@ces/kernel";
import { isObject } from "../schema/violations.ts";
import type { Located } from "./shapes.ts";
import { type CanonicalBytes, canonicalBytes } from "./signing-input.ts";

/** `input` is undefined when there is nothing that could be signed. */
export type ReceiptBytes = { readonly input: CanonicalBytes | undefined; readonly whole: CanonicalBytes };

const HEAD = utf8Encode('{"payload":');
const MIDDLE = utf8Encode(',"signature":');
const END = utf8Encode("}");

/** The bytes of a receipt. */
export function receiptBytes({ signed, payload, receipt }: Located): ReceiptBytes {
  const input = signed === null ? undefined : canonicalBytes(signed);
  const block = receipt["signature"];
  const names = Object.keys(receipt);
  // An envelope's text holds its payload's text: nothing is written twice.
  const isPlain = names.length === 2 && signed === payload && receipt["payload"] === payload && isObject(block);
  if (!isPlain || input?.kind !== "bytes") return { input, whole: canonicalBytes(receipt) };
  const tail = canonicalBytes(block);
  return { input, whole: tail.kind === "bytes" ? { kind: "bytes", bytes: envelopeOf(input.bytes, tail.bytes) } : tail };
}

function envelopeOf(payload: Uint8Array, block: Uint8Array): Uint8Array {
  const parts = [HEAD, payload, MIDDLE, block, END];
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
