// The door for receipts of both versions. Source: spec/csc.md §1.4, F-07, F-36.

import type { Json } from "@ces/kernel";
import { receiptSha256, type Hasher } from "../digests.ts";
import type { ExecutionReceipt } from "../execution-receipt.ts";
import { limits } from "../limits.ts";
import type { Problem, Read } from "../problem.ts";
import { houseReceiptSchema, signedReceiptSchema } from "../schema/house-schemas.ts";
import { readJson, schemaProblems } from "./read-json.ts";

/** Reads a receipt from the bytes of its JSON file. A published receipt may carry its signature. Never throws. */
export function readReceipt(bytes: Uint8Array, crypto: Hasher): Read<ExecutionReceipt> {
  const parsed = readJson(bytes, "receipt", limits.receipt_bytes);
  if (parsed.kind === "refused") return parsed;
  const problems = receiptProblems(parsed.value);
  if (problems.length > 0) return { kind: "refused", problems };
  // The schemas are the type; a test holds them together.
  const value = parsed.value as unknown as ExecutionReceipt;
  return { kind: "read", value, sha256: receiptSha256(value, crypto) };
}

/** What the schema of the receipt's own version says against it; an unknown version is judged by the published schema. */
export function receiptProblems(receipt: Json): readonly Problem[] {
  return schemaProblems(schemaOf(receipt), receipt, "receipt");
}

function schemaOf(receipt: Json): typeof houseReceiptSchema {
  const ours = typeof receipt === "object" && receipt !== null && "receipt_version" in receipt;
  return ours && receipt.receipt_version === "csc.receipt.v0.1+ces.1" ? houseReceiptSchema : signedReceiptSchema;
}
