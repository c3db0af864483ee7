// Chains for the tests of this room: real folders below a scratch one, fixed keys, a clock that the test sets.
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeCrypto } from "@ces/crypto-node";
import { openRecordFolder } from "@ces/files";
import { type ReceiptSigner, seedSigner, verifyReceipts, type ChainReport } from "@ces/receipts";
import { onTestFinished } from "vitest";
import { type ChainFiles, type ChainMemory, type ChainStore, MOST_BYTES, openChain } from "@ces/receipt-store";

export const first: ReceiptSigner = seedSigner(new Uint8Array(32).fill(3), nodeCrypto);
export const second: ReceiptSigner = seedSigner(new Uint8Array(32).fill(4), nodeCrypto);

/** A scratch folder's path for a chain, not made yet. */
export function chainFolder(): string {
  const root = mkdtempSync(join(realpathSync(tmpdir()), "ces-chain-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return join(root, "chain");
}

export const filesOf = (folder: string): ChainFiles => openRecordFolder(folder, { maxBytes: MOST_BYTES });

/** A clock that stands where `at` says. */
export const clockAt = (at: { ms: number }) => ({ now: () => new Date(at.ms).toISOString() });

export const NOON = Date.UTC(2026, 6, 15, 12);

/** Opens the chain of a folder, by `first` and at noon unless told. */
export function open(
  folder: string,
  more: {
    signer?: ReceiptSigner;
    earlier?: readonly Uint8Array[];
    files?: ChainFiles;
    at?: { ms: number };
    memory?: ChainMemory;
  } = {},
): ChainStore {
  const { signer = first, earlier = [], files = filesOf(folder), at = { ms: NOON }, memory } = more;
  const ground = { files, signer, earlier, clock: clockAt(at), crypto: nodeCrypto };
  return openChain(memory === undefined ? ground : { ...ground, memory });
}

/** The files of a chain in their order. */
export const namesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .toSorted();

/** What a stranger says of the files, in their order, under the keys given. */
export function judged(folder: string, keys: readonly ReceiptSigner[] = [first]): ChainReport {
  const items = namesIn(folder).flatMap((name) => {
    const value = JSON.parse(readFileSync(join(folder, name), "utf8"));
    return (Array.isArray(value) ? value : [value]).map((one) => ({ value: one }));
  });
  const entries = keys.map(({ kid, public_key }) => ({
    kid,
    public_key,
    issuer_kid: kid,
    fault: null,
    valid_from: null,
    valid_until: null,
    revoked_at: null,
  }));
  return verifyReceipts(items, { crypto: nodeCrypto, anchors: { jwks: { keys: entries } } });
}

/** The code of what `run` throws; undefined when it throws nothing. */
export function codeOf(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
}
