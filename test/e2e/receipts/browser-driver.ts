// What a page would load: verification alone, on noble's curves, ES256 of others included. Bundled for a browser by browser.test.ts.
import { nobleP256 } from "../../../packages/foundation/kernel/src/noble-p256.ts";
import { nobleCrypto } from "../../../packages/foundation/kernel/src/index.ts";
import { readAnchor, verifyReceipts } from "../../../packages/execution/receipts/src/index.ts";

/** Texts of receipts, oldest first, and a text of keys; a report as JSON. */
export function verify(receipts: readonly string[], keys: string): string {
  const read = readAnchor(new TextEncoder().encode(keys));
  if (read.kind === "refused") return JSON.stringify({ outcome: read.code });
  const crypto = { ...nobleCrypto, ...nobleP256 };
  return JSON.stringify(verifyReceipts(receipts, { crypto, anchors: read.anchors }));
}
