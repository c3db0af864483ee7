// Signing with a seed that never leaves this file: the native key object holds it, and nothing prints one.
import { createPrivateKey, sign, type KeyObject } from "node:crypto";
import { nodeCrypto } from "@ces/crypto-node";
import { encodeHex, sha256Hex, utf8Encode } from "@ces/kernel";
import type { Signer } from "@ces/ports";

const KEY_ID_DOMAIN = "ces.key-id/v1\0";
/** DER of a PKCS #8 Ed25519 key up to its seed (RFC 8410 §7). */
const PKCS8_HEAD = Buffer.from("302e020100300506032b657004220420", "hex");

/** A signer over a 32-byte seed. */
export function ed25519Signer(seed: Uint8Array): Signer {
  const key = privateKey(seed);
  const public_key = nodeCrypto.ed25519PublicKey(seed);
  const key_id = keyId(public_key);
  return {
    key_id,
    public_key,
    sign: (message) => ({ key_id, signature: sign(null, message, key).toString("base64") }),
  };
}

/** The name of a public key: the first 32 hex characters of its hash. */
export function keyId(publicKey: Uint8Array): string {
  return sha256Hex(nodeCrypto, utf8Encode(KEY_ID_DOMAIN + encodeHex(publicKey))).slice(0, 32);
}

function privateKey(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: "der", type: "pkcs8" });
}
