// A name gets its next key. Three durable steps: the next key is made and the chains are named; each chain gets the old key's last word; the record is
// replaced. Killed anywhere, the chains say how it ends: all have the word: the new key; none has it: the old one; some have it: it is to be finished.
// Source: spec/acta.md §7.3.
import { CesError, isCesError } from "@ces/kernel";
import type { KeyHome, NewKey, OpenKey, ReceiptKey } from "@ces/keys";
import { publicKeyIn, receiptSigner } from "./key-home-of.ts";
import { type LastWord, lastWordIn } from "./last-word.ts";
import { openReceiptChain } from "./open-receipt-chain.ts";

/** What a rotation is asked for. `open` opens the old key. */
export type RotationRequest = {
  readonly name: string;
  readonly next: () => NewKey;
  /** Folders of the chains, absolute. */
  readonly chains: readonly string[];
  readonly reason: "scheduled" | "compromised";
  readonly open: () => OpenKey;
  readonly now: () => string;
};

/** `begun`: this one; `finished`: one that was interrupted earlier, and no other was begun. */
export type Rotated = { readonly kind: "begun" | "finished"; readonly record: ReceiptKey };

/** Rotates, or finishes what was begun. Throws CesError `KEY_…`, `CHAIN_…`; then the old key is the current one, or the rotation is open and to be finished. */
export function rotateKey(home: KeyHome, request: RotationRequest): Rotated {
  const { name } = request;
  return home.alone(() => {
    const standing = settle(home, name);
    if (standing === "committed") return { kind: "finished", record: recordOf(home, name) };
    if (standing === "open") return { kind: "finished", record: handOver(home, request) };
    // Judged before anything is made: a chain that cannot be gone on with would leave a rotation that cannot be finished.
    const chains = request.chains.map((path) => ({
      path,
      count: openReceiptChain(path, ownerOf(home, request)).head().count,
    }));
    home.begin(name, request.next(), { now: request.now(), chains, reason: request.reason });
    try {
      return { kind: "begun", record: handOver(home, request) };
    } catch (error) {
      settleIfDecided(home, name);
      throw error;
    }
  });
}

/** Ends a rotation that was interrupted, if the chains decide it. Throws CesError `KEY_ROTATION_OPEN` when they do not. Nothing to do is nothing done. */
export function settleRotation(home: KeyHome, name: string): void {
  const record = home.find(name);
  if (record === undefined) return;
  if (record.rotation === null) return home.sweep(name);
  const standing = home.alone(() => settle(home, name));
  if (standing !== "open") return;
  throw open(home, name);
}

// Inside `alone`. Which of the four it is.
function settle(home: KeyHome, name: string): "none" | "committed" | "dropped" | "open" {
  const words = lastWords(home, name);
  if (words === null) return "none";
  if (words.some(({ kind }) => kind === "unknown")) throw open(home, name);
  if (words.every(({ kind }) => kind === "not_given")) {
    home.drop(name);
    return "dropped";
  }
  if (!words.every((word) => word.kind === "given")) return "open";
  commit(home, name, words);
  return "committed";
}

// What failed is said first; a rotation that stays open is said by whoever uses the name next.
function settleIfDecided(home: KeyHome, name: string): void {
  try {
    settle(home, name);
  } catch (error) {
    if (!isCesError(error, "KEY_ROTATION_OPEN")) throw error;
  }
}

function lastWords(home: KeyHome, name: string): readonly LastWord[] | null {
  const record = home.find(name);
  const [old, rotation] = [record?.keys.at(-1), record?.rotation];
  if (old === undefined || rotation == null) return null;
  const keys = { old: publicKeyIn(old), next: publicKeyIn(rotation.next) };
  return rotation.chains.map((chain) => lastWordIn(chain, keys));
}

// Every chain that has not got its last word yet gets it.
function handOver(home: KeyHome, request: RotationRequest): ReceiptKey {
  const { rotation } = recordOf(home, request.name);
  if (rotation === null) throw new Error("there is no rotation to go on with");
  const next = receiptSigner({ public_key: publicKeyIn(rotation.next), sign: () => new Uint8Array() });
  const words = lastWords(home, request.name) ?? [];
  for (const [index, { path }] of rotation.chains.entries())
    if (words[index]?.kind !== "given") openReceiptChain(path, ownerOf(home, request)).handOver(next, rotation.reason);
  return commit(home, request.name, lastWords(home, request.name) ?? []);
}

// The old key's window ends with its latest word, the new one's begins with the earliest.
function commit(home: KeyHome, name: string, words: readonly LastWord[]): ReceiptKey {
  const times = words.flatMap((word) => (word.kind === "given" ? [word.effective_at] : [])).toSorted();
  const [from, until] = [times[0], times.at(-1)];
  if (from === undefined || until === undefined || times.length < words.length) throw open(home, name);
  return home.commit(name, { from, until });
}

function ownerOf(home: KeyHome, { name, open: openOld }: RotationRequest): Parameters<typeof openReceiptChain>[1] {
  return { signer: receiptSigner(openOld()), earlier: recordOf(home, name).keys.slice(0, -1).map(publicKeyIn) };
}

function recordOf(home: KeyHome, name: string): ReceiptKey {
  const record = home.find(name);
  if (record === undefined)
    throw new CesError("KEY_MISSING", `there is no key \`${name}\``, { remedy: `ces keys generate ${name}` });
  return record;
}

function open(home: KeyHome, name: string): CesError {
  const chains = home.find(name)?.rotation?.chains.map(({ path }) => `\`${path}\``) ?? [];
  return new CesError(
    "KEY_ROTATION_OPEN",
    `a rotation of \`${name}\` was interrupted, and ${chains.join(", ")} must be there to finish it`,
    {
      remedy: `ces keys rotate ${name}`,
    },
  );
}
