// The keys of one project, from its state folder: one for signing, the ledger's epochs, and those of receipts.
import { join } from "node:path";
import type { KeyRing, Signer } from "@ces/ports";
import { ownedDirectory } from "@ces/files";
import { ed25519Signer } from "./ed25519-signer.ts";
import { readOrMakeKey } from "./key-files.ts";
import { ledgerKeys, type LedgerKeys } from "./ledger-keys.ts";
import { receiptKeys, type ReceiptKeys } from "./receipt-keys.ts";

/** What a project signs and seals with. No member gives a private byte away. */
export type ProjectKeys = {
  readonly signer: Signer;
  readonly ring: KeyRing;
  readonly ledger: LedgerKeys;
  readonly receipts: ReceiptKeys;
};

/**
 * Opens (the first time: makes) the keys below `<state folder of the project>/keys`. `hmac_secret` is the value of
 * CES_AUDIT_HMAC_SECRET, which the caller took out of the environment (S01). Throws CesError STATE_UNSAFE, KEY_DAMAGED, KEY_TOO_SHORT.
 */
export function openKeys(
  stateDirectory: string,
  given: { readonly hmac_secret?: string | undefined } = {},
): ProjectKeys {
  const folder = ownedDirectory(join(stateDirectory, "keys"));
  const signer = ed25519Signer(readOrMakeKey(join(folder, "project.key")));
  return {
    signer,
    ring: { publicKey: (key_id) => (key_id === signer.key_id ? signer.public_key : undefined) },
    ledger: ledgerKeys(folder, given.hmac_secret),
    receipts: receiptKeys(folder),
  };
}
