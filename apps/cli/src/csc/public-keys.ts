// Whose signatures a verifier trusts: one key for every id, one key for one id, or a file of keys with their times.
import { type KeyLookup, limits, readPublicKey, readTrust, type TrustedKey } from "@ces/contract";
import { CesError } from "@ces/kernel";
import { readDocument } from "./read-document.ts";

/** What the person named. */
export type KeyNames = {
  readonly public_key: string | undefined;
  readonly key_id: string | undefined;
  readonly trust: string | undefined;
};

/** The lookup for a verification. Throws CesError `CSC_FILE`, `CSC_KEY_REFUSED`, `CSC_TRUST_REFUSED`. */
export function keyLookup({ public_key, key_id, trust }: KeyNames): KeyLookup {
  const known = trust === undefined ? undefined : loadTrust(trust);
  const one = public_key === undefined ? undefined : { public_key: loadPublicKey(public_key) };
  return (id) => (one !== undefined && (key_id === undefined || key_id === id) ? one : known?.(id));
}

/** The 32 bytes of a public key file. Throws CesError `CSC_FILE`, `CSC_KEY_REFUSED`. */
export function loadPublicKey(path: string): Uint8Array {
  const read = readPublicKey(readDocument(path, "key", limits.key_bytes));
  if (read.kind === "read") return read.bytes;
  throw new CesError("CSC_KEY_REFUSED", `\`${path}\`: ${read.text}`, { remedy: "name the public key of the runner" });
}

function loadTrust(path: string): (key_id: string) => TrustedKey | undefined {
  const read = readTrust(readDocument(path, "trust file", limits.trust_bytes));
  if (read.kind === "read") return (id) => read.keys.get(id);
  throw new CesError("CSC_TRUST_REFUSED", `\`${path}\`: ${read.text}`, { remedy: "ces contract schema trust" });
}
