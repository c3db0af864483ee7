// The Crypto and Random ports on node:crypto.
export { nodeCrypto, nodeThreads } from "./node-crypto.ts";
export { randomBytes } from "./random-bytes.ts";
