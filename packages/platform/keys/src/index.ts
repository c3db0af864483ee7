// The keys of a project and of its people, behind ports that never show a private byte.
export { ed25519Signer, keyId } from "./ed25519-signer.ts";
export { openIdentities, verifyIdentity, type Identities } from "./identities.ts";
export type { LedgerKeys } from "./ledger-keys.ts";
export { nativeMacKey } from "./native-mac-key.ts";
export type { ReceiptKeys } from "./receipt-keys.ts";
export { openKeys, type ProjectKeys } from "./open-keys.ts";
