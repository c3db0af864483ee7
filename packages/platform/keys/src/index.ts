// The keys of a project, of its people and of receipts, behind ports that never show a private byte.
export { ed25519Signer, keyId } from "./ed25519-signer.ts";
export { signingProgram } from "./home/external-signer.ts";
export { isKeyName, type KeyHome, openKeyHome, type OpenKey } from "./home/key-home.ts";
export { heldKey, madeKey, type NewKey, takenKey } from "./home/new-key.ts";
export { type KeyFile, readKeyFile } from "./home/open-key-file.ts";
export { readPrivateFile } from "./home/read-private-file.ts";
export type { KeyFacts, ReceiptKey, SigningProgram } from "./home/receipt-key.schema.ts";
export { openIdentities, verifyIdentity, type Identities } from "./identities.ts";
export type { LedgerKeys } from "./ledger-keys.ts";
export { nativeMacKey } from "./native-mac-key.ts";
export type { ReceiptEpoch, ReceiptKeys } from "./receipt-keys.ts";
export { openKeys, type ProjectKeys } from "./open-keys.ts";
