// The chain of a folder, to go on with. One writer at a time; what is told as stored is durable; what was not told as stored was never promised.
// Source: spec/acta.md §7.4, ADR 0014.
import { CesError, type Clock, type Crypto } from "@ces/kernel";
import {
  type ChainHead,
  KEY_ROTATION_TYPE,
  type Receipt,
  type ReceiptDraft,
  type ReceiptSigner,
  signCheckpoint,
  type Signed,
  signReceipt,
} from "@ces/receipts";
import { busy, rotatedTo, unwritable } from "./chain-errors.ts";
import type { ChainFiles } from "./chain-files.ts";
import { type ChainMemory, resumed } from "./chain-memory.ts";
import { follow, type Standing } from "./follow-chain.ts";
import { issueTime, justAfter } from "./issue-time.ts";
import { fileText, groupsOf, nameOf } from "./layout.ts";
import { keyDigest, rotationOf } from "./rotation-of.ts";

/** A receipt, the hash that the next one names, and the file it stands in. */
export type StoredReceipt = { readonly receipt: Receipt; readonly hash: string; readonly name: string };

/** Whose chain, in which folder, by which clock. `earlier`: public keys that handed it over by a rotation receipt. */
export type ChainGround = {
  readonly files: ChainFiles;
  readonly signer: ReceiptSigner;
  readonly earlier?: readonly Uint8Array[];
  readonly clock: Pick<Clock, "now">;
  readonly crypto: Pick<Crypto, "sha256" | "ed25519Verify">;
  /** What was verified here before, kept where whoever writes the folder cannot write. Without it the whole chain is read. */
  readonly memory?: ChainMemory;
};

/** A chain that is open for writing. Everything throws CesError `CHAIN_…`, `RECEIPT_REFUSED`, `STATE_…`; then nothing was stored. */
export type ChainStore = {
  /** Where it stands now, others' receipts included. */
  readonly head: () => ChainHead;
  /** Signs drafts as the next receipts and makes them durable together. One that is refused leaves none of them. Beyond about 1 MiB there is more than one group, each whole or not at all. */
  readonly append: (drafts: readonly ReceiptDraft[]) => readonly StoredReceipt[];
  /** As `append`, together with all that is handed in before the event loop turns: many receipts, one sync of the disk. A refusal is its own draft's alone. */
  readonly enqueue: (draft: ReceiptDraft) => Promise<StoredReceipt>;
  /** The key's last word: the chain is `next`'s from a millisecond later on. This store signs no more of it. */
  readonly handOver: (next: Pick<ReceiptSigner, "kid" | "public_key">, reason: string) => StoredReceipt;
  /** The text of a signed checkpoint of the chain as it stands. It counts once it is kept where no agent can write. */
  readonly checkpoint: () => string;
};

const TRIES = 1000;

/** Opens the chain of a folder and judges what is there: gaps, forks, every link, the tail's signature. Throws CesError `CHAIN_BROKEN`, `CHAIN_ROTATED`. */
export function openChain(ground: ChainGround): ChainStore {
  const { files, signer, earlier = [], clock, crypto } = ground;
  const owner = { signer, earlier, crypto };
  const { memory } = ground;
  let standing = follow(files, resumed(files, memory?.recall(), crypto), owner);
  const catchUp = (): Standing => (standing = follow(files, standing, owner));
  const moved = (to: Standing): void => {
    standing = to;
    memory?.keep(to);
  };
  const sign = (draft: Draft, at: Omit<Standing, "name">): Signed => {
    const issued_at = issueTime(clock.now(), at.earliest);
    return signReceipt(typeof draft === "function" ? draft(issued_at) : draft, {
      signer,
      head: at.head,
      issued_at,
      crypto,
    });
  };
  const store = (drafts: readonly Draft[], refused: Refused): readonly (StoredReceipt | null)[] =>
    guarded(() => files.alone(() => commit(files, { drafts, sign, catchUp, moved, refused })));
  const append = (drafts: readonly Draft[]): readonly StoredReceipt[] =>
    store(drafts, (_, error) => {
      throw error;
    }).filter((one) => one !== null);
  return {
    head: () => catchUp().head,
    append,
    enqueue: queueOf(store),
    handOver: (next, reason) =>
      append([(issued_at) => rotationDraft(next, { reason, issued_at, crypto })])[0] as StoredReceipt, // one draft, one receipt
    checkpoint: () => {
      const { head, earliest } = catchUp();
      const signed = signCheckpoint({ signer, head, issued_at: issueTime(clock.now(), earliest), crypto });
      if (signed.kind === "refused") throw refusal(signed);
      return signed.text;
    },
  };
}

