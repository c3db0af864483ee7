// The project's receipts against its own records. What a stranger can check is checked as a stranger would; what only the records show, besides.
import type { Crypto } from "@ces/kernel";
import type { Store } from "@ces/ports";
import { type Anchors, type ChainReport, verifyChain } from "@ces/receipts";
import { ReceiptRow, SealedEvidence } from "@ces/records";
import { plainJson } from "../plain-json.ts";
import { digestOfSubject } from "./pending-receipt.ts";
import { receiptHash, receiptId } from "./project-chain.ts";

/** One thing that does not hold; `sequence` is null for what concerns the chain as a whole. */
export interface ReceiptFault {
  readonly code:
    | "RECEIPT_INVALID"
    | "RECEIPT_MISPLACED"
    | "RECEIPT_ROW_DIFFERS"
    | "RECEIPT_MISSING"
    | "RECEIPT_TAIL_CUT";
  readonly sequence: number | null;
  readonly text: string;
}

/** The answer; the chain holds when there is no fault. */
export interface ProjectChainReport {
  readonly count: number;
  readonly terminal_hash: string | null;
  readonly faults: readonly ReceiptFault[];
}

/** What is verified. */
export interface RecordedChain {
  readonly store: Pick<Store, "records" | "record">;
  readonly anchors: Anchors;
  readonly crypto: Crypto;
}

interface Placed {
  readonly id: string;
  readonly row: ReceiptRow;
  readonly sequence: number;
}

/** Verifies every receipt of the project. Throws what reading the store throws. */
export function verifyProjectChain(recorded: RecordedChain): ProjectChainReport {
  const placed = recorded.store.records("receipt").map(({ id, body }, at): Placed => ({
    id,
    row: ReceiptRow.parse(body),
    sequence: at + 1,
  }));
  if (placed.length === 0) return { count: 0, terminal_hash: null, faults: everySealedHeadIsInTheChain(recorded, []) };
  const chain = verifyChain(
    placed.map(({ row }) => ({ value: plainJson(row.receipt) })),
    { crypto: recorded.crypto, anchors: recorded.anchors },
  );
  return {
    count: chain.count,
    terminal_hash: chain.terminal_hash,
    faults: [
      ...everyReceiptHolds(chain),
      ...everyOneIsInItsPlace(placed),
      ...everyOneSaysWhatItsRowSays(recorded, placed),
      ...everyDecisionHasOne(recorded, placed),
      ...everySealedHeadIsInTheChain(recorded, placed),
    ],
  };
}

const everyReceiptHolds = ({ causes }: ChainReport): readonly ReceiptFault[] =>
  causes.map(({ code, text, index }) => ({
    code: "RECEIPT_INVALID",
    sequence: index === undefined ? null : index + 1,
    text: `${code}: ${text}`,
  }));

const everyOneIsInItsPlace = (placed: readonly Placed[]): readonly ReceiptFault[] =>
  placed
    .filter(({ id, sequence, row }) => id !== receiptId(sequence) || row.receipt.payload["sequence"] !== sequence)
    .map(({ id, sequence }) => ({ code: "RECEIPT_MISPLACED", sequence, text: `stored as \`${id}\`` }));

function everyOneSaysWhatItsRowSays(
  { store, crypto }: Pick<RecordedChain, "store" | "crypto">,
  placed: readonly Placed[],
): readonly ReceiptFault[] {
  return placed.flatMap(({ row: { about, receipt }, sequence }): readonly ReceiptFault[] => {
    if (about === null) return [];
    const said = receipt.payload["row_digest"] ?? receipt.payload["run_digest"];
    const stored = store.record(about.kind, about.id);
    if (stored === undefined)
      return [{ code: "RECEIPT_ROW_DIFFERS", sequence, text: `${about.kind} \`${about.id}\` is not stored` }];
    return said === digestOfSubject({ crypto }, about, plainJson(stored.body) as object)
      ? []
      : [{ code: "RECEIPT_ROW_DIFFERS", sequence, text: `${about.kind} \`${about.id}\` is not what was signed` }];
  });
}

// Rows from before there were receipts have none: the first receipt of the project is where the duty begins.
function everyDecisionHasOne(
  { store }: Pick<RecordedChain, "store">,
  placed: readonly Placed[],
): readonly ReceiptFault[] {
  const signed = new Set(placed.map(({ row: { about } }) => (about === null ? "" : `${about.kind} ${about.id}`)));
  const began = placed[0]?.row.receipt.payload["issued_at"];
  if (typeof began !== "string") return [];
  return (["decision", "run_started"] as const).flatMap((kind) =>
    store
      .records(kind)
      .filter(({ recorded_at, id }) => Date.parse(recorded_at) > Date.parse(began) && !signed.has(`${kind} ${id}`))
      .map(({ id }) => ({
        code: "RECEIPT_MISSING" as const,
        sequence: null,
        text: `${kind} \`${id}\` has no receipt`,
      })),
  );
}

function everySealedHeadIsInTheChain(
  { store, crypto }: Pick<RecordedChain, "store" | "crypto">,
  placed: readonly Placed[],
): readonly ReceiptFault[] {
  return store.records("evidence").flatMap(({ body }): readonly ReceiptFault[] => {
    const { evidence_id, receipts } = SealedEvidence.parse(body).packet;
    if (receipts === undefined || receipts.terminal_hash === null) return [];
    const at = placed[receipts.count - 1];
    if (at !== undefined && receiptHash(crypto, plainJson(at.row.receipt)) === receipts.terminal_hash) return [];
    const text = `${evidence_id} was sealed over ${receipts.count} receipts up to another one`;
    return [{ code: "RECEIPT_TAIL_CUT", sequence: receipts.count, text }];
  });
}
