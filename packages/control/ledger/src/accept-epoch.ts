// May the next entry be made with the keys at hand? An override that no rotation introduced may not (S34).
import { CesError } from "@ces/kernel";
import type { MacKeys } from "@ces/ports";
import { keyOf } from "./seal-commit.ts";

/** Passes when the chain's key is at hand and no other one is forced. Throws CesError KEY_MISMATCH, KEY_NOT_ROTATED. */
export function acceptEpoch(keys: MacKeys, fingerprint: string): void {
  keyOf(keys, fingerprint);
  if (keys.override === null || keys.override === fingerprint) return;
  throw new CesError(
    "KEY_NOT_ROTATED",
    "CES_AUDIT_HMAC_SECRET names a key that no rotation introduced into this ledger",
    {
      remedy: "unset CES_AUDIT_HMAC_SECRET, or rotate to it with: ces keys rotate",
    },
  );
}
