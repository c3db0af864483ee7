// What a verifier says about receipts in their order.

import type { Finding, Outcome, Warning } from "../verify/cause.ts";
import type { ReceiptReport } from "../verify/report.ts";

/** The answer about a chain; plain JSON. `index` of a finding is the place in it, from 0. */
export type ChainReport = {
  readonly outcome: Outcome;
  readonly causes: readonly Finding[];
  readonly warnings: readonly Finding<Warning>[];
  /** Links that do not hold. */
  readonly breaks: number;
  /** Links that hold in a convention older than the draft's. */
  readonly legacy_links: number;
  readonly count: number;
  /** Hash of the last receipt. */
  readonly terminal_hash: string | null;
  /** A chain alone cannot show that its tail is gone. */
  readonly completeness: "not_established" | "established_to_count";
  /** How many receipts a checkpoint vouches for; null without one. */
  readonly established_count: number | null;
  readonly receipts: readonly ReceiptReport[];
};
