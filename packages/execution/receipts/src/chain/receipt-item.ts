// A receipt as it comes to a verifier: a text as it was stored, or a strictly read value.

import type { Json } from "@ces/kernel";
import { readStrictly } from "../verify/read-receipt.ts";
import type { VerifyOptions } from "../verify/verify-options.ts";
import { openReceipt, type OpenReceipt, unread } from "../verify/verify-receipt.ts";

/** A text as it was stored, or a value that was read strictly. */
export type ReceiptItem = string | Uint8Array | { readonly value: Json };

/** Opens an item. */
export function openItem(item: ReceiptItem, options: VerifyOptions): OpenReceipt {
  if (typeof item === "object" && "value" in item) return openReceipt(item.value, options);
  const read = readStrictly(item);
  if (read.kind === "read") return openReceipt(read.value, options);
  return { check: undefined, judge: () => ({ report: unread(read.finding), located: null }) };
}
