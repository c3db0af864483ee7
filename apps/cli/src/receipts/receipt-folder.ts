// A chain of receipts in a folder: one file each, numbered, made once. The next number is the lock: of two writers one makes it, the other
// reads the new tail and tries again, so there is never a fork.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { nodeCrypto } from "@ces/crypto-node";
import { createOnce, ownedDirectory, readOwned } from "@ces/files";
import { canonicalize, CesError, type JsonObject, parseJson, sha256Hex, utf8Decode } from "@ces/kernel";
import {
  type ChainHead,
  type DecisionDraft,
  EMPTY_CHAIN,
  type Receipt,
  type ReceiptSigner,
  signReceipt,
  verifyReceipt,
} from "@ces/receipts";

const TRIES = 1000;

/** A receipt and where it was stored. */
export type StoredReceipt = { readonly receipt: Receipt; readonly path: string };

/** Signs the next receipt of the chain in `folder` (made if missing, 0700) and stores it. Throws CesError `CHAIN_…`, `RECEIPT_REFUSED`, `STATE_UNSAFE`. */
export function storeNext(folder: string, draft: DecisionDraft, signer: ReceiptSigner): StoredReceipt {
  ownedDirectory(folder);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const head = headOf(folder, signer);
    const signed = signReceipt(draft, { signer, head, issued_at: new Date().toISOString(), crypto: nodeCrypto });
    if (signed.kind === "refused")
      throw new CesError(
        "RECEIPT_REFUSED",
        signed.causes.map(({ path, text }) => `${path} ${text}`.trim()).join("; "),
        {
          remedy: "report this: a decision must always be fit to be signed",
        },
      );
    const path = join(folder, nameOf(head.count));
    // SECURITY: nothing is acted on before this is durable.
    if (createOnce(path, `${signed.text}\n`)) return { receipt: signed.receipt as unknown as Receipt, path };
  }
  throw new CesError("CHAIN_BUSY", `\`${folder}\` is being written by others without end`, { remedy: "try again" });
}

/** `000.json`, `001.json`, …, `1000.json`. */
function nameOf(index: number): string {
  return `${String(index).padStart(3, "0")}.json`;
}

// The tail is read back and verified: a chain is only gone on with from a receipt that is ours and in its place.
function headOf(folder: string, signer: ReceiptSigner): ChainHead {
  const numbers = readdirSync(folder).flatMap((name) => /^(\d{3,12})\.json$/.exec(name)?.[1] ?? []);
  const count = numbers.length;
  const names = new Set(numbers.map((digits) => `${digits}.json`));
  const missing = Array.from({ length: count }, (_, index) => nameOf(index)).find((name) => !names.has(name));
  if (missing !== undefined) throw broken(folder, `\`${missing}\` is missing`);
  if (count === 0) return EMPTY_CHAIN;
  const last = tailOf(folder, count - 1, signer);
  const before = count > 1 ? hashOf(readReceipt(folder, count - 2)) : undefined;
  if (last["sequence"] !== count || last["previousReceiptHash"] !== before)
    throw broken(folder, `\`${nameOf(count - 1)}\` is not the one after \`${nameOf(count - 2)}\``);
  return { count, terminal_hash: hashOf(readReceipt(folder, count - 1)) };
}

function tailOf(folder: string, index: number, signer: ReceiptSigner): JsonObject {
  const text = readReceipt(folder, index);
  const report = verifyReceipt(text, { crypto: nodeCrypto, anchors: { key: signer.public_key } });
  if (report.outcome !== "valid")
    throw broken(
      folder,
      `\`${nameOf(index)}\` does not verify under this key (${report.causes.map(({ code }) => code).join(", ")})`,
    );
  const payload = objectOf(text)["payload"];
  return payload !== null && typeof payload === "object" && !Array.isArray(payload) ? (payload as JsonObject) : {};
}

function readReceipt(folder: string, index: number): string {
  const bytes = readOwned(join(folder, nameOf(index)));
  const text = bytes === undefined ? undefined : utf8Decode(bytes);
  if (text === undefined) throw broken(folder, `\`${nameOf(index)}\` cannot be read`);
  return text;
}

function hashOf(text: string): string {
  return `sha256:${sha256Hex(nodeCrypto, canonicalize(objectOf(text), "strict"))}`;
}

function objectOf(text: string): JsonObject {
  const read = parseJson(text);
  return read.kind === "parsed" && read.value !== null && typeof read.value === "object" && !Array.isArray(read.value)
    ? (read.value as JsonObject)
    : {};
}

function broken(folder: string, why: string): CesError {
  return new CesError("CHAIN_BROKEN", `the chain in \`${folder}\` cannot be gone on with: ${why}`, {
    remedy: "begin a chain in an empty folder, or sign with the key of this one",
  });
}
