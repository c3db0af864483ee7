// A ledger key from its bytes, over the Crypto port; platform/keys makes the same one on native keys.
import { encodeHex, utf8Encode, type Crypto } from "@ces/kernel";
import type { MacKey } from "@ces/ports";

const FINGERPRINT_TEXT = "ces.ledger-key-fingerprint/v1";

/** The key as an oracle. Its fingerprint is the first 32 hex characters of its HMAC over a fixed text. */
export function macKey(crypto: Pick<Crypto, "hmacSha256">, bytes: Uint8Array): MacKey {
  const secret = bytes.slice();
  const mac = (text: string): string => encodeHex(crypto.hmacSha256(secret, utf8Encode(text)));
  return { fingerprint: mac(FINGERPRINT_TEXT).slice(0, 32), mac };
}
