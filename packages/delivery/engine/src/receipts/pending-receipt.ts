// A receipt that a commit will sign: what it says, and the stored row that it speaks of. It gets its place in the chain inside the commit.
import { canonicalize, CesError, decodeHex, encodeHex, utf8Encode } from "@ces/kernel";
import { type ReceiptDraft, saltedDigest, signReceipt } from "@ces/receipts";
import type { StoreRow } from "@ces/ports";
import type { ReceiptRow, ReceiptSubject } from "@ces/records";
import type { ChainHead } from "@ces/receipts";
import type { EngineContext } from "../context.ts";
import { plainJson } from "../plain-json.ts";
import { receiptId } from "./project-chain.ts";

/** Not yet signed. `about` is null where the receipt says everything itself. */
export interface PendingReceipt {
  readonly draft: ReceiptDraft;
  readonly about: ReceiptSubject | null;
}

/** What signing needs. */
export type SigningContext = Pick<EngineContext, "receipts" | "clock" | "crypto">;

/** The rows of some receipts and the head they lead to. Throws CesError RECEIPT_REFUSED: then nothing may be acted on (spec/acta.md §7.5). */
export function signedRows(
  { receipts, clock, crypto }: SigningContext,
  pending: readonly PendingReceipt[],
  delivery_id: string | null,
): { readonly rows: readonly StoreRow[]; readonly head: ChainHead } {
  let head = receipts.head();
  const signer = receipts.signer();
  const rows = pending.map(({ draft, about }): StoreRow => {
    const signed = signReceipt(draft, { signer, head, issued_at: clock.now(), crypto });
    if (signed.kind === "refused")
      throw new CesError(
        "RECEIPT_REFUSED",
        `no receipt can be signed for this: ${signed.causes.map(({ path, text }) => `${path} ${text}`.trim()).join("; ")}`,
        { remedy: "report this: nothing was run" },
      );
    head = signed.head;
    const row = { schema: "ces.receipt/v1", receipt: plainJson(signed.receipt), about } as unknown as ReceiptRow; // by its form
    return { kind: "receipt", id: receiptId(head.count), delivery_id, body: plainJson(row) };
  });
  return { rows, head };
}

const SALT_BYTES = 16;

/** A stored row by its salted digest, and the salt that is kept beside the receipt. */
export function subjectOf(
  { random, crypto }: Pick<EngineContext, "random" | "crypto">,
  kind: ReceiptSubject["kind"],
  row: { readonly id: string; readonly body: object },
): { readonly about: ReceiptSubject; readonly digest: string } {
  const about = { kind, id: row.id, salt: encodeHex(random(SALT_BYTES)) };
  return { about, digest: digestOfSubject({ crypto }, about, row.body) };
}

/** The digest that stands in the receipt of a row. Throws CesError RECEIPT_REFUSED for a salt that is none. */
export function digestOfSubject(
  { crypto }: Pick<EngineContext, "crypto">,
  { salt }: Pick<ReceiptSubject, "salt">,
  body: object,
): string {
  const bytes = utf8Encode(canonicalize(plainJson(body), "rfc8785"));
  const digest = saltedDigest(crypto, decodeHex(salt) ?? new Uint8Array(), bytes);
  if (digest === undefined)
    throw new CesError("RECEIPT_REFUSED", "a stored row has no usable salt", { remedy: "ces audit verify" });
  return digest;
}
