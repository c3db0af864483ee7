// Object names: the hash of header and bytes, in the format of the repository.
import { createHash } from "node:crypto";

/** SHA-1 or SHA-256 repositories. */
export type ObjectFormat = "sha1" | "sha256";

/** The kinds of objects that CES reads and writes. */
export type ObjectType = "blob" | "tree" | "commit";

/** The bytes git hashes in front of an object's own. */
export function objectHeader(type: ObjectType, length: number): Buffer {
  return Buffer.from(`${type} ${length}\0`, "latin1");
}

/** The name of an object, lower-case hex. */
export function objectId(format: ObjectFormat, type: ObjectType, bytes: Uint8Array): string {
  return createHash(format).update(objectHeader(type, bytes.length)).update(bytes).digest("hex");
}
