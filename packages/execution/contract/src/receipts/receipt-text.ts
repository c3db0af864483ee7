// A receipt as the bytes of its file, and as the published form. Source: spec/csc.md §1.4, on disk.

import type { Json } from "@ces/kernel";
import { compareCodePoints } from "../canonical-csc.ts";
import type { ExecutionReceipt } from "../execution-receipt.ts";
import { memberNames } from "../schema/schema-members.ts";
import { receiptSchema } from "../schema/published-receipt.ts";

/** The text of the file: members sorted, two spaces, everything outside ASCII as `\uXXXX`, a final newline. */
export function receiptText(receipt: ExecutionReceipt): string {
  // A receipt is plain JSON by construction.
  const text = JSON.stringify(sorted(receipt as unknown as Json), null, 2);
  return `${text.replaceAll(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
}

function sorted(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const members = Object.entries(value).sort(([a], [b]) => compareCodePoints(a, b));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}

const PUBLISHED = new Set(memberNames(receiptSchema));

/** What a reader of the published form gets: the published members under the published version, unsigned. */
export function publishedReceipt(receipt: ExecutionReceipt): ExecutionReceipt {
  const members = Object.entries(receipt).filter(([name]) => PUBLISHED.has(name));
  // All of its members are a receipt's; the version is set last.
  const published = Object.fromEntries(members) as unknown as ExecutionReceipt;
  return { ...published, receipt_version: "csc.receipt.v0.1" };
}
