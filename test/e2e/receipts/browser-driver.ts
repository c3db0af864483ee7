// What a page would load: verification alone, on noble's curves. Bundled for a browser by browser.test.ts, where nothing of Node exists.
import { nobleCrypto } from "../../../packages/foundation/kernel/src/index.ts";
import { type ChainReport, readAnchor, verifyReceipts } from "../../../packages/execution/receipts/src/index.ts";

/** Texts of receipts, oldest first, and a text of keys; a report as JSON. */
export function verify(receipts: readonly string[], keys: string): string {
  const read = readAnchor(new TextEncoder().encode(keys));
  if (read.kind === "refused") return JSON.stringify({ outcome: read.code });
  const report: Pick<ChainReport, "outcome" | "causes" | "count"> = verifyReceipts(receipts, {
    crypto: nobleCrypto,
    anchors: read.anchors,
  });
  return JSON.stringify(report);
}
