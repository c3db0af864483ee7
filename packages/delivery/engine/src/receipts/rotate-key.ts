// The project's next receipt key: the old key's last word names it in the chain. Until that is stored the old one signs. Source: spec/acta.md §7.3.
import { encodeHex } from "@ces/kernel";
import { KEY_ROTATION_TYPE, type KeyRotationDraft, type ReceiptSigner } from "@ces/receipts";
import { entry } from "../journal.ts";
import { type CommittingContext, commitSigned } from "./commit-signed.ts";

/** Why a key is replaced. */
export type RotationReason = "scheduled" | "compromised";

/**
 * Names `next` in the chain and in the ledger; the key signs from the next receipt on. One rotation at a time: the caller holds a lock. Throws
 * what `commitSigned` throws; then the old key goes on signing.
 */
export function rotateReceiptKey(
  ctx: CommittingContext,
  next: Pick<ReceiptSigner, "kid" | "public_key">,
  reason: RotationReason,
): void {
  const old = ctx.receipts.signer().kid;
  const draft: KeyRotationDraft = {
    type: KEY_ROTATION_TYPE,
    new_kid: next.kid,
    new_key_digest: `sha256:${encodeHex(ctx.crypto.sha256(next.public_key))}`,
    effective_at: ctx.clock.now(),
    reason,
  };
  const said = entry("harness_change", null, `receipt key ${old} → ${next.kid}`, {
    rationale: reason,
    refs: [old, next.kid],
  });
  const nothing = { delivery_id: null, expected_version: null, fence: null, snapshot: null };
  const step = { ...nothing, entries: [said], effects: [], effects_done: [], rows: [] };
  commitSigned(ctx, step, [{ draft, about: null }]);
  ctx.receipts.reread();
}
