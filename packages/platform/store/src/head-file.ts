// The signed head beside the database, replaced after every commit (S32). Two slots of one block each, written in turn: a
// commit costs one write of 4 KiB, and a torn one leaves the other slot. The database is durable before its head, so a head
// that lags (power loss) is caught up at open; a head is never ahead. The file is flushed in the background and at close.
import { closeSync, constants, fdatasync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { atomicWrite, readOwned } from "@ces/files";
import type { LedgerHead, SignedHead } from "@ces/records";
import { SignedHeadText } from "./rows.schema.ts";
import { tampered } from "./store-error.ts";

const SLOT = 4096;
const FLUSH_MS = 100;

/** The head on disk. `damaged`: a slot is unreadable, which only a torn write behind the other slot's commit explains. */
export type HeadRead = { readonly signed: SignedHead; readonly head: LedgerHead; readonly damaged: boolean };

/** The head file of one database. */
export type HeadFile = {
  /** Undefined: there is no file. Throws CesError HEAD_INVALID when no slot is signed by the project's key. */
  readonly read: () => HeadRead | undefined;
  /** Makes the file, durable at once. */
  readonly create: (signed: SignedHead) => void;
  readonly write: (signed: SignedHead) => void;
  readonly close: () => void;
};

/** The head file at `path`; `open` gives the head if its signature holds. */
export function headFile(path: string, open: (signed: SignedHead) => LedgerHead | undefined): HeadFile {
  let fd: number | undefined;
  let slot: 0 | 1 = 0;
  const flush = flushSoon();
  const bytes = Buffer.alloc(SLOT);
  return {
    read: () => {
      const found = readSlots(path, open);
      if (found) slot = found.slot === 0 ? 1 : 0;
      return found;
    },
    create: (signed) => atomicWrite(path, Buffer.concat([block(signed, bytes), bytes])),
    write: (signed) => {
      fd ??= openSync(path, constants.O_RDWR | constants.O_NOFOLLOW);
      writeSync(fd, block(signed, bytes), 0, SLOT, slot * SLOT);
      slot = slot === 0 ? 1 : 0;
      flush(fd);
    },
    close: () => {
      if (fd === undefined) return;
      fdatasyncSync(fd);
      closeSync(fd);
      fd = undefined;
    },
  };
}

// One flush at a time and at most ten a second: the next commit must not queue behind the flush of this one.
function flushSoon(): (fd: number) => void {
  let last = -FLUSH_MS;
  let running = false;
  return (fd) => {
    const now = performance.now();
    if (running || now - last < FLUSH_MS) return;
    last = now;
    running = true;
    // The descriptor may be closed by then; close() flushes itself.
    fdatasync(fd, () => {
      running = false;
    });
  };
}

function block(signed: SignedHead, bytes: Buffer): Buffer {
  const text = `${JSON.stringify(signed)}\n`;
  if (text.length > SLOT) throw new RangeError("a signed head is larger than its slot");
  bytes.fill(0x20).write(text, 0, "latin1");
  return bytes;
}

function readSlots(
  path: string,
  open: (signed: SignedHead) => LedgerHead | undefined,
): (HeadRead & { readonly slot: 0 | 1 }) | undefined {
  const bytes = readOwned(path, { maxBytes: 2 * SLOT });
  if (!bytes) return undefined;
  const slots = slotsOf(bytes).flatMap(({ slot, signed }) => {
    const head = open(signed);
    return head ? [{ signed, head, slot }] : [];
  });
  const newest = slots.reduce<(typeof slots)[number] | undefined>(
    (best, one) => (best && progress(best.head) >= progress(one.head) ? best : one),
    undefined,
  );
  if (!newest) throw tampered("HEAD_INVALID", "the ledger's head is not signed by the project's key");
  return { ...newest, damaged: slots.length < 2 };
}

/** The newest head in the bytes of a head file, whoever signed it; undefined when there is none. */
export function newestHead(bytes: Uint8Array | undefined): SignedHead | undefined {
  const heads = bytes ? slotsOf(bytes).map(({ signed }) => signed) : [];
  return heads.reduce<SignedHead | undefined>(
    (best, one) => (best && progress(best.head) >= progress(one.head) ? best : one),
    undefined,
  );
}

function slotsOf(bytes: Uint8Array): readonly { readonly slot: 0 | 1; readonly signed: SignedHead }[] {
  return ([0, 1] as const).flatMap((slot) => {
    const signed = parse(Buffer.from(bytes.subarray(slot * SLOT, (slot + 1) * SLOT)).toString("utf8"));
    return signed ? [{ slot, signed }] : [];
  });
}

function progress(head: LedgerHead): number {
  return head.count + head.trail_count;
}

function parse(text: string): SignedHead | undefined {
  try {
    return SignedHeadText.parse(JSON.parse(text));
  } catch {
    return undefined; // a torn or foreign slot: the other one decides
  }
}
