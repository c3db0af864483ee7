// Whether a chain has got an old key's last word: the rotation receipt that hands it to the next one. What decides a rotation that was interrupted.
import { nodeCrypto } from "@ces/crypto-node";
import { openRecordFolder } from "@ces/files";
import { encodeHex } from "@ces/kernel";
import { MOST_BYTES, readStoredChain, rotationOf } from "@ces/receipt-store";
import { verifyReceiptValue } from "@ces/receipts";

/** `given`, from when on the next key signs; `not_given`; or `unknown`: the chain is not there, or not as long as it was. */
export type LastWord =
  | { readonly kind: "given"; readonly effective_at: string }
  | { readonly kind: "not_given" }
  | { readonly kind: "unknown" };

/** Looks into a chain that had `count` receipts when the rotation began. Throws CesError `STATE_UNSAFE`. */
export function lastWordIn(
  chain: { readonly path: string; readonly count: number },
  keys: { readonly old: Uint8Array; readonly next: Uint8Array },
): LastWord {
  const { entries, faults } = readStoredChain(openRecordFolder(chain.path, { maxBytes: MOST_BYTES }));
  if (faults.length > 0 || entries.length < chain.count) return { kind: "unknown" };
  const digest = `sha256:${encodeHex(nodeCrypto.sha256(keys.next))}`;
  for (const { receipt } of entries.slice(chain.count)) {
    const rotation = rotationOf(receipt);
    if (rotation?.new_key_digest !== digest) continue;
    const { outcome } = verifyReceiptValue(receipt, { crypto: nodeCrypto, anchors: { key: keys.old } });
    if (outcome === "valid") return { kind: "given", effective_at: rotation.effective_at };
  }
  return { kind: "not_given" };
}
