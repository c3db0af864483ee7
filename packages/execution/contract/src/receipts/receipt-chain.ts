// Receipts in a row: each may name the one before it by its hash, so that none can be taken out of the middle. Source: F-19, F-36.

import { receiptSha256, type Hasher } from "../digests.ts";
import type { ExecutionReceipt } from "../execution-receipt.ts";

/** Where a row of receipts does not hold together: the index of the receipt, and why. */
export type ChainFault = { readonly at: number; readonly text: string };

/** Every fault of the row, in its order; a receipt that names none before it may only stand first. Throws CesError `CSC_NOT_CANONICAL`. */
export function receiptChain(receipts: readonly ExecutionReceipt[], crypto: Hasher): readonly ChainFault[] {
  return receipts.flatMap((receipt, at) => {
    const before = receipts[at - 1];
    if (before === undefined) return [];
    if (receipt.previous_receipt_sha256 === undefined) return [{ at, text: "it names no receipt before it" }];
    return receipt.previous_receipt_sha256 === receiptSha256(before, crypto)
      ? []
      : [{ at, text: "the receipt before it is not the one that it names" }];
  });
}
