// Keys that a receipt brings along. They are found so that they can be refused by name. Source: spec/acta.md §1.9.

import type { JsonObject } from "@ces/kernel";
import { isObject } from "../schema/violations.ts";

const NAMES = [
  "public_key",
  "publicKey",
  "public_key_hex",
  "public_key_pem",
  "public_jwk",
  "signing_key",
  "verify_key",
  "pubkey",
  "signer_public_key",
  "verification_key",
  "verification_jwk",
  "jwk",
  "jwks",
  "x5c",
];

/** Where the receipt holds a key: its top level, its payload, its signature block. */
export function embeddedKeys(receipt: JsonObject): readonly string[] {
  const found = NAMES.filter((name) => Object.hasOwn(receipt, name));
  for (const part of ["payload", "signature"]) {
    const inner = receipt[part];
    if (isObject(inner))
      found.push(...NAMES.filter((name) => Object.hasOwn(inner, name)).map((name) => `${part}.${name}`));
  }
  return found;
}
