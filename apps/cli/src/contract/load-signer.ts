// The key that signs a receipt: a file that the person named. Its bytes stay in a closure.
import { limits, readPrivateKey } from "@ces/contract";
import type { ReceiptSigner } from "@ces/contract-runner";
import { nodeCrypto } from "@ces/crypto-node";
import { CesError } from "@ces/kernel";
import { readDocument } from "../csc/read-document.ts";

/** Throws CesError `CSC_FILE`, `CSC_KEY_REFUSED`. */
export function loadSigner(path: string, key_id: string): ReceiptSigner {
  if (key_id === "") throw new CesError("USAGE_OPTION", "`--key-id` is empty", { remedy: "name the key" });
  const read = readPrivateKey(readDocument(path, "key", limits.key_bytes));
  if (read.kind === "refused")
    throw new CesError("CSC_KEY_REFUSED", `\`${path}\`: ${read.text}`, {
      remedy: "openssl genpkey -algorithm ed25519",
    });
  const seed = read.bytes;
  return { key_id, sign: (message) => nodeCrypto.ed25519Sign(seed, message) };
}
