// A ledger key on native hashing: the same values as `macKey` of the ledger. HMAC is written out (RFC 2104) over the one-shot
// hash, because an Hmac object costs more than the hashing: two are made for every entry and every head.
import { hash } from "node:crypto";
import type { MacKey } from "@ces/ports";

const FINGERPRINT_TEXT = "ces.ledger-key-fingerprint/v1";
const BLOCK = 64;

/** The key as an oracle; its bytes stay in this closure. */
export function nativeMacKey(bytes: Uint8Array): MacKey {
  const inner = pad(bytes, 0x36);
  const outer = pad(bytes, 0x5c);
  const mac = (text: string): string => {
    const message = Buffer.allocUnsafe(BLOCK + Buffer.byteLength(text, "utf8"));
    inner.copy(message);
    message.write(text, BLOCK, "utf8");
    return hash("sha256", Buffer.concat([outer, hash("sha256", message, "buffer")]), "hex");
  };
  return { fingerprint: mac(FINGERPRINT_TEXT).slice(0, 32), mac };
}

function pad(key: Uint8Array, mask: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.set(key.length > BLOCK ? hash("sha256", key, "buffer") : key);
  for (let i = 0; i < BLOCK; i += 1) block[i] = (block[i] ?? 0) ^ mask;
  return block;
}
