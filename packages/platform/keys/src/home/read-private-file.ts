// A file that only its owner may know, such as a private key or a passphrase. What is wrong with the place has a name of its own.
import { lstatSync } from "node:fs";
import { readOwned } from "@ces/files";
import { CesError, isCesError } from "@ces/kernel";

const MOST_BYTES = 64 * 1024;

/** The bytes of a regular file of ours with mode 0600 or less, no link. Throws CesError `KEY_MISSING`, `KEY_EXPOSED`. */
export function readPrivateFile(path: string): Uint8Array {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() === true && (stats.mode & 0o077) !== 0)
    throw exposed(
      `\`${path}\` can be read by others than you`,
      `chmod 600 ${path}; if anybody may have read it, make another one`,
    );
  const bytes = unexposed(() => readOwned(path, { maxBytes: MOST_BYTES }));
  if (bytes !== undefined) return bytes;
  throw new CesError("KEY_MISSING", `\`${path}\` is not there`, {
    remedy: "name a file that is there, or ces keys list",
  });
}

/** Runs `work` on files of the trust domain; what is not ours alone there is `KEY_EXPOSED`. */
export function unexposed<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isCesError(error, "STATE_UNSAFE")) throw error;
    const fault = error.message.replace(/^.* ours alone, but /, "");
    throw exposed(
      `a key must be yours alone, but ${fault}`,
      "chmod 700 the folder and 600 the file, or name another; a key that others may have read is theirs, too",
    );
  }
}

function exposed(why: string, remedy: string): CesError {
  return new CesError("KEY_EXPOSED", `${why}`, { remedy });
}
