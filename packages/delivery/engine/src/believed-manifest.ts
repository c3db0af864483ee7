// The contract as it may be believed: stored, whole, signed, fresh, and the one that the delivery points to.
import { verifyManifest } from "@ces/manifest";
import type { DeliverySnapshot, Manifest, Reason } from "@ces/records";
import type { EngineContext } from "./context.ts";
import { recallManifest } from "./recall.ts";

export type Believed =
  | { readonly kind: "believed"; readonly manifest: Manifest; readonly hash: string }
  | { readonly kind: "refused"; readonly reason: Reason };

/** Verified before every run, approval and merge. */
export function believedManifest(ctx: EngineContext, snapshot: DeliverySnapshot): Believed {
  const stored = recallManifest(ctx.store, snapshot.delivery_id);
  const check = verifyManifest(stored, ctx.keys, ctx.crypto, ctx.clock.now());
  if (check.kind === "refused") return { kind: "refused", reason: { code: check.code, text: check.text } };
  if (stored.content_hash !== snapshot.manifest_hash) {
    return {
      kind: "refused",
      reason: { code: "MANIFEST_HASH", text: "the delivery points to another version of the contract" },
    };
  }
  if (check.manifest.policy_hash !== ctx.policy_hash) {
    return {
      kind: "refused",
      reason: { code: "POLICY_CHANGED", text: "the contract was sealed under another policy; a new one is needed" },
    };
  }
  return { kind: "believed", manifest: check.manifest, hash: stored.content_hash };
}
