// Git's name for bytes, so that unchanged files are recognised without asking git (S36: by content, never by time or size).
import { createHash } from "node:crypto";

/** Names blobs as the repository does. */
export type BlobId = (bytes: Uint8Array) => string;

/** The naming function of an object format. */
export function blobIdOf(format: "sha1" | "sha256"): BlobId {
  return (bytes) => createHash(format).update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
