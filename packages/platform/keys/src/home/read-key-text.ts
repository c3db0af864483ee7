// A private key as people have it: PKCS#8 in PEM, plain or under a passphrase. Attacker-controlled as far as its form goes; node:crypto decodes it.
// SECURITY: no message repeats a byte of the text, nor what OpenSSL says about it. Source: RFC 5958, RFC 8018 (PBES2), RFC 8410 §7.
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { CesError } from "@ces/kernel";

/** An Ed25519 key in this process. The object is node's own and prints nothing. */
export type PrivateKey = { readonly key: KeyObject; readonly public_key: Uint8Array };

const PEM = /^-----BEGIN ([A-Z0-9 ]{1,64})-----\r?\n([A-Za-z0-9+/=\s]+?)\r?\n?-----END \1-----\s*$/;

/** True when a key of this text needs a passphrase. */
export function isLocked(text: string): boolean {
  return text.includes("BEGIN ENCRYPTED PRIVATE KEY");
}

/**
 * The key of a text; `where` names it in errors. Throws CesError, each for its own reason: `KEY_DAMAGED`, `KEY_TRUNCATED`, `KEY_TYPE` (no private key
 * for signatures), `KEY_CURVE` (of another curve than Ed25519), `KEY_LOCKED` (no passphrase was given), `KEY_PASSPHRASE` (not this one).
 */
export function readKeyText(text: string, where: string, passphrase?: string): PrivateKey {
  const der = derOf(text.trim(), where);
  if (isLocked(text) && passphrase === undefined)
    throw new CesError("KEY_LOCKED", `${where} is locked by a passphrase`, {
      remedy: "run this at a terminal, or name a file that holds it with --passphrase-file",
    });
  const key = decoded(der, { where, passphrase: isLocked(text) ? passphrase : undefined });
  if (key.asymmetricKeyType !== "ed25519") throw otherKey(where, key.asymmetricKeyType ?? "unknown");
  const { x = "" } = createPublicKey(key).export({ format: "jwk" });
  return { key, public_key: new Uint8Array(Buffer.from(x, "base64url")) };
}

// The bytes between the armour, whole by their own account.
function derOf(text: string, where: string): Buffer {
  const label = /^-----BEGIN ([A-Z0-9 ]{1,64})-----/.exec(text)?.[1];
  if (label === undefined) throw damaged(where);
  if (label !== "PRIVATE KEY" && label !== "ENCRYPTED PRIVATE KEY")
    throw new CesError("KEY_TYPE", `${where} is a ${label.toLowerCase()}, not a private key in PKCS#8`, {
      remedy: "openssl pkcs8 -topk8 -nocrypt writes this form",
    });
  if (!text.includes("-----END")) throw truncated(where);
  const body = PEM.exec(text)?.[2]?.replaceAll(/\s/g, "");
  if (body === undefined || body.length % 4 !== 0) throw damaged(where);
  const der = Buffer.from(body, "base64");
  const declared = sequenceLength(der);
  if (declared === undefined || declared < der.length) throw damaged(where);
  if (declared > der.length) throw truncated(where);
  return der;
}

// The whole length of a DER sequence as its head says; undefined for anything else. Keys are short: two bytes of length at most.
function sequenceLength(der: Buffer): number | undefined {
  const [tag, length = 0, high = 0, low = 0] = der;
  if (tag !== 0x30) return undefined;
  if (length < 0x80) return 2 + length;
  if (length === 0x81) return 3 + high;
  return length === 0x82 ? 4 + high * 256 + low : undefined;
}

function decoded(der: Buffer, given: { readonly where: string; readonly passphrase: string | undefined }): KeyObject {
  const { where, passphrase } = given;
  try {
    return createPrivateKey({
      key: der,
      format: "der",
      type: "pkcs8",
      ...(passphrase === undefined ? {} : { passphrase }),
    });
  } catch {
    if (passphrase === undefined) throw damaged(where);
    throw new CesError("KEY_PASSPHRASE", `the passphrase does not open ${where}, or the key is damaged inside`, {
      remedy: "give the passphrase again",
    });
  }
}

const CURVES: readonly string[] = ["ec", "ed448", "x25519", "x448"];

function otherKey(where: string, type: string): CesError {
  if (CURVES.includes(type))
    return new CesError("KEY_CURVE", `${where} is a key of another curve (${type}); receipts are signed with Ed25519`, {
      remedy: "ces keys generate NAME",
    });
  return new CesError("KEY_TYPE", `${where} is a key of another kind (${type}); receipts are signed with Ed25519`, {
    remedy: "ces keys generate NAME",
  });
}

function damaged(where: string): CesError {
  return new CesError("KEY_DAMAGED", `${where} does not hold a key`, { remedy: "restore the key file from a backup" });
}

function truncated(where: string): CesError {
  return new CesError("KEY_TRUNCATED", `${where} is cut off`, { remedy: "restore the key file from a backup" });
}
