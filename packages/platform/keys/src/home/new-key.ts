// A key on its way into the home: made here, taken over from a text, or held by a program. No member gives its private half away.
import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { nodeCrypto } from "@ces/crypto-node";
import { CesError } from "@ces/kernel";
import { createOnce } from "@ces/files";
import { askSigner } from "./external-signer.ts";
import { keyText } from "./key-text.ts";
import { isLocked, readKeyText } from "./read-key-text.ts";
import type { KeyFacts, SigningProgram } from "./receipt-key.schema.ts";

/** A key that has no name yet. `store` writes the private half to a file that must not exist; null when a program holds it. */
export type NewKey = {
  readonly public_key: Uint8Array;
  readonly form: KeyFacts["form"];
  readonly program: SigningProgram | null;
  readonly store: ((path: string) => boolean) | null;
};

/** A fresh key, under a passphrase if one is given. */
export function madeKey(passphrase?: string): NewKey {
  const { privateKey } = generateKeyPairSync("ed25519");
  return stored(privateKey, keyText(privateKey, passphrase));
}

/** The key of a text in PEM; it stays under its own passphrase, and a plain one comes under `passphrase` if one is given. Throws as `readKeyText`. */
export function takenKey(text: string, where: string, passphrase?: string): NewKey {
  const { key } = readKeyText(text, where, passphrase);
  return stored(key, keyText(key, passphrase));
}

/** A key that a program holds. It proves so before it is taken: it signs 32 fresh bytes. Throws CesError `KEY_SIGNER`. */
export function heldKey(public_key: Uint8Array, program: SigningProgram): NewKey {
  const question = new Uint8Array(randomBytes(32));
  if (nodeCrypto.ed25519Verify(public_key, question, askSigner(program, question)))
    return { public_key, form: "external", program, store: null };
  throw new CesError("KEY_SIGNER", `the signing program \`${program.path}\` does not sign with this key`, {
    remedy: "name the public half of the key that it signs with",
  });
}

function stored(key: KeyObject, text: string): NewKey {
  const jwk = createPublicKey(key).export({ format: "jwk" });
  return {
    public_key: new Uint8Array(Buffer.from(jwk.x ?? "", "base64url")),
    form: isLocked(text) ? "locked" : "plain",
    program: null,
    store: (path) => createOnce(path, text),
  };
}
