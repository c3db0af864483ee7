// The project's keys for receipts by epoch: `receipts-0001.key`, `receipts-0002.key`, … Apart from the key that seals evidence, because
// receipts are shown to strangers and their key is rotated on its own. Source: spec/acta.md §7.3.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Signer } from "@ces/ports";
import { CesError } from "@ces/kernel";
import { ed25519Signer } from "./ed25519-signer.ts";
import { readKey, readOrMakeKey } from "./key-files.ts";

/** The epochs of a project, oldest first; there is always one. `epochs` reads them anew: another process may have made the next one. */
export type ReceiptKeys = { readonly epochs: () => readonly Signer[]; readonly makeNext: () => Signer };

/** Opens (the first time: makes) the receipt keys of `folder`. Throws CesError STATE_UNSAFE, KEY_DAMAGED. */
export function receiptKeys(folder: string): ReceiptKeys {
  if (epochs(folder).length === 0) readOrMakeKey(epochFile(folder, 1));
  return {
    epochs: () => epochs(folder).map((epoch) => readEpoch(folder, epoch)),
    makeNext: () => ed25519Signer(readOrMakeKey(epochFile(folder, (epochs(folder).at(-1) ?? 0) + 1))),
  };
}

function epochs(folder: string): readonly number[] {
  const numbers = readdirSync(folder).map((name) => Number(/^receipts-(\d{4})\.key$/.exec(name)?.[1] ?? 0));
  return numbers.filter((epoch) => epoch > 0).sort((a, b) => a - b);
}

function readEpoch(folder: string, epoch: number): Signer {
  const bytes = readKey(epochFile(folder, epoch));
  if (bytes) return ed25519Signer(bytes);
  throw new CesError("KEY_DAMAGED", `receipt key ${epoch} vanished`, {
    remedy: "restore the key folder from a backup",
  });
}

const epochFile = (folder: string, epoch: number): string =>
  join(folder, `receipts-${String(epoch).padStart(4, "0")}.key`);
