import { nodeCrypto } from "@ces/crypto-node";
import { canonicalize, encodeHex, utf8Encode } from "@ces/kernel";
import { verifyTrustHeader } from "@ces/receipts";
import { expect, test } from "vitest";
import { signer } from "./receipt-makers.ts";

const key = encodeHex(signer.public_key);
const ground = { keys: new Map([["k", signer.public_key]]), crypto: nodeCrypto };
const emission = { trust_level: 3, delegation_chain_root: "sha256:1" };
const sig = encodeHex(signer.sign(utf8Encode(canonicalize(emission, "rfc8785"))));

test.each<readonly [string, unknown, string]>([
  ["its own", key, "valid"],
  ["none", undefined, "valid"],
  ["half of it", key.slice(0, 32), "invalid"],
  ["an empty one", "", "invalid"],
  ["no hex", "k", "invalid"],
  ["another", "0".repeat(64), "invalid"],
  ["a number", 7, "invalid"],
])("the key beside a signature has to be the trusted one, all of it: %s", (_, pubkey, verdict) => {
  const block = { alg: "EdDSA", kid: "k", sig, ...(pubkey === undefined ? {} : { pubkey }) };
  expect(verifyTrustHeader({ ...emission, signature: block } as never, ground).verdict).toBe(verdict);
});
