// The few attested words of a valid receipt that a person wants to see beside its verdict.
import type { Json, JsonObject } from "@ces/kernel";
import type { ReceiptReport } from "@ces/receipts";
import { isObject, type ReceiptItem, receiptOf } from "./receipt-items.ts";

/** Words under the signature; null where the receipt has none. */
export type Said = {
  readonly decision: string | null;
  readonly tool: string | null;
  readonly at: string | null;
  readonly policy: string | null;
};

/** What a valid receipt says; null for any other. SECURITY: members beside the signature are not among its words. */
export function saidBy(item: ReceiptItem, report: ReceiptReport): Said | null {
  if (report.outcome !== "valid") return null;
  const receipt = objectOf(receiptOf(item));
  const payload = objectOf(receipt["payload"] ?? null);
  const whole = report.attested.every((name) => !name.startsWith("payload."));
  const words = whole ? { ...receipt, ...payload } : payload;
  const word = (...names: readonly string[]): string | null => {
    const found = names.map((name) => words[name]).find((value) => typeof value === "string");
    return typeof found === "string" ? found : null;
  };
  return {
    decision: word("decision", "result"),
    tool: word("tool_name", "tool", "action"),
    at: word("issued_at", "timestamp"),
    policy: word("policy_id"),
  };
}

function objectOf(value: Json): JsonObject {
  return isObject(value) ? value : {};
}
