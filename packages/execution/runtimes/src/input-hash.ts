// The hash under which a decision row names a call's input.
import { createHash } from "node:crypto";
import { hashJson, type Json } from "@ces/kernel";

/** Lower-case hex SHA-256 of the canonical input, in its own domain. */
export function inputHash(input: Json): string {
  const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());
  return hashJson({ sha256 }, "ces.tool-input/v1", input);
}
