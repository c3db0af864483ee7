// Private keys as files: 32 bytes, 0600, made once, refused when anyone else could have read or placed them.
import { randomBytes } from "node:crypto";
import { CesError } from "@ces/kernel";
import { createOnce, readOwned } from "@ces/files";

/** Length of every key and seed of CES, in bytes. */
export const KEY_BYTES = 32;

/** The key in a file; undefined when there is none. Throws CesError STATE_UNSAFE, KEY_DAMAGED. */
export function readKey(path: string): Uint8Array | undefined {
  const bytes = readOwned(path, { maxBytes: 4096 });
  if (bytes && bytes.length !== KEY_BYTES) {
    throw new CesError("KEY_DAMAGED", `\`${path}\` does not hold a key`, {
      remedy: "restore the key file from a backup",
    });
  }
  return bytes;
}

/** The key in a file, made from fresh random bytes if there is none. Two processes at once get the same key. */
export function readOrMakeKey(path: string): Uint8Array {
  const found = readKey(path);
  if (found) return found;
  createOnce(path, new Uint8Array(randomBytes(KEY_BYTES)));
  const made = readKey(path);
  if (made) return made;
  throw new CesError("KEY_DAMAGED", `\`${path}\` vanished while it was made`, { remedy: "run the command again" });
}
