// Many receipts, their signatures checked by whoever checks them beside us: what is to be checked is taken apart ahead of what is judged,
// and everything is judged in its order, by the same code, as if it had been checked here.

import { algorithmOfKey } from "../anchors/key-algorithm.ts";
import type { VerifyOptions } from "../verify/verify-options.ts";
import type { JudgedReceipt, OpenReceipt } from "../verify/verify-receipt.ts";
import { openItem, type ReceiptItem } from "./receipt-item.ts";

/** Checks Ed25519 signatures elsewhere (threads), exactly as strictly as `ed25519Verify` of the `Crypto` port. */
export type SignatureThreads = {
  readonly ed25519VerifyLater: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => Promise<boolean>;
};

// Receipts that are open at once: enough to keep every thread busy, few enough to be held.
const AHEAD = 512;

type Asked = { readonly open: OpenReceipt; readonly holds: Promise<boolean> | undefined };

/** Judges receipts in their order. Rejects when the threads do: what could not be checked is no verdict. */
export async function judgeAhead(
  receipts: readonly ReceiptItem[],
  how: { readonly options: VerifyOptions; readonly threads: SignatureThreads },
  each: (judged: JudgedReceipt) => void,
): Promise<void> {
  const asked: Asked[] = [];
  let next = 0;
  for (let at = 0; at < receipts.length; at += 1) {
    for (; next < receipts.length && next < at + AHEAD; next += 1) {
      const receipt = receipts[next];
      if (receipt !== undefined) asked.push(ask(openItem(receipt, how.options), how.threads));
    }
    const one = asked[at];
    if (one === undefined) return;
    each(one.open.judge(await one.holds));
    delete asked[at];
  }
}

function ask(open: OpenReceipt, { ed25519VerifyLater }: SignatureThreads): Asked {
  const { check } = open;
  // P-256 is checked here: nobody has long chains of it.
  if (check === undefined || algorithmOfKey(check.public_key) !== "EdDSA") return { open, holds: undefined };
  const holds = ed25519VerifyLater(check.public_key, check.bytes, check.signature);
  // Awaited in its turn; until then a failure is nobody's unhandled one.
  holds.catch(() => null);
  return { open, holds };
}
