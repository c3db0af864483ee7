// A whole chain in a folder, judged: its files, every signature and link, whose key signed which part, and what a checkpoint says of its end.
import type { Json, JsonObject } from "@ces/kernel";
import { readStoredChain, rotationOf, type ChainFault } from "@ces/receipt-store";
import { type ChainOptions, type ChainReport, type Finding, outcomeOf, readChain } from "@ces/receipts";
import type { chainFolder } from "./chain-folder.ts";

/** Receipts one after the other under one key. `from` and `to` are places, from 0 as the files are numbered. `handed_to`: the key that its last receipt names as the next. */
export type ChainSpan = {
  readonly from: number;
  readonly to: number;
  readonly kid: string | null;
  readonly since: string | null;
  readonly until: string | null;
  readonly handed_to: string | null;
  /** It does not follow what stands before it. */
  readonly broken: boolean;
};

/** The answer. */
export type JudgedChain = {
  readonly report: Omit<ChainReport, "receipts">;
  readonly files: number;
  readonly spans: readonly ChainSpan[];
};

/** Judges a chain under the reader's keys; `held` are checkpoints from elsewhere. Never throws for anything in the files. */
export function judgeChain(
  folder: ReturnType<typeof chainFolder>,
  options: Pick<ChainOptions, "crypto" | "anchors">,
  held: readonly Json[],
): JudgedChain {
  const { entries, faults } = readStoredChain(folder);
  const receipts = entries.map(({ receipt }) => receipt);
  // One reading for each checkpoint; the worst of them is the answer.
  const reports = (held.length === 0 ? [undefined] : held).map((checkpoint) => {
    const reader = readChain({ ...options, keep: "none", ...(checkpoint === undefined ? {} : { checkpoint }) });
    for (const value of receipts) reader.add({ value });
    return reader.end();
  });
  const report = reports.toSorted((a, b) => rank(b) - rank(a))[0] ?? readChain(options).end();
  const causes = [...faults.map(findingOf), ...report.causes];
  const { receipts: _, ...rest } = report;
  return {
    report: { ...rest, causes, outcome: outcomeOf(causes), breaks: Math.max(report.breaks, faults.length) },
    files: new Set(entries.map(({ name }) => name)).size,
    spans: spansOf(
      receipts,
      new Set(causes.flatMap(({ code, index }) => (code === "chain_break" ? [index ?? -1] : []))),
    ),
  };
}

function rank({ outcome }: ChainReport): number {
  return ["valid", "undecidable", "invalid"].indexOf(outcome);
}

function findingOf({ text, at }: ChainFault): Finding {
  return { code: "chain_break", path: "", text, index: at };
}

function spansOf(receipts: readonly JsonObject[], breaks: ReadonlySet<number>): readonly ChainSpan[] {
  const spans: ChainSpan[] = [];
  for (const [index, receipt] of receipts.entries()) {
    const before = spans.at(-1);
    const kid = memberOf(receipt, "signature", "kid");
    const at = memberOf(receipt, "payload", "issued_at");
    const handed_to = rotationOf(receipt)?.new_kid ?? null;
    const broken = breaks.has(index);
    if (before !== undefined && before.kid === kid && before.handed_to === null && !broken)
      spans[spans.length - 1] = { ...before, to: index, until: at, handed_to };
    else spans.push({ from: index, to: index, kid, since: at, until: at, handed_to, broken });
  }
  return spans;
}

function memberOf(receipt: JsonObject, part: "signature" | "payload", name: string): string | null {
  const inside = receipt[part];
  if (typeof inside !== "object" || inside === null || Array.isArray(inside)) return null;
  const value = (inside as JsonObject)[name];
  return typeof value === "string" ? value : null;
}
