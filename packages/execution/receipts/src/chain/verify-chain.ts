// Receipts in their order: each by itself, and each after the one before. What a chain shows and what it does not: insertion, removal in
// the middle, reordering and change are found; a missing tail only against a checkpoint; a chain withheld or rebuilt whole by its own
// signer, never. Source: spec/acta.md §1.5, §1.9.

import type { Json } from "@ces/kernel";
import { isBefore, readInstant } from "../time/instant.ts";
import { type Finding, outcomeOf, type Warning } from "../verify/cause.ts";
import { linkHex } from "../verify/link-form.ts";
import type { ReceiptReport } from "../verify/report.ts";
import type { VerifyOptions } from "../verify/verify-options.ts";
import type { JudgedReceipt } from "../verify/verify-receipt.ts";
import { KEY_ROTATION_TYPE } from "../written/key-rotation.ts";
import type { ChainReport } from "./chain-report.ts";
import { readCheckpoint, readLogEntry } from "./checkpoint.ts";
import { type Completeness, judgeCompleteness, type Placed } from "./judge-completeness.ts";
import { judgeAhead, type SignatureThreads } from "./judge-ahead.ts";
import { judgeLink } from "./judge-link.ts";
import { openItem, type ReceiptItem } from "./receipt-item.ts";

/** What a chain is judged by: `checkpoint` is a receipt held apart, `log_entries` are a third party's. */
export type ChainOptions = VerifyOptions & {
  readonly checkpoint?: Json;
  readonly log_entries?: readonly Json[];
  /** Reports that the answer carries: of every receipt unless told, or of none, for chains too long to hold. */
  readonly keep?: "all" | "none";
};

/** A chain that is judged as it is read, so that its texts need not be held. */
export type ChainReader = {
  readonly add: (receipt: ReceiptItem) => ReceiptReport;
  readonly end: () => ChainReport;
};

/** Judges a whole chain, oldest first. */
export function verifyChain(receipts: readonly ReceiptItem[], options: ChainOptions): ChainReport {
  const reader = readChain(options);
  for (const receipt of receipts) reader.add(receipt);
  return reader.end();
}

/** As `verifyChain`, with signatures checked in threads: the same report. Rejects when the threads do. */
export async function verifyChainInThreads(
  receipts: readonly ReceiptItem[],
  options: ChainOptions,
  threads: SignatureThreads,
): Promise<ChainReport> {
  const state = emptyState();
  await judgeAhead(receipts, { options, threads }, (judged) => follow(state, judged, options));
  return reportOf(state, options);
}

/** Begins to judge a chain. */
export function readChain(options: ChainOptions): ChainReader {
  const state = emptyState();
  return {
    add: (receipt) => {
      const judged = openItem(receipt, options).judge();
      follow(state, judged, options);
      return judged.report;
    },
    end: () => reportOf(state, options),
  };
}

type ChainState = {
  readonly reports: ReceiptReport[];
  readonly placed: Placed[];
  readonly causes: Finding[];
  readonly warnings: Finding<Warning>[];
  /** Hex of receipt hashes to their places. */
  readonly seen: Map<string, number>;
  before: JudgedReceipt | undefined;
  /** The kid that the last rotation receipt named. */
  next_kid: string | undefined;
  first_linked: boolean;
  breaks: number;
  legacy_links: number;
};

function emptyState(): ChainState {
  return {
    reports: [],
    placed: [],
    causes: [],
    warnings: [],
    seen: new Map(),
    before: undefined,
    next_kid: undefined,
    first_linked: false,
    breaks: 0,
    legacy_links: 0,
  };
}

function follow(state: ChainState, judged: JudgedReceipt, { accept = [], crypto, keep = "all" }: ChainOptions): void {
  const { report, located } = judged;
  const index = state.placed.length;
  const link = judgeLink(judged, { index, before: state.before, seen: state.seen, accept, crypto });
  state.causes.push(...report.causes.map((cause) => ({ ...cause, index })), ...notYetNamed(link.causes, report));
  state.warnings.push(...report.warnings.map((warning) => ({ ...warning, index })), ...link.warnings);
  if (link.state === "broken") state.breaks += 1;
  if (link.state === "legacy") state.legacy_links += 1;
  if (index === 0) state.first_linked = typeof located?.link === "string";
  const placed: Placed = {
    hash: report.receipt_hash,
    at: readInstant(located?.time),
    sequence: wholeOf(located?.sequence),
  };
  judgeOrder(state, placed, index);
  judgeKeyChange(state, judged, index);
  if (keep === "all") state.reports.push(report);
  state.placed.push(placed);
  if (report.receipt_hash !== null) state.seen.set(linkHex(report.receipt_hash), index);
  state.before = judged;
}

// A malformed link is found in the receipt itself already.
function notYetNamed(causes: readonly Finding[], { causes: named }: ReceiptReport): readonly Finding[] {
  return causes.filter(({ code, path }) => !named.some((one) => one.code === code && one.path === path));
}

function judgeOrder(state: ChainState, { at, sequence }: Placed, index: number): void {
  const before = state.placed.at(-1);
  if (before === undefined) return;
  if (at !== undefined && before.at !== undefined && isBefore(at, before.at))
    state.warnings.push({
      code: "issued_at_not_monotonic",
      path: "/payload/issued_at",
      text: "is before its predecessor's",
      index,
    });
  if (sequence !== undefined && before.sequence !== undefined && sequence !== before.sequence + 1)
    state.causes.push({
      code: "chain_break",
      path: "/payload/sequence",
      text: `is ${sequence} after ${before.sequence}`,
      index,
    });
}

// A change of keys inside a chain ought to be the old key's own word.
function judgeKeyChange(state: ChainState, { report, located }: JudgedReceipt, index: number): void {
  const before = state.before?.report;
  if (before !== undefined && before.kid !== report.kid && state.next_kid !== report.kid)
    state.warnings.push({
      code: "key_changed_without_rotation",
      path: "/kid",
      text: "is another key than its predecessor's, and no rotation receipt named it",
      index,
    });
  const named = located?.payload?.["new_kid"];
  if (report.type === KEY_ROTATION_TYPE && report.outcome === "valid" && typeof named === "string")
    state.next_kid = named;
}

function wholeOf(value: Json | undefined): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : undefined;
}

function reportOf(state: ChainState, options: ChainOptions): ChainReport {
  const outside = completenessOf(state, options);
  const causes = [...state.causes, ...outside.causes, ...emptyFinding(state)];
  const warnings = [...state.warnings, ...outside.warnings];
  return {
    outcome: outcomeOf(causes),
    causes,
    warnings,
    breaks: state.breaks,
    legacy_links: state.legacy_links,
    count: state.placed.length,
    terminal_hash: state.placed.at(-1)?.hash ?? null,
    completeness: outside.established === null ? "not_established" : "established_to_count",
    established_count: outside.established,
    receipts: state.reports,
  };
}

function completenessOf({ placed, first_linked }: ChainState, options: ChainOptions): Completeness {
  const { checkpoint, log_entries = [] } = options;
  const reads = [
    ...(checkpoint === undefined ? [] : [readCheckpoint(checkpoint, options)]),
    ...log_entries.map((entry) => readLogEntry(entry)),
  ];
  return judgeCompleteness(reads, { placed, partial: first_linked });
}

// No receipts are no proof of anything.
function emptyFinding({ placed }: ChainState): readonly Finding[] {
  return placed.length > 0 ? [] : [{ code: "unknown_format", path: "", text: "there is no receipt" }];
}
