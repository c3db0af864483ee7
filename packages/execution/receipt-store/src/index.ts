// A chain of receipts in a folder: one writer, one line, the old tail or the new one.
export type { ChainMemory } from "./chain-memory.ts";
export type { Standing } from "./follow-chain.ts";
export type { ChainFiles } from "./chain-files.ts";
export { type ChainStore, openChain, type StoredReceipt } from "./open-chain.ts";
export { indexOf, MOST_BYTES, nameOf } from "./layout.ts";
export { readStoredChain, type ChainFault, type StoredChain } from "./read-stored-chain.ts";
export { rotationOf, type RotationFound } from "./rotation-of.ts";
