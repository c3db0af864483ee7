// The bytes a receipt's signature covers: canonical, without prefix or domain, because receipts of the reference must verify here and ours
// there. Source: spec/csc.md §1.7.

import { utf8Encode, type Json, type JsonObject } from "@ces/kernel";
import { canonicalCsc } from "../canonical-csc.ts";

/**
 * The signing input of `receipt`: its signature block without the block's own `signature`; a signature that is no object is left out whole.
 * Null members stay (F-12). Throws CesError `CSC_NOT_CANONICAL`.
 */
export function receiptPayload(receipt: JsonObject): Uint8Array {
  const { signature, ...rest } = receipt;
  if (!isObject(signature)) return utf8Encode(canonicalCsc(rest));
  const { signature: _value, ...block } = signature;
  return utf8Encode(canonicalCsc({ ...rest, signature: block }));
}

/** True for a JSON object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
