// The ledger: sealing commits, signing heads, rotating keys, and verifying all of it.
export { acceptEpoch } from "./accept-epoch.ts";
export type { Broken, BrokenCode, Undecidable, WalkWith } from "./chain-walk.ts";
export { ledgerSealer, type SealerParts } from "./ledger-sealer.ts";
export { macKey } from "./mac-key.ts";
export { rotationDraft, type Rotation } from "./rotation.ts";
export { verifyLedger, type LedgerFacts, type LedgerVerdict } from "./verify-ledger.ts";
export type { StateRows } from "./walk.ts";
