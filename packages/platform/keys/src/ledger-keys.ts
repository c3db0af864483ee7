// The ledger's symmetric keys by epoch: `ledger-0001.key`, `ledger-0002.key`, … and the override of the environment (S34).
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { CesError, utf8Encode } from "@ces/kernel";
import type { MacKey, MacKeys } from "@ces/ports";
import { KEY_BYTES, readKey, readOrMakeKey } from "./key-files.ts";
import { nativeMacKey } from "./native-mac-key.ts";

/** The keys of a ledger, and the way to make the next one before a rotation entry names it. */
export type LedgerKeys = MacKeys & { readonly makeNext: () => MacKey };

/**
 * Reads the epochs of `folder`; makes the first one unless an override stands in. `override` is the value of
 * CES_AUDIT_HMAC_SECRET. Throws CesError KEY_TOO_SHORT (under 32 bytes), STATE_UNSAFE, KEY_DAMAGED.
 */
export function ledgerKeys(folder: string, override: string | undefined): LedgerKeys {
  const byFingerprint = new Map<string, MacKey>();
  const add = (key: MacKey): MacKey => {
    byFingerprint.set(key.fingerprint, key);
    return key;
  };
  const stored = epochs(folder).map((epoch) => add(readEpoch(folder, epoch)));
  const named = override === undefined || override === "" ? undefined : add(overrideKey(override));
  const first = named ?? stored.at(-1) ?? add(nativeMacKey(readOrMakeKey(epochFile(folder, 1))));
  return {
    first,
    override: named?.fingerprint ?? null,
    key: (fingerprint) => byFingerprint.get(fingerprint),
    makeNext: () => add(nativeMacKey(readOrMakeKey(epochFile(folder, (epochs(folder).at(-1) ?? 0) + 1)))),
  };
}

function overrideKey(secret: string): MacKey {
  const bytes = utf8Encode(secret);
  if (bytes.length >= KEY_BYTES) return nativeMacKey(bytes);
  throw new CesError(
    "KEY_TOO_SHORT",
    `CES_AUDIT_HMAC_SECRET has ${bytes.length} bytes, at least ${KEY_BYTES} are needed`,
    {
      remedy: "set CES_AUDIT_HMAC_SECRET to at least 32 random bytes, or unset it",
    },
  );
}

function epochs(folder: string): readonly number[] {
  const numbers = readdirSync(folder).map((name) => Number(/^ledger-(\d{4})\.key$/.exec(name)?.[1] ?? 0));
  return numbers.filter((epoch) => epoch > 0).sort((a, b) => a - b);
}

function readEpoch(folder: string, epoch: number): MacKey {
  const bytes = readKey(epochFile(folder, epoch));
  if (bytes) return nativeMacKey(bytes);
  throw new CesError("KEY_DAMAGED", `ledger key ${epoch} vanished`, { remedy: "restore the key folder from a backup" });
}

function epochFile(folder: string, epoch: number): string {
  return join(folder, `ledger-${String(epoch).padStart(4, "0")}.key`);
}
