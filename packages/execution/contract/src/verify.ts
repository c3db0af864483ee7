// What a verifier of receipts needs, and nothing that decides.
export { readReceipt, receiptProblems } from "./doors/read-receipt.ts";
export { readTrust, type TrustRead } from "./keys/read-trust.ts";
export { receiptChain, type ChainFault } from "./receipts/receipt-chain.ts";
export { type KeyLookup, type ReceiptFault, type ReceiptVerdict, type TrustedKey } from "./receipts/verify-receipt.ts";
export { verifyReceipt } from "./receipts/verify-receipt.ts";
