// The public half of a key file, in every form that a verifier may want it. No private byte leaves this file.
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { statSync } from "node:fs";
import { nodeCrypto } from "@ces/crypto-node";
import { CesError, encodeBase64Url, encodeHex, utf8Decode } from "@ces/kernel";
import { issuerKidOf, keyThumbprint, readAnchor } from "@ces/receipts";
import { readDocument } from "../csc/read-document.ts";
import { jwkOf } from "./jwk-of.ts";

/** A public key by all its names. */
export type PublicKeyForms = {
  readonly kid: string;
  /** RFC 7638: what other signers of the format use as kid. */
  readonly thumbprint: string;
  readonly hex: string;
  readonly pem: string;
  /** With its window, where one is known. */
  readonly jwk: Readonly<Record<string, string>>;
};

const MAX_KEY_BYTES = 64 * 1024;

/** Reads a public or a private key. Throws CesError `CSC_FILE`, `USAGE_FILE`, `KEY_EXPOSED`, `KEY_LOCKED`. */
export function publicKeyOf(path: string): readonly PublicKeyForms[] {
  const bytes = readDocument(path, "key", MAX_KEY_BYTES);
  const text = utf8Decode(bytes) ?? "";
  if (text.includes("PRIVATE KEY-----")) return [formsOf(publicHalf(path, text))];
  const read = readAnchor(bytes);
  const keys = read.kind === "read" ? read.keys.flatMap(({ public_key }) => public_key ?? []) : [];
  const ours = keys.filter((key) => key.length === 32);
  if (ours.length > 0) return ours.map(formsOf);
  if (keys.length > 0)
    throw new CesError(
      "USAGE_FILE",
      `\`${path}\` holds keys of P-256 only, which are verified with and never signed with`,
      {
        remedy: "hand them to verifiers as they are",
      },
    );
  throw new CesError("USAGE_FILE", `\`${path}\` ${read.kind === "refused" ? read.text : "holds no usable key"}`, {
    remedy: "name a key in PEM, a JWK Set, a JWK or 64 hex digits",
  });
}

// SECURITY: a private key that others can read is not answered for, not even by its public half: it is theirs, too.
function publicHalf(path: string, pem: string): Uint8Array {
  if ((statSync(path).mode & 0o077) !== 0)
    throw new CesError("KEY_EXPOSED", `the private key \`${path}\` can be read by others than you`, {
      remedy: `chmod 600 ${path}; if anybody may have read it, make another one`,
    });
  if (pem.includes("ENCRYPTED"))
    throw new CesError("KEY_LOCKED", `the private key \`${path}\` is locked by a passphrase`, {
      remedy: "name its public half",
    });
  const key = privateKeyOf(path, pem);
  const { x, crv } = createPublicKey(key).export({ format: "jwk" });
  if (crv === "Ed25519" && typeof x === "string") return new Uint8Array(Buffer.from(x, "base64url"));
  throw new CesError("USAGE_FILE", `\`${path}\` is no Ed25519 key`, { remedy: "name an Ed25519 key" });
}

function privateKeyOf(path: string, pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    // What OpenSSL says about a key may quote it.
    throw new CesError("USAGE_FILE", `\`${path}\` is a damaged private key`, { remedy: "name a key in PEM (PKCS#8)" });
  }
}

/** A public key of 32 bytes by all its names. */
export function formsOf(key: Uint8Array): PublicKeyForms {
  const [kid, x] = [issuerKidOf(key), encodeBase64Url(key)];
  const spki = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  return {
    kid,
    thumbprint: keyThumbprint(key, nodeCrypto),
    hex: encodeHex(key),
    pem: spki.export({ type: "spki", format: "pem" }).toString(),
    jwk: jwkOf(key),
  };
}
