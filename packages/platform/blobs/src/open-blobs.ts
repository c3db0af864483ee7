// Large bytes by content address, in the trust domain: written once, checked whenever they are read.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { createOnce, ownedDirectory, readOwned } from "@ces/files";
import { CesError } from "@ces/kernel";
import type { BlobRef, Blobs } from "@ces/ports";

const SHA256 = /^[0-9a-f]{64}$/;
const MAX_BYTES = 2 ** 31 - 1;

/** Opens the folder of blobs, made with mode 0700 if missing. Throws CesError STATE_UNSAFE; `get` also BLOB_MODIFIED (exit 4). */
export function openBlobs(directory: string): Blobs {
  ownedDirectory(directory);
  return {
    put: (bytes) => put(directory, bytes),
    get: (sha256) => (SHA256.test(sha256) ? get(directory, sha256) : undefined),
  };
}

function put(directory: string, bytes: Uint8Array): BlobRef {
  const sha256 = digest(bytes);
  ownedDirectory(join(directory, sha256.slice(0, 2)));
  // One that is there already is checked like any other; a damaged one is never silently kept.
  if (!createOnce(path(directory, sha256), bytes)) get(directory, sha256);
  return { sha256, bytes: bytes.length };
}

function get(directory: string, sha256: string): Uint8Array | undefined {
  const bytes = readOwned(path(directory, sha256), { maxBytes: MAX_BYTES });
  if (!bytes || digest(bytes) === sha256) return bytes;
  throw new CesError("BLOB_MODIFIED", `blob \`${sha256}\` does not hold what it is named after`, {
    remedy: "ces audit verify",
  });
}

function path(directory: string, sha256: string): string {
  return join(directory, sha256.slice(0, 2), sha256.slice(2));
}

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
