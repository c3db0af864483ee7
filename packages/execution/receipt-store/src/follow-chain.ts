// From one verified place of a chain to the next: every link and number, and the signature of the last receipt. SECURITY: a chain is only gone
// on with from a tail that is ours and in its place; who verifies all signatures is `ces receipts chain`.
import { type Crypto, type JsonObject, sha256Hex } from "@ces/kernel";
import { type ChainHead, EMPTY_CHAIN, issuerKidOf, type ReceiptSigner, verifyReceiptValue } from "@ces/receipts";
import type { ChainFiles } from "./chain-files.ts";
import { broken, rotatedTo } from "./chain-errors.ts";
import { isObject, textOf } from "./layout.ts";
import { readStoredChain } from "./read-stored-chain.ts";
import { keyDigest, rotationOf } from "./rotation-of.ts";

/** Where a chain stands. */
export type Standing = {
  readonly head: ChainHead;
  /** The earliest time of the next receipt; null before the first. */
  readonly earliest: string | null;
  /** The file that holds the last receipt; null before the first. */
  readonly name: string | null;
  /** The key that the last receipt hands the chain to; null for any other receipt. */
  readonly handed_to: string | null;
};

/** Before the first receipt. */
export const NOTHING: Standing = { head: EMPTY_CHAIN, earliest: null, name: null, handed_to: null };

/** Whose chain it is. `earlier`: public keys that signed it before, each of which handed it over by a rotation receipt. */
export type ChainOwner = {
  readonly signer: Pick<ReceiptSigner, "kid" | "public_key">;
  readonly earlier: readonly Uint8Array[];
  readonly crypto: Pick<Crypto, "sha256" | "ed25519Verify">;
};

/** Reads what stands after `known` and judges it. Throws CesError `CHAIN_BROKEN`, `CHAIN_ROTATED`. */
export function follow(files: Pick<ChainFiles, "names" | "read">, known: Standing, owner: ChainOwner): Standing {
  if (known.name !== null && !files.names().includes(known.name)) throw broken(`\`${known.name}\` is gone`);
  const { entries, faults } = readStoredChain(files, known.head.count);
  if (faults[0] !== undefined) throw broken(faults[0].text);
  const places = new Map<string | null, number>([[known.head.terminal_hash, known.head.count - 1]]);
  let { count, terminal_hash } = known.head;
  for (const { receipt, name } of entries) {
    judgeLink(receipt, { count, terminal_hash }, name, places);
    terminal_hash = `sha256:${sha256Hex(owner.crypto, textOf(receipt))}`;
    places.set(terminal_hash, count);
    count += 1;
  }
  const tail = entries.at(-1);
  if (tail === undefined) return known;
  return { head: { count, terminal_hash }, earliest: judgeTail(tail, owner), name: tail.name, handed_to: null };
}

function judgeLink(
  receipt: JsonObject,
  head: ChainHead,
  name: string,
  places: ReadonlyMap<string | null, number>,
): void {
  const payload = isObject(receipt["payload"]) ? receipt["payload"] : {};
  const link = payload["previousReceiptHash"] ?? null;
  const other = typeof link === "string" ? places.get(link) : undefined;
  if (link !== head.terminal_hash)
    throw broken(
      other === undefined
        ? `a receipt of \`${name}\` is not the one after receipt ${head.count}`
        : `a receipt of \`${name}\` follows receipt ${other + 1}, as another one does: a fork`,
    );
  if (payload["sequence"] !== head.count + 1)
    throw broken(`a receipt of \`${name}\` is not numbered ${head.count + 1}`);
}

// The earliest time of the next receipt. The tail is the signer's own, or an earlier key's word that hands the chain to it.
function judgeTail(
  { receipt, name }: { readonly receipt: JsonObject; readonly name: string },
  owner: ChainOwner,
): string {
  const { signer, earlier, crypto } = owner;
  const kid = isObject(receipt["signature"]) ? receipt["signature"]["kid"] : undefined;
  const key = [signer.public_key, ...earlier].find((one) => issuerKidOf(one) === kid);
  if (key === undefined) throw broken(`\`${name}\` does not verify under this key (unknown_kid)`);
  const report = verifyReceiptValue(receipt, { crypto, anchors: { key } });
  if (report.outcome !== "valid")
    throw broken(`\`${name}\` does not verify under this key (${report.causes.map(({ code }) => code).join(", ")})`);
  const rotation = rotationOf(receipt);
  if (rotation === undefined) {
    if (key !== signer.public_key) throw broken(`\`${name}\` is an earlier key's, which never handed the chain over`);
    return String((receipt["payload"] as JsonObject)["issued_at"]); // its form has just held
  }
  if (rotation.new_key_digest !== keyDigest(signer.public_key, crypto)) throw rotatedTo(rotation.new_kid);
  return rotation.effective_at;
}
