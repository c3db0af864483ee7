// Signing with a seed in memory.

import { type Crypto, CesError } from "@ces/kernel";
import { issuerKidOf } from "../anchors/kid.ts";
import type { ReceiptSigner } from "./receipt-signer.ts";

/** A signer over a 32-byte seed; the seed stays in the closure. Throws CesError `KEY_SEED`. */
export function seedSigner(seed: Uint8Array, crypto: Pick<Crypto, "ed25519PublicKey" | "ed25519Sign">): ReceiptSigner {
  if (seed.length !== 32)
    throw new CesError("KEY_SEED", `a receipt key has a seed of 32 bytes, this one has ${seed.length}`, {
      remedy: "ces keys generate",
    });
  const own = seed.slice();
  const public_key = crypto.ed25519PublicKey(own);
  const sign = (message: Uint8Array): Uint8Array => crypto.ed25519Sign(own, message);
  return { kid: issuerKidOf(public_key), public_key, sign, place: "process" };
}
