// Ports: what the planes and the engine need from the machine, as interfaces.
export type * from "./blobs.ts";
export type * from "./git.ts";
export type * from "./ledger.ts";
export type * from "./question.ts";
export type * from "./signing.ts";
export type * from "./store.ts";