type Draft = ReceiptDraft | ((issued_at: string) => ReceiptDraft);
/** What becomes of a draft that is refused: thrown, or told to the one who handed it in. */
type Refused = (index: number, error: CesError) => void;

type Work = {
  readonly drafts: readonly Draft[];
  readonly sign: (draft: Draft, at: Omit<Standing, "name">) => Signed;
  readonly catchUp: () => Standing;
  readonly moved: (to: Standing) => void;
  readonly refused: Refused;
};

// INVARIANT: nobody else writes now, and if somebody does nevertheless (a lock that a foreign machine does not see), the name is taken and the
// whole group is signed anew after the tail that is there.
function commit(files: ChainFiles, work: Work): readonly (StoredReceipt | null)[] {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const signed = signAll(work);
    const stored = new Map<number, StoredReceipt>();
    const lost = groupsOf(signed).some((group) => !storeGroup(files, group, { stored, moved: work.moved }));
    if (!lost) return work.drafts.map((_, index) => stored.get(index) ?? null);
    if (stored.size > 0) throw busy();
  }
  throw busy();
}

type SignedDraft = {
  readonly index: number;
  readonly text: string;
  readonly hash: string;
  readonly receipt: Receipt;
  /** Where the chain stands after it. */
  readonly after: Omit<Standing, "name">;
};

function signAll({ drafts, sign, catchUp, refused }: Work): readonly SignedDraft[] {
  const done: SignedDraft[] = [];
  let at: Omit<Standing, "name"> = catchUp();
  for (const [index, draft] of drafts.entries()) {
    if (at.handed_to !== null) throw rotatedTo(at.handed_to);
    const signed = sign(draft, at);
    if (signed.kind === "refused") {
      refused(index, refusal(signed));
      continue;
    }
    const { head, text, hash } = signed;
    const receipt = signed.receipt as unknown as Receipt; // a payload is plain JSON by its form
    const handed_to = rotationOf(receipt)?.new_kid ?? null;
    at = { head, earliest: String(receipt.payload["issued_at"]), handed_to };
    done.push({ index, text, hash, receipt, after: at });
  }
  return done;
}

// SECURITY: nothing is told as stored before this came back: the file and its name are durable then.
function storeGroup(
  files: ChainFiles,
  group: readonly SignedDraft[],
  { stored, moved }: { readonly stored: Map<number, StoredReceipt>; readonly moved: (to: Standing) => void },
): boolean {
  const [first, last] = [group[0], group.at(-1)];
  if (first === undefined || last === undefined) return true;
  const name = nameOf(first.after.head.count - 1);
  if (!files.create(name, fileText(group.map(({ text }) => text)))) return false;
  for (const { index, receipt, hash } of group) stored.set(index, { receipt, hash, name });
  moved({ ...last.after, name });
  return true;
}

type Waiting = {
  readonly draft: ReceiptDraft;
  readonly resolve: (stored: StoredReceipt) => void;
  readonly reject: (error: unknown) => void;
};

function queueOf(
  store: (drafts: readonly Draft[], refused: Refused) => readonly (StoredReceipt | null)[],
): ChainStore["enqueue"] {
  let waiting: Waiting[] = [];
  const flush = (): void => {
    const group = waiting;
    waiting = [];
    try {
      const drafts = group.map(({ draft }) => draft);
      const stored = store(drafts, (index, error) => group[index]?.reject(error));
      for (const [index, one] of stored.entries()) if (one !== null) group[index]?.resolve(one);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };
  return (draft) =>
    new Promise((resolve, reject) => {
      waiting.push({ draft, resolve, reject });
      // Two turns of the queue of promises, so that whoever was only just woken can still join.
      if (waiting.length === 1)
        void Promise.resolve()
          .then(() => undefined)
          .then(flush);
    });
}

function rotationDraft(
  next: Pick<ReceiptSigner, "kid" | "public_key">,
  {
    reason,
    issued_at,
    crypto,
  }: { readonly reason: string; readonly issued_at: string; readonly crypto: Pick<Crypto, "sha256"> },
): ReceiptDraft {
  const new_key_digest = keyDigest(next.public_key, crypto);
  // The old key's window ends where the new one's begins, and this receipt is still the old one's.
  return { type: KEY_ROTATION_TYPE, new_kid: next.kid, new_key_digest, effective_at: justAfter(issued_at), reason };
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw unwritable(error);
  }
}

function refusal({ causes }: Extract<Signed, { kind: "refused" }>): CesError {
  const text = causes.map(({ path, text: why }) => `${path} ${why}`.trim()).join("; ");
  return new CesError("RECEIPT_REFUSED", `${text}`, {
    remedy: "report this: a decision must always be fit to be signed",
  });
}
