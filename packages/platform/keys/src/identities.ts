// A person's own keys: what makes "this person consented" provable (S21). The private half stays in the user's trust
// domain, the public half goes into the ledger as an `identity` record.
import { lstatSync } from "node:fs";
import { join } from "node:path";
import { nodeCrypto } from "@ces/crypto-node";
import { CesError, decodeBase64, encodeBase64 } from "@ces/kernel";
import type { Signature, Signer } from "@ces/ports";
import type { Identity } from "@ces/records";
import { ownedDirectory } from "@ces/files";
import { ed25519Signer, keyId } from "./ed25519-signer.ts";
import { KEY_BYTES, readKey, readOrMakeKey } from "./key-files.ts";

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The keys of the people who use this account. */
export type Identities = {
  /** Makes a key for a new name; returns the public half, base64. Throws CesError IDENTITY_EXISTS, IDENTITY_NAME. */
  readonly make: (name: string) => string;
  /** A signer for a name; undefined when this account holds no key for it. */
  readonly signer: (name: string) => Signer | undefined;
};

/** Opens the folder of identities, made with mode 0700 if missing. */
export function openIdentities(folder: string): Identities {
  ownedDirectory(folder);
  const file = (name: string): string => {
    if (NAME.test(name)) return join(folder, `${name}.key`);
    throw new CesError(
      "IDENTITY_NAME",
      `\`${name}\` is not a name: letters, digits, dot, dash and underscore, at most 64`,
      { remedy: "ces keys enroll alice --may hybrid" },
    );
  };
  return {
    make: (name) => {
      if (lstatSync(file(name), { throwIfNoEntry: false }))
        throw new CesError("IDENTITY_EXISTS", `there is already a key for \`${name}\``, {
          remedy: "choose another name",
        });
      return encodeBase64(ed25519Signer(readOrMakeKey(file(name))).public_key);
    },
    signer: (name) => {
      const seed = readKey(file(name));
      return seed && ed25519Signer(seed);
    },
  };
}

/** True when the enrolled identity signed exactly this message. */
export function verifyIdentity(
  identity: Pick<Identity, "public_key">,
  message: Uint8Array,
  signed: Signature,
): boolean {
  const publicKey = decodeBase64(identity.public_key);
  const signature = decodeBase64(signed.signature);
  if (publicKey?.length !== KEY_BYTES || !signature || keyId(publicKey) !== signed.key_id) return false;
  return nodeCrypto.ed25519Verify(publicKey, message, signature);
}
