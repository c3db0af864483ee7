// A ledger key on native keys: the same values as `macKey` of the ledger, an order of magnitude faster.
import { createHmac, createSecretKey } from "node:crypto";
import type { MacKey } from "@ces/ports";

const FINGERPRINT_TEXT = "ces.ledger-key-fingerprint/v1";

/** The key as an oracle; its bytes stay in the native key object. */
export function nativeMacKey(bytes: Uint8Array): MacKey {
  const key = createSecretKey(bytes);
  const mac = (text: string): string => createHmac("sha256", key).update(text, "utf8").digest("hex");
  return { fingerprint: mac(FINGERPRINT_TEXT).slice(0, 32), mac };
}
