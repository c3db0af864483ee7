// Several receipts at once: a chain when anything links them, else a collection. The keys that a bundle brings along are no trust source.
// Source: spec/acta.md §1.6, §1.9.

import type { Json } from "@ces/kernel";
import { isObject } from "../schema/violations.ts";
import { type Finding, outcomeOf } from "../verify/cause.ts";
import { readStrictly } from "../verify/read-receipt.ts";
import { locate } from "../verify/shapes.ts";
import type { ReceiptReport } from "../verify/report.ts";
import type { ChainReport } from "./chain-report.ts";
import { judgeAhead, type SignatureThreads } from "./judge-ahead.ts";
import { openItem, type ReceiptItem } from "./receipt-item.ts";
import { type ChainOptions, verifyChain, verifyChainInThreads } from "./verify-chain.ts";

/** A bundle may hold a whole chain. */
export const MAX_BUNDLE_BYTES = 256 * 1024 * 1024;

/** Verifies the text of a bundle `{receipts: […], …}` or of an array of receipts. */
export function verifyBundle(text: string | Uint8Array, options: ChainOptions): ChainReport {
  const read = readStrictly(text, MAX_BUNDLE_BYTES);
  return read.kind === "read" ? verifyBundleValue(read.value, options) : unreadable(read.finding);
}

/** As `verifyBundle`, for a strictly read value. */
export function verifyBundleValue(value: Json, options: ChainOptions): ChainReport {
  const receipts = isObject(value) ? value["receipts"] : value;
  if (!Array.isArray(receipts))
    return unreadable({ code: "unknown_format", path: "", text: "is neither a bundle nor a list of receipts" });
  const report = verifyReceipts(
    receipts.map((one: Json) => ({ value: one })),
    options,
  );
  return bringsKeys(value) ? withoutAnchor(report) : report;
}

/** Receipts in an order that counts as soon as one of them names another, or as something outside says how long the chain was. */
export function verifyReceipts(receipts: readonly ReceiptItem[], options: ChainOptions): ChainReport {
  const read = receipts.map(readOnce);
  if (isChain(read, options)) return verifyChain(read, options);
  return collectionOf(read.map((one) => openItem(one, options).judge().report));
}

/** As `verifyReceipts`, with signatures checked in threads: the same report. Rejects when the threads do. */
export async function verifyReceiptsInThreads(
  receipts: readonly ReceiptItem[],
  options: ChainOptions,
  threads: SignatureThreads,
): Promise<ChainReport> {
  const read = receipts.map(readOnce);
  if (isChain(read, options)) return verifyChainInThreads(read, options, threads);
  const reports: ReceiptReport[] = [];
  await judgeAhead(read, { options, threads }, ({ report }) => reports.push(report));
  return collectionOf(reports);
}

function isChain(receipts: readonly ReceiptItem[], { checkpoint, log_entries = [] }: ChainOptions): boolean {
  if (checkpoint !== undefined || log_entries.length > 0) return true;
  return receipts.some(
    (one) => typeof one === "object" && "value" in one && typeof locate(one.value)?.link === "string",
  );
}

// A text that can be read is not read again; one that cannot keeps its finding for the judge.
function readOnce(item: ReceiptItem): ReceiptItem {
  if (typeof item === "object" && "value" in item) return item;
  const read = readStrictly(item);
  return read.kind === "read" ? { value: read.value } : item;
}

function collectionOf(reports: readonly ReceiptReport[]): ChainReport {
  const causes: Finding[] = reports.flatMap((one, index) => one.causes.map((cause) => ({ ...cause, index })));
  if (reports.length === 0) causes.push({ code: "unknown_format", path: "", text: "there is no receipt" });
  const text = "the receipts are not linked: any of them may be missing";
  return {
    ...NOTHING,
    outcome: outcomeOf(causes),
    causes,
    warnings: [
      ...reports.flatMap((one, index) => one.warnings.map((warning) => ({ ...warning, index }))),
      { code: "completeness_not_established", path: "", text },
    ],
    count: reports.length,
    receipts: reports,
  };
}

function bringsKeys(value: Json): boolean {
  const verification = isObject(value) ? value["verification"] : undefined;
  return isObject(verification) && Object.hasOwn(verification, "signing_keys");
}

// Said by its name: the bundle's own keys would have answered, and they are refused.
function withoutAnchor(report: ChainReport): ChainReport {
  const text = "only the bundle's own keys are there, and they are no trust source";
  const causes = report.causes.map((cause): Finding =>
    cause.code === "no_public_key" || cause.code === "embedded_key_rejected"
      ? { ...cause, code: "keys_not_anchored", text }
      : cause,
  );
  return { ...report, causes };
}

const NOTHING = {
  breaks: 0,
  legacy_links: 0,
  count: 0,
  terminal_hash: null,
  completeness: "not_established",
  established_count: null,
  receipts: [],
} as const;

function unreadable(finding: Finding): ChainReport {
  return { ...NOTHING, outcome: outcomeOf([finding]), causes: [finding], warnings: [] };
}
