// Where a long chain stood when it was last verified by this account, so that the next receipt does not read all of it. Short chains are read whole.
import { join } from "node:path";
import { nodeCrypto } from "@ces/crypto-node";
import { atomicWrite, ownedDirectory, readOwned } from "@ces/files";
import { parseJson, sha256Hex } from "@ces/kernel";
import type { ChainMemory, Standing } from "@ces/receipt-store";
import { type Place, stateDir } from "../wire/account-folders.ts";

/** From this length on, and then after every so many receipts, the place is kept. */
const [LONG, EVERY] = [256, 64] as const;

/** The memory of the chain in `folder` (absolute) under the key `kid`: each key judges a chain for itself. */
export function chainMemory(place: Place, folder: string, kid: string): ChainMemory {
  const name = `${sha256Hex(nodeCrypto, `${folder}\0${kid}`).slice(0, 32)}.json`;
  const home = join(stateDir(place), "chain-places");
  return {
    recall: () => standingIn(readOwned(join(home, name), { maxBytes: 4096 })),
    keep: (standing) => {
      const { count } = standing.head;
      if (count < LONG || count % EVERY !== 0) return;
      try {
        ownedDirectory(home);
        atomicWrite(join(home, name), `${JSON.stringify(standing)}\n`);
      } catch {
        // The receipt is stored; a place that could not be kept costs the next one time and nothing else.
      }
    },
  };
}

// Ours alone, by `readOwned`; one that is damaged is none.
function standingIn(bytes: Uint8Array | undefined): Standing | undefined {
  if (bytes === undefined) return undefined;
  const read = parseJson(bytes);
  if (read.kind === "refused" || read.value === null || typeof read.value !== "object") return undefined;
  const { head, name, earliest, handed_to } = read.value as Partial<Record<keyof Standing, unknown>>;
  const { count, terminal_hash } = (head ?? {}) as Partial<Record<keyof Standing["head"], unknown>>;
  if (typeof count !== "number" || typeof terminal_hash !== "string" || typeof name !== "string") return undefined;
  if (typeof earliest !== "string" || handed_to !== null) return undefined;
  return { head: { count, terminal_hash }, name, earliest, handed_to };
}
