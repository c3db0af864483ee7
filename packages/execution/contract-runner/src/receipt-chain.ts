// Receipts of one runner in a row: each names the hash of the one before it, so that one that was taken out is missed (F-19).
import {
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmdirSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { ExecutionReceipt } from "@ces/contract";

/** A receipt and the hash by which the next one names it. */
export type SealedReceipt = { readonly receipt: ExecutionReceipt; readonly hash: string };

/** Seals a receipt that names the one before it. */
export type ReceiptChain = (seal: (previous: string | undefined) => SealedReceipt) => SealedReceipt;

const WAIT_MS = 5;
const MOST_WAITS = 400;
const STALE_MS = 10_000;

/**
 * The chain whose head lies in `folder`, which is ours. Runners take turns; one that cannot have its turn within two seconds seals a
 * receipt that names nobody, which a reader of the chain sees.
 */
export function receiptChain(folder: string): ReceiptChain {
  const head = join(folder, "head");
  return (seal) => {
    const turn = takeTurn(join(folder, "turn"));
    if (!turn) return seal(undefined);
    try {
      const sealed = seal(readHead(head));
      writeHead(head, sealed.hash);
      return sealed;
    } finally {
      rmdirSync(join(folder, "turn"));
    }
  };
}

// A folder is made by one of many; whoever died with it is found by its age.
function takeTurn(path: string): boolean {
  for (let left = MOST_WAITS; left > 0; left -= 1) {
    try {
      mkdirSync(path, { mode: 0o700 });
      return true;
    } catch {
      if (ageOf(path) > STALE_MS) dropStale(path);
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
    }
  }
  return false;
}

function ageOf(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? 0 : Date.now() - stat.mtimeMs;
}

function dropStale(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // Somebody else was faster.
  }
}

function readHead(path: string): string | undefined {
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    const bytes = Buffer.alloc(65);
    const text = bytes.toString("latin1", 0, readSync(fd, bytes, 0, bytes.length, 0)).trim();
    closeSync(fd);
    return /^[0-9a-f]{64}$/.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

function writeHead(path: string, hash: string): void {
  const temporary = `${path}.tmp`;
  const fd = openSync(
    temporary,
    constants.O_CREAT | constants.O_TRUNC | constants.O_WRONLY | constants.O_NOFOLLOW,
    0o600,
  );
  writeSync(fd, `${hash}\n`);
  fsyncSync(fd);
  closeSync(fd);
  renameSync(temporary, path);
}
