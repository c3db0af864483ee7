// The Crypto and Random ports on node:crypto.
export { nodeCrypto } from "./node-crypto.ts";
export { randomBytes } from "./random-bytes.ts";
