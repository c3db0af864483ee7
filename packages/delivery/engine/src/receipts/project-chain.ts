// The project's one chain of receipts, kept in its records: every delivery of the project signs after the same head. Whoever stores the next
// number first has it; the other reads the new head and signs again, so that there is never a fork.
import { canonicalize, CesError, type Crypto, encodeHex, type Json, utf8Encode } from "@ces/kernel";
import type { Store, StoredRow } from "@ces/ports";
import {
  type Anchors,
  type ChainHead,
  EMPTY_CHAIN,
  KEY_ROTATION_TYPE,
  type ReceiptSigner,
  verifyReceiptValue,
} from "@ces/receipts";
import { ReceiptRow } from "@ces/records";
import { plainJson } from "../plain-json.ts";

export interface ProjectChain {
  /** Whose turn it is to sign: the key of the last receipt, or the one that a rotation named. Throws CHAIN_BROKEN. */
  signer(): ReceiptSigner;
  /** Where the chain stands, as far as this process knows. Throws CHAIN_BROKEN for a tail that is not ours. */
  head(): ChainHead;
  /** What was stored is the new head. */
  advance(head: ChainHead): void;
  /** Where the chain stands now, whoever went on with it. Throws CHAIN_BROKEN. */
  reread(): ChainHead;
}

/** What a chain is opened over. */
export interface ChainGround {
  readonly store: Pick<Store, "newest">;
  readonly keys: () => ChainKeys;
  readonly crypto: Crypto;
}

/** Every key of the project as it is now: another process may have rotated. */
export interface ChainKeys {
  /** The first one first. */
  readonly signers: readonly ReceiptSigner[];
  readonly anchors: Anchors;
}

/** A head, and whose turn it is. */
interface Standing {
  readonly head: ChainHead;
  readonly signer: ReceiptSigner;
}

/** Opens the chain; its tail is read and verified when it is first asked for. */
export function openProjectChain(ground: ChainGround): ProjectChain {
  let known: Standing | undefined;
  const standing = (): Standing => (known ??= storedStanding(ground));
  return {
    signer: () => standing().signer,
    head: () => standing().head,
    advance: (head) => void (known = { ...standing(), head }),
    reread: () => (known = storedStanding(ground)).head,
  };
}

/** The id of the row that holds the receipt of a sequence number: they sort as they count. */
export const receiptId = (sequence: number): string => String(sequence).padStart(12, "0");

function storedStanding({ store, keys, crypto }: ChainGround): Standing {
  const row = store.newest("receipt");
  // The row first: a key is made before the receipt that names it is stored.
  const { signers, anchors } = keys();
  const signerOf = (kid: unknown): ReceiptSigner => {
    const found = row === undefined ? signers[0] : signers.find((one) => one.kid === kid);
    if (found !== undefined) return found;
    throw new CesError("KEY_MISSING", `the receipt key \`${String(kid)}\` of this project is not there`, {
      remedy: "restore the key folder from a backup",
    });
  };
  if (row === undefined) return { head: EMPTY_CHAIN, signer: signerOf(null) };
  const { receipt } = ReceiptRow.parse(row.body);
  const { payload } = receipt;
  const value = plainJson(receipt);
  const report = verifyReceiptValue(value, { crypto, anchors });
  const count = payload["sequence"];
  if (report.outcome !== "valid" || typeof count !== "number" || row.id !== receiptId(count))
    throw broken(row, report.causes.map(({ code }) => code).join(", "));
  // INVARIANT: a key that was made but not named by a rotation signs nothing, whenever the process died.
  const signer = signerOf(payload["type"] === KEY_ROTATION_TYPE ? payload["new_kid"] : payload["issuer_id"]);
  return { head: { count, terminal_hash: receiptHash(crypto, value) }, signer };
}

/** `sha256:` over the canonical text of a whole receipt: what the next one links to. */
export const receiptHash = (crypto: Pick<Crypto, "sha256">, receipt: Json): string =>
  `sha256:${encodeHex(crypto.sha256(utf8Encode(canonicalize(receipt, "strict"))))}`;

const broken = ({ id }: StoredRow, why: string): CesError =>
  new CesError("CHAIN_BROKEN", `receipt ${Number(id)} of this project cannot be gone on with (${why || "misplaced"})`, {
    remedy: "ces audit verify",
  });
