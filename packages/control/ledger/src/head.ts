// The signed head: how long the chain is and where it ends, so that a cut tail or an older copy is found (S32).
import { canonicalize, decodeBase64, utf8Encode, type Crypto } from "@ces/kernel";
import type { KeyRing, Signer } from "@ces/ports";
import type { LedgerHead, SignedHead } from "@ces/records";
import { HEAD_DOMAIN } from "./domains.ts";

/** Signs a head with the project's key. */
export function signHead(signer: Signer, head: LedgerHead): SignedHead {
  const { key_id, signature } = signer.sign(headMessage(head));
  return { head, signature, key_id };
}

/** True when a key of the ring signed exactly this head. */
export function verifyHead(crypto: Crypto, ring: KeyRing, signed: SignedHead): boolean {
  const publicKey = ring.publicKey(signed.key_id);
  const signature = decodeBase64(signed.signature);
  return (
    publicKey !== undefined &&
    signature !== undefined &&
    crypto.ed25519Verify(publicKey, headMessage(signed.head), signature)
  );
}

function headMessage(head: LedgerHead): Uint8Array {
  return utf8Encode(`${HEAD_DOMAIN}\0${canonicalize(head, "rfc8785")}`);
}
