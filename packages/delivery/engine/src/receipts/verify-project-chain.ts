// The project's receipts against its own records. What a stranger can check is checked as a stranger would; what only the records show, besides.
import { verifyEvidence } from "@ces/evidence";
import type { Crypto, Json } from "@ces/kernel";
import type { KeyRing, Store, StoredRow } from "@ces/ports";
import { type Anchors, type ChainReport, EXECUTION_TYPE, verifyChain } from "@ces/receipts";
import { ReceiptRow, type ReceiptSubject } from "@ces/records";
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
    | "RECEIPT_TAIL_CUT"
    | "SEALED_HEAD_CHANGED";
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
  /** The project's own key, which sealed the evidence. */
  readonly ring: KeyRing;
  readonly crypto: Crypto;
}

interface Placed {
  readonly id: string;
  readonly rowid: number;
  readonly row: ReceiptRow;
  readonly sequence: number;
}

/** Rows that receipts speak of, by kind. */
type Spoken = Readonly<Record<"decision" | "run_started" | "run" | "evidence", readonly StoredRow[]>>;

/** Verifies every receipt of the project. Throws what reading the store throws. */
export function verifyProjectChain(recorded: RecordedChain): ProjectChainReport {
  // INVARIANT: what receipts speak of is read before they are. A driver that goes on meanwhile stores both at once, so no row that is
  // read here lacks a receipt that was not read yet.
  const spoken = spokenRows(recorded.store);
  const stored = recorded.store.records("receipt");
  const read = stored.map(({ body }) => ReceiptRow.safeParse(body));
  const unread = read.flatMap(({ success }, at) => (success ? [] : [unreadable(at + 1)]));
  if (unread.length > 0) return { count: stored.length, terminal_hash: null, faults: unread };
  const placed = stored.flatMap(({ id, rowid }, at): readonly Placed[] => {
    const row = read[at]?.data;
    return row === undefined ? [] : [{ id, rowid, row, sequence: at + 1 }];
  });
  if (placed.length === 0)
    return { count: 0, terminal_hash: null, faults: everySealedHeadIsInTheChain(recorded, spoken, []) };
  const chain = verifyChain(
    placed.map(({ row }) => ({ value: plainJson(row.receipt) })),
    { crypto: recorded.crypto, anchors: recorded.anchors, keep: "none" },
  );
  return {
    count: chain.count,
    terminal_hash: chain.terminal_hash,
    faults: [
      ...everyReceiptHolds(chain),
      ...everyKeyWasNamed(chain),
      ...everyOneIsInItsPlace(placed),
      ...everyOneSaysWhatItsRowSays(recorded, placed),
      ...everyRowHasOne(spoken, placed),
      ...everySealedHeadIsInTheChain(recorded, spoken, placed),
    ],
  };
}

const spokenRows = (store: Pick<Store, "records">): Spoken => ({
  decision: store.records("decision"),
  run_started: store.records("run_started"),
  run: store.records("run"),
  evidence: store.records("evidence"),
});

const unreadable = (sequence: number): ReceiptFault => ({
  code: "RECEIPT_INVALID",
  sequence,
  text: "the stored row is in no form of a receipt",
});

const everyReceiptHolds = ({ causes }: ChainReport): readonly ReceiptFault[] =>
  causes.map(({ code, text, index }) => ({
    code: "RECEIPT_INVALID",
    sequence: index === undefined ? null : index + 1,
    text: `${code}: ${text}`,
  }));

// SECURITY: to a stranger another key is a warning. Here the old key's word is in the chain or the key is a thief's, an old one included.
const everyKeyWasNamed = ({ warnings }: ChainReport): readonly ReceiptFault[] =>
  warnings
    .filter(({ code }) => code === "key_changed_without_rotation")
    .map(({ code, text, index }) => ({
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
    const said = receipt.payload["row_digest"] ?? receipt.payload["run_digest"];
    if (about === null)
      return said === undefined
        ? []
        : [{ code: "RECEIPT_ROW_DIFFERS", sequence, text: "it is over a row, and which one is not said any more" }];
    if (!isOfItsRun(about, receipt.payload["session_id"]))
      return [{ code: "RECEIPT_ROW_DIFFERS", sequence, text: `${about.kind} \`${about.id}\` is of another run` }];
    const stored = store.record(about.kind, about.id);
    if (stored === undefined)
      return [{ code: "RECEIPT_ROW_DIFFERS", sequence, text: `${about.kind} \`${about.id}\` is not stored` }];
    return said === digestOfSubject({ crypto }, about, plainJson(stored.body) as object)
      ? []
      : [{ code: "RECEIPT_ROW_DIFFERS", sequence, text: `${about.kind} \`${about.id}\` is not what was signed` }];
  });
}

// SECURITY: which row it is stands beside the receipt, unsigned; a copy of the row under another id says the same.
function isOfItsRun({ kind, id }: ReceiptSubject, session_id: Json | undefined): boolean {
  if (typeof session_id !== "string" || kind === "proof") return true;
  return kind === "decision" ? id.startsWith(`${session_id}/`) : id === session_id;
}

// Rows from before there were receipts have none. Which those are, the numbers of rows say, never a clock that may have been put back:
// decisions stand in one table with the receipts, starts and runs in another, where the first signed start is the beginning.
function everyRowHasOne(spoken: Spoken, placed: readonly Placed[]): readonly ReceiptFault[] {
  const signed = new Set(placed.map(({ row: { about } }) => (about === null ? "" : `${about.kind} ${about.id}`)));
  const ended = new Set(
    placed.flatMap(({ row: { receipt } }) =>
      receipt.payload["type"] === EXECUTION_TYPE ? [receipt.payload["session_id"]] : [],
    ),
  );
  const firstReceipt = placed[0]?.rowid ?? 0;
  const firstStart = spoken.run_started.find(({ id }) => signed.has(`run_started ${id}`))?.rowid ?? Infinity;
  return [
    ...spoken.decision.filter(({ rowid, id }) => rowid > firstReceipt && !signed.has(`decision ${id}`)),
    ...spoken.run_started.filter(({ rowid, id }) => rowid > firstStart && !signed.has(`run_started ${id}`)),
    ...spoken.run.filter(({ rowid, id }) => rowid > firstStart && !ended.has(id)),
  ].map(({ kind, id }) => ({ code: "RECEIPT_MISSING", sequence: null, text: `${kind} \`${id}\` has no receipt` }));
}

function everySealedHeadIsInTheChain(
  { crypto, ring }: Pick<RecordedChain, "crypto" | "ring">,
  { evidence }: Pick<Spoken, "evidence">,
  placed: readonly Placed[],
): readonly ReceiptFault[] {
  return evidence.flatMap(({ id, body }): readonly ReceiptFault[] => {
    // SECURITY: whoever has the ledger's key and not the project's cannot write another head into sealed evidence.
    const sealed = verifyEvidence(body, ring, crypto);
    if (sealed.kind === "invalid")
      return [
        { code: "SEALED_HEAD_CHANGED", sequence: null, text: `evidence \`${id}\` does not verify: ${sealed.why}` },
      ];
    const { evidence_id, receipts } = sealed.packet;
    if (receipts === undefined || receipts.terminal_hash === null) return [];
    const at = placed[receipts.count - 1];
    if (at !== undefined && receiptHash(crypto, plainJson(at.row.receipt)) === receipts.terminal_hash) return [];
    const text = `${evidence_id} was sealed over ${receipts.count} receipts up to another one`;
    return [{ code: "RECEIPT_TAIL_CUT", sequence: receipts.count, text }];
  });
}
