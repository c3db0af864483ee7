// The project's one chain of receipts, kept in its records: every delivery of the project signs after the same head. Whoever stores the next
// number first has it; the other reads the new head and signs again, so that there is never a fork.
import { canonicalize, CesError, type Crypto, encodeHex, type Json, utf8Encode } from "@ces/kernel";
import type { Store, StoredRow } from "@ces/ports";
import { type Anchors, type ChainHead, EMPTY_CHAIN, type ReceiptSigner, verifyReceiptValue } from "@ces/receipts";
import { ReceiptRow } from "@ces/records";
import { plainJson } from "../plain-json.ts";

export interface ProjectChain {
  readonly signer: ReceiptSigner;
  /** Where the chain stands, as far as this process knows. Throws CHAIN_BROKEN for a tail that is not ours. */
  head(): ChainHead;
  /** What was stored is the new head. */
  advance(head: ChainHead): void;
  /** Reads the records again; true when somebody else has gone on with the chain. */
  wentOn(): boolean;
}

/** What a chain is opened over: all keys that may have signed its tail. */
export interface ChainGround {
  readonly store: Pick<Store, "newest">;
  readonly signer: ReceiptSigner;
  readonly anchors: Anchors;
  readonly crypto: Crypto;
}

/** Opens the chain; its tail is read and verified when it is first asked for. */
export function openProjectChain(ground: ChainGround): ProjectChain {
  let known: ChainHead | undefined;
  return {
    signer: ground.signer,
    head: () => (known ??= storedHead(ground)),
    advance: (head) => void (known = head),
    wentOn: () => {
      const before = known;
      known = storedHead(ground);
      return before !== undefined && known.count > before.count;
    },
  };
}

/** The id of the row that holds the receipt of a sequence number: they sort as they count. */
export const receiptId = (sequence: number): string => String(sequence).padStart(12, "0");

function storedHead({ store, anchors, crypto }: ChainGround): ChainHead {
  const row = store.newest("receipt");
  if (row === undefined) return EMPTY_CHAIN;
  const { receipt } = ReceiptRow.parse(row.body);
  const value = plainJson(receipt);
  const report = verifyReceiptValue(value, { crypto, anchors });
  const count = receipt.payload["sequence"];
  if (report.outcome !== "valid" || typeof count !== "number" || row.id !== receiptId(count))
    throw broken(row, report.causes.map(({ code }) => code).join(", "));
  return { count, terminal_hash: receiptHash(crypto, value) };
}

/** `sha256:` over the canonical text of a whole receipt: what the next one links to. */
export const receiptHash = (crypto: Pick<Crypto, "sha256">, receipt: Json): string =>
  `sha256:${encodeHex(crypto.sha256(utf8Encode(canonicalize(receipt, "strict"))))}`;

const broken = ({ id }: StoredRow, why: string): CesError =>
  new CesError("CHAIN_BROKEN", `receipt ${Number(id)} of this project cannot be gone on with (${why || "misplaced"})`, {
    remedy: "ces audit verify",
  });
