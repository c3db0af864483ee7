// A chain of receipts in a folder that a person named, open for the key that signs it.
import { nodeCrypto } from "@ces/crypto-node";
import { openRecordFolder } from "@ces/files";
import { type ChainMemory, type ChainStore, MOST_BYTES, openChain } from "@ces/receipt-store";
import type { ReceiptSigner } from "@ces/receipts";

/** A key that signs, and the public keys that its chains were signed by before. */
export type ChainSigner = { readonly signer: ReceiptSigner; readonly earlier: readonly Uint8Array[] };

/** Opens it; the folder is made when first written to. Throws CesError `CHAIN_…`, `STATE_UNSAFE`. */
export function openReceiptChain(folder: string, { signer, earlier }: ChainSigner, memory?: ChainMemory): ChainStore {
  return openChain({
    files: openRecordFolder(folder, { maxBytes: MOST_BYTES }),
    signer,
    earlier,
    clock: { now: () => new Date().toISOString() },
    crypto: nodeCrypto,
    ...(memory === undefined ? {} : { memory }),
  });
}
