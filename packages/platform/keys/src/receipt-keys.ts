// The project's keys for receipts by epoch: `receipts-0001.key`, `receipts-0002.key`, … Apart from the key that seals evidence, because
// receipts are shown to strangers and their key is rotated on its own. Of a key that signs no more only `receipts-0001.pub` is left, so that
// whoever comes later cannot date back with it. Source: spec/acta.md §7.3.
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CesError, encodeHex } from "@ces/kernel";
import type { Signer } from "@ces/ports";
import { createOnce, syncDirectory } from "@ces/files";
import { ed25519Signer } from "./ed25519-signer.ts";
import { readKey, readOrMakeKey } from "./key-files.ts";

/** One epoch; `signer` is null when its private half is gone. */
export type ReceiptEpoch = { readonly public_key: Uint8Array; readonly signer: Signer | null };

/** The epochs of a project. */
export type ReceiptKeys = {
  /** Oldest first, read anew each time: another process may have made the next one. There is always one. */
  readonly epochs: () => readonly ReceiptEpoch[];
  readonly makeNext: () => Signer;
  /** Destroys the private half of every epoch before the one with this public key. */
  readonly retireBefore: (public_key: Uint8Array) => void;
};

/** Opens (the first time: makes) the receipt keys of `folder`. Throws CesError STATE_UNSAFE, KEY_DAMAGED. */
export function receiptKeys(folder: string): ReceiptKeys {
  if (numbers(folder).length === 0) readOrMakeKey(place(folder, 1, "key"));
  return {
    epochs: () => numbers(folder).map((epoch) => readEpoch(folder, epoch)),
    makeNext: () => ed25519Signer(readOrMakeKey(place(folder, (numbers(folder).at(-1) ?? 0) + 1, "key"))),
    retireBefore: (public_key) => {
      const known = numbers(folder);
      const until = known.findIndex((epoch) => isSame(readEpoch(folder, epoch).public_key, public_key));
      for (const epoch of known.slice(0, Math.max(until, 0))) retire(folder, epoch);
    },
  };
}

// The public half first: killed in between, there are both, and the public one counts.
function retire(folder: string, epoch: number): void {
  const { public_key } = readEpoch(folder, epoch);
  createOnce(place(folder, epoch, "pub"), public_key);
  rmSync(place(folder, epoch, "key"), { force: true });
  syncDirectory(folder);
}

function readEpoch(folder: string, epoch: number): ReceiptEpoch {
  const retired = readKey(place(folder, epoch, "pub"));
  if (retired) return { public_key: retired, signer: null };
  const seed = readKey(place(folder, epoch, "key"));
  if (seed) {
    const signer = ed25519Signer(seed);
    return { public_key: signer.public_key, signer };
  }
  throw new CesError("KEY_DAMAGED", `receipt key ${epoch} vanished`, {
    remedy: "restore the key folder from a backup",
  });
}

function numbers(folder: string): readonly number[] {
  const found = readdirSync(folder).map((name) => Number(/^receipts-(\d{4})\.(?:key|pub)$/.exec(name)?.[1] ?? 0));
  return [...new Set(found)].filter((epoch) => epoch > 0).sort((a, b) => a - b);
}

const place = (folder: string, epoch: number, half: "key" | "pub"): string =>
  join(folder, `receipts-${String(epoch).padStart(4, "0")}.${half}`);

const isSame = (a: Uint8Array, b: Uint8Array): boolean => encodeHex(a) === encodeHex(b);
