// Receipt files against keys, and against the contract and policy that they claim to be of.
import { type ExecutionReceipt, type KeyLookup, limits, readReceipt, receiptChain, verifyReceipt } from "@ces/contract";
import { nodeCrypto } from "@ces/crypto-node";
import { type Json, parseJson } from "@ces/kernel";
import { readDocument } from "./read-document.ts";

/** What a receipt must belong to, if anything was named. */
export type Belonging = { readonly contract_sha256: string | undefined; readonly policy_sha256: string | undefined };

/** One verified receipt. `invalid` beats `undecidable`: what is wrong is wrong without a key. */
export type VerifiedReceipt = {
  readonly file: string;
  readonly verdict: "valid" | "invalid" | "undecidable";
  readonly reason: string | null;
  readonly text: string | null;
  readonly contract_id: string | null;
  readonly execution_id: string | null;
  readonly status: string | null;
  readonly key_id: string | null;
  readonly signed_at: string | null;
};

/** Verifies each file. Throws CesError `CSC_FILE` for one that is not there. */
export function verifyReceiptFiles(
  files: readonly string[],
  keyOf: KeyLookup,
  belonging: Belonging,
): readonly VerifiedReceipt[] {
  return files.map((file) => verifyFile(file, keyOf, belonging));
}

/** The files as a chain, in their order; the text of the first fault, or null. Files that are no receipts are skipped here. */
export function chainFault(files: readonly string[]): string | null {
  const receipts = files.flatMap((file) => {
    const read = readReceipt(readDocument(file, "receipt", limits.receipt_bytes), nodeCrypto);
    return read.kind === "read" ? [{ file, receipt: read.value }] : [];
  });
  const [fault] = receiptChain(
    receipts.map(({ receipt }) => receipt),
    nodeCrypto,
  );
  return fault === undefined ? null : `${receipts[fault.at]?.file ?? "a receipt"}: ${fault.text}`;
}

function verifyFile(file: string, keyOf: KeyLookup, belonging: Belonging): VerifiedReceipt {
  const bytes = readDocument(file, "receipt", limits.receipt_bytes);
  const parsed = parseJson(bytes, { maxBytes: limits.receipt_bytes, maxDepth: limits.nesting });
  if (parsed.kind === "refused") return refused(file, parsed.cause, `it is no strict JSON (${parsed.cause})`);
  const verdict = verifyReceipt(parsed.value, keyOf, nodeCrypto);
  const said = wordsOf(parsed.value);
  if (verdict.kind !== "valid") {
    return { ...refused(file, verdict.reason, verdict.text), ...said, verdict: verdict.kind };
  }
  const foreign = foreignTo(parsed.value, belonging);
  return {
    file,
    verdict: foreign === null ? "valid" : "invalid",
    reason: foreign === null ? null : "foreign",
    text: foreign,
    ...said,
    key_id: verdict.key_id,
    signed_at: verdict.signed_at,
  };
}

function refused(file: string, reason: string, text: string): VerifiedReceipt {
  const unsaid = { contract_id: null, execution_id: null, status: null, key_id: null, signed_at: null };
  return { file, verdict: "invalid", reason, text, ...unsaid };
}

function wordsOf(receipt: Json): Pick<VerifiedReceipt, "contract_id" | "execution_id" | "status"> {
  const word = (name: string): string | null => {
    const value = typeof receipt === "object" && receipt !== null ? Reflect.get(receipt, name) : null;
    return typeof value === "string" ? value : null;
  };
  return { contract_id: word("contract_id"), execution_id: word("execution_id"), status: word("status") };
}

function foreignTo(receipt: Json, { contract_sha256, policy_sha256 }: Belonging): string | null {
  // The verdict was `valid`, so that its schema holds.
  const { contract_sha256: contract, policy_sha256: policy } = receipt as unknown as ExecutionReceipt;
  if (contract_sha256 !== undefined && contract !== contract_sha256) return "it is of another contract";
  return policy_sha256 !== undefined && policy !== policy_sha256 ? "it is of another policy" : null;
}
