// ES256 without a platform, on the audited noble curves. An entry of its own: whoever needs no P-256 does not carry it.

import { p256 } from "@noble/curves/nist.js";
import { isP256Signature, type P256Verifier } from "./p256.ts";

/** P-256 on @noble/curves: `{ ...nobleCrypto, ...nobleP256 }` verifies what node:crypto verifies. */
export const nobleP256: P256Verifier = {
  p256Verify: (publicKey, message, signature) => {
    if (!isP256Signature(publicKey, signature)) return false;
    try {
      return p256.verify(signature, message, publicKey, { lowS: false, prehash: true, format: "compact" });
    } catch {
      return false; // nothing that was let through so far; whatever noble refuses does not verify
    }
  },
};
