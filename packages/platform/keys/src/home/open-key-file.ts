// A key that a person keeps in a file of their own, outside the home.
import { sign } from "node:crypto";
import type { OpenKey } from "./key-home.ts";
import { isLocked, readKeyText } from "./read-key-text.ts";
import { readPrivateFile } from "./read-private-file.ts";

/** A key file: the text of a PEM, or bytes of another form. SECURITY: the bytes stay with the caller's closure and are shown nowhere. */
export type KeyFile = {
  /** The file begins like a PEM. */
  readonly pem: boolean;
  /** It needs a passphrase. */
  readonly locked: boolean;
  readonly bytes: () => Uint8Array;
  /** Throws as `readKeyText`. */
  readonly open: (passphrase?: string) => OpenKey;
};

/** Reads a key file, absolute. Throws CesError `KEY_MISSING`, `KEY_EXPOSED`. */
export function readKeyFile(path: string): KeyFile {
  const bytes = readPrivateFile(path);
  const text = Buffer.from(bytes).toString("latin1");
  return {
    pem: text.trimStart().startsWith("-----BEGIN"),
    locked: isLocked(text),
    bytes: () => bytes,
    open: (passphrase) => {
      const { key, public_key } = readKeyText(text, `\`${path}\``, passphrase);
      return { public_key, sign: (message) => new Uint8Array(sign(null, message, key)), place: "process" };
    },
  };
}
