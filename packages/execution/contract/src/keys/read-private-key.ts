// Private keys: the forms of the reference, decided by length as there, and DER. Source: spec/csc.md §1.7, RFC 8410 §7.

import { utf8Decode } from "@ces/kernel";
import { derElements, derSequence, isEd25519 } from "./der.ts";
import { limits } from "../limits.ts";
import type { KeyRead } from "./key-read.ts";
import { pemBlock } from "./pem.ts";

/** The 32-byte seed of 32 raw bytes, 64 raw bytes (seed, then public key), or unencrypted PKCS#8 (PEM or DER). Never throws. */
export function readPrivateKey(bytes: Uint8Array): KeyRead {
  if (bytes.length === 32) return { kind: "read", bytes };
  if (bytes.length === 64) return { kind: "read", bytes: bytes.slice(0, 32) };
  if (bytes.length > limits.key_bytes) return { kind: "refused", text: "a private key is not that long" };
  const text = utf8Decode(bytes);
  const block = text === undefined ? undefined : pemBlock(text, "PRIVATE KEY");
  const seed = fromPkcs8(block ?? bytes);
  return seed === undefined
    ? {
        kind: "refused",
        text: "no Ed25519 private key: 32 or 64 raw bytes, or unencrypted PKCS#8 (PEM or DER) are read",
      }
    : { kind: "read", bytes: seed };
}

// SEQUENCE { version 0 or 1, algorithm, OCTET STRING { OCTET STRING of 32 bytes }, [0] attributes?, [1] public key? }
function fromPkcs8(bytes: Uint8Array): Uint8Array | undefined {
  const [version, algorithm, wrapped, ...more] = derSequence(bytes) ?? [];
  const known = version?.tag === 0x02 && version.content.length === 1 && (version.content[0] ?? 2) <= 1;
  if (!known || !isEd25519(algorithm) || wrapped?.tag !== 0x04) return undefined;
  if (more.some(({ tag }) => tag !== 0xa0 && tag !== 0x81 && tag !== 0xa1)) return undefined;
  const [seed, ...behind] = derElements(wrapped.content) ?? [];
  return seed?.tag === 0x04 && seed.content.length === 32 && behind.length === 0 ? seed.content : undefined;
}
