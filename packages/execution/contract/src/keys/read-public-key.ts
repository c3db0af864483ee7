// Public keys in every form people have them in; the reference took raw bytes only, and its own guide failed (F-13).

import { decodeBase64, decodeHex, isStrictPoint, utf8Decode } from "@ces/kernel";
import { derSequence, isEd25519 } from "./der.ts";
import { limits } from "../limits.ts";
import type { KeyRead } from "./key-read.ts";
import { pemBlock } from "./pem.ts";

/**
 * Reads 32 raw bytes, SPKI as DER or PEM, base64 of either, or 64 hex digits; text may end in one newline.
 * A key of small order or in a second spelling is refused. Never throws. Source: spec/csc.md §1.7, RFC 8410 §4.
 */
export function readPublicKey(input: Uint8Array | string): KeyRead {
  if (input.length > limits.key_bytes) return { kind: "refused", text: "a public key is not that long" };
  const bytes = typeof input === "string" ? fromText(input) : fromBytes(input);
  if (bytes === undefined) {
    return { kind: "refused", text: "no Ed25519 public key: 32 raw bytes, SPKI (DER or PEM), base64 or hex are read" };
  }
  return isStrictPoint(bytes)
    ? { kind: "read", bytes }
    : { kind: "refused", text: "the public key is of small order or not in its only spelling" };
}

function fromBytes(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length === 32) return bytes;
  const text = utf8Decode(bytes);
  return fromSpki(bytes) ?? (text === undefined ? undefined : fromText(text));
}

function fromText(text: string): Uint8Array | undefined {
  const block = pemBlock(text, "PUBLIC KEY");
  if (block !== undefined) return fromSpki(block);
  const line = text.replace(/\r?\n$/, "");
  if (/^[0-9a-fA-F]{64}$/.test(line)) return decodeHex(line.toLowerCase());
  const bytes = decodeBase64(line);
  return bytes === undefined || bytes.length === 32 ? bytes : fromSpki(bytes);
}

// SEQUENCE { algorithm, BIT STRING of 32 bytes without unused bits }
function fromSpki(bytes: Uint8Array): Uint8Array | undefined {
  const [algorithm, key, ...more] = derSequence(bytes) ?? [];
  if (!isEd25519(algorithm) || key?.tag !== 0x03 || more.length > 0) return undefined;
  return key.content.length === 33 && key.content[0] === 0 ? key.content.slice(1) : undefined;
}
