// Receipts in the forms that others store: a line each, a bundle, or in-toto statements in signed envelopes. Texts are the receipts' own
// canonical ones; nothing in a receipt is changed.
import { nodeCrypto } from "@ces/crypto-node";
import { canonicalize, CesError, type Json } from "@ces/kernel";
import {
  dsseEnvelope,
  type Receipt,
  type ReceiptSigner,
  STATEMENT_MEDIA_TYPE,
  statementBytes,
  toStatement,
} from "@ces/receipts";
import { isObject, type ReceiptItem, receiptOf } from "./receipt-items.ts";

/** The forms. */
export const EXPORT_FORMATS = ["jsonl", "bundle", "in-toto"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** One receipt on each line, canonical. */
export function asLines(items: readonly ReceiptItem[]): string {
  return items.map((item) => `${canonicalText(item)}\n`).join("");
}

/** `{receipts: […]}`. SECURITY: without keys: whoever verifies brings their own. */
export function asBundle(items: readonly ReceiptItem[]): string {
  return `${canonicalize({ receipts: items.map(receiptOf) }, "strict")}\n`;
}

/** One DSSE envelope on each line, each of a statement whose predicate is the receipt. Throws what the signer throws. */
export function asStatements(items: readonly ReceiptItem[], signer: Pick<ReceiptSigner, "kid" | "sign">): string {
  return items
    .map((item) => {
      const statement = toStatement(receiptIn(item), nodeCrypto);
      const envelope = dsseEnvelope(STATEMENT_MEDIA_TYPE, statementBytes(statement), signer);
      return `${JSON.stringify(envelope)}\n`;
    })
    .join("");
}

function canonicalText(item: ReceiptItem): string {
  return canonicalize(receiptOf(item), "strict");
}

// An envelope is the one shape whose hash is its subject; the older shapes have no receipt hash that anybody else would compute.
function receiptIn(item: ReceiptItem): Receipt<object> {
  const value: Json = receiptOf(item);
  const isEnvelope = isObject(value) && isObject(value["payload"] ?? null) && isObject(value["signature"] ?? null);
  if (isEnvelope) return value as unknown as Receipt<object>; // verified as one before it comes here
  throw new CesError("USAGE_FILE", "a receipt of an older shape is no in-toto statement", {
    remedy: "export it with `--format jsonl`",
  });
}
