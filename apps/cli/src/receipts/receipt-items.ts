// Which receipts a file holds: one, a list, a bundle, or one on each line. Attacker-controlled; what cannot be read stays a text and is
// judged as one.
import { type Json, type JsonObject, parseJson, utf8Decode } from "@ces/kernel";

/** A receipt as it was written, or as a bundle holds it. */
export type ReceiptItem = Uint8Array | string | { readonly value: Json };

/** A file may hold a whole chain. */
export const MAX_RECEIPT_FILE = 256 * 1024 * 1024;

/** The receipts of a file and whether it brings keys of its own, which count for nothing. */
export type ReceiptFile = { readonly items: readonly ReceiptItem[]; readonly brings_keys: boolean };

/** Takes a file apart. Never throws. */
export function receiptItems(bytes: Uint8Array): ReceiptFile {
  const read = parseJson(bytes, { maxBytes: MAX_RECEIPT_FILE, profile: "strict" });
  if (read.kind === "parsed") return ofDocument(read.value, bytes);
  const lines = (utf8Decode(bytes) ?? "").split("\n").filter((text) => text.trim() !== "");
  // A damaged line among others is one bad receipt, not an unreadable file.
  const isLines = lines.length > 1 && lines.some((text) => parseJson(text).kind === "parsed");
  return { items: isLines ? lines : [bytes], brings_keys: false };
}

function ofDocument(value: Json, bytes: Uint8Array): ReceiptFile {
  if (Array.isArray(value)) return { items: value.map((one: Json) => ({ value: one })), brings_keys: false };
  const bundle = memberOf(value, "receipts");
  if (!Array.isArray(bundle)) return { items: [bytes], brings_keys: false };
  const keys = memberOf(memberOf(value, "verification") ?? null, "signing_keys");
  return { items: bundle.map((one: Json) => ({ value: one })), brings_keys: keys !== undefined };
}

/** The payload of an item, or an empty one. Nothing of it is verified. */
export function payloadOf(item: ReceiptItem): JsonObject {
  const receipt = receiptOf(item);
  const payload = isObject(receipt) ? receipt["payload"] : undefined;
  return payload !== undefined && isObject(payload) ? payload : {};
}

/** The value of an item; null for a text that is no JSON. */
export function receiptOf(item: ReceiptItem): Json {
  if (typeof item === "object" && "value" in item) return item.value;
  const read = parseJson(item);
  return read.kind === "parsed" ? read.value : null;
}

function memberOf(value: Json, name: string): Json | undefined {
  return isObject(value) ? value[name] : undefined;
}

/** An object that is no list. */
export function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
