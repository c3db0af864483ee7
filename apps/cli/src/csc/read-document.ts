// Contracts, policies, approvals, receipts and public keys that the person named: attacker-controlled bytes, size-capped, regular files only,
// parsed as data. A link is followed, because the person wrote its name.
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { CesError } from "@ces/kernel";

/** What is read, as errors name it. */
export type DocumentKind = "contract" | "policy" | "approval" | "receipt" | "key" | "trust file";

/** The bytes of a regular file of at most `most` bytes. Throws CesError `CSC_FILE`. */
export function readDocument(path: string, kind: DocumentKind, most: number): Uint8Array {
  let fd: number | undefined;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = fstatSync(fd);
    if (!stats.isFile()) throw new Error("it is no regular file");
    if (stats.size > most) throw new Error(`it has ${stats.size} bytes, at most ${most} bytes are read`);
    return new Uint8Array(readFileSync(fd));
  } catch (error) {
    throw new CesError("CSC_FILE", `failed to read ${kind} \`${path}\`: ${reasonOf(error)}`, {
      remedy: `name ${kind === "approval" ? "an" : "a"} ${kind} that is there`,
      cause: error,
    });
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

// Node's messages repeat the path and the call.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const code = "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return "it is not there";
  if (code === "EACCES") return "it may not be read";
  return error.message;
}
