// The signed head: how long the chain is and where it ends, so that a cut tail or an older copy is found (S32). It is replaced
// after every commit, so its two halves differ in price: the project's signature says once per epoch which ledger key
// vouches for heads, and that key's MAC covers each head. A key that nobody rotated to cannot make one (S34).
import { canonicalize, decodeBase64, utf8Encode, type Crypto } from "@ces/kernel";
import type { KeyRing, MacKey, MacKeys, Signature, Signer } from "@ces/ports";
import type { LedgerHead, SignedHead } from "@ces/records";
import { sameMac } from "./chain-mac.ts";
import { HEAD_DOMAIN, HEAD_KEY_DOMAIN } from "./domains.ts";

/** Signs heads of one project. `key` is the ledger key of `head.key_fingerprint`. */
export type HeadSigner = (key: MacKey, head: LedgerHead) => SignedHead;

/** A head signer; the signature over the epoch is made when the epoch changes and kept. */
export function headSigner(signer: Signer): HeadSigner {
  let kept: { readonly epoch: string; readonly signed: Signature } | undefined;
  return (key, head) => {
    const epoch = epochText(head);
    if (kept?.epoch !== epoch) kept = { epoch, signed: signer.sign(utf8Encode(epoch)) };
    return { head, mac: key.mac(headText(head)), ...kept.signed };
  };
}

/** What checking a head needs. */
export type HeadJudge = { readonly crypto: Crypto; readonly ring: KeyRing; readonly keys: Pick<MacKeys, "key"> };

/** Whether this project made exactly this head; `key_missing`: its ledger key is not at hand, nothing can be said. */
export function verifyHead(judge: HeadJudge, signed: SignedHead): "valid" | "forged" | "key_missing" {
  const publicKey = judge.ring.publicKey(signed.key_id);
  const signature = decodeBase64(signed.signature);
  if (!publicKey || !signature) return "forged";
  if (!judge.crypto.ed25519Verify(publicKey, utf8Encode(epochText(signed.head)), signature)) return "forged";
  const key = judge.keys.key(signed.head.key_fingerprint);
  if (!key) return "key_missing";
  return sameMac(key.mac(headText(signed.head)), signed.mac) ? "valid" : "forged";
}

function epochText(head: LedgerHead): string {
  const { project_id, database_id, first_key_fingerprint, key_fingerprint } = head;
  return `${HEAD_KEY_DOMAIN}\0${canonicalize({ project_id, database_id, first_key_fingerprint, key_fingerprint }, "rfc8785")}`;
}

function headText(head: LedgerHead): string {
  return `${HEAD_DOMAIN}\0${canonicalize(head, "rfc8785")}`;
}
