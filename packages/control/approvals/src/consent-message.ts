// What a person's key signs when they decide: the decision and exactly the evidence it rests on, which names everything else.
import { type Crypto, decodeBase64, utf8Encode } from "@ces/kernel";
import type { Approval } from "@ces/records";

/** The text. The evidence hash covers contract, tree, base and checks. */
export function consentMessage({
  decision,
  delivery_id,
  evidence_hash,
}: Pick<Approval, "decision" | "delivery_id" | "evidence_hash">): string {
  return `ces.consent/v1\n${decision}\n${delivery_id}\n${evidence_hash}`;
}

/**
 * True when an approval says no more than its proof shows: an actor with a key carries that key's signature over exactly this
 * decision, anybody else carries none. `publicKey` is standard base64, undefined for a name that nobody has.
 */
export function proofHolds(approval: Approval, publicKey: string | undefined, crypto: Crypto): boolean {
  const { actor, proof } = approval;
  if (actor.proof !== "key" || proof === null) return actor.proof !== "key" && proof === null;
  const key = publicKey === undefined ? undefined : decodeBase64(publicKey);
  const signature = decodeBase64(proof.signature);
  if (key === undefined || signature === undefined || proof.message !== consentMessage(approval)) return false;
  return crypto.ed25519Verify(key, utf8Encode(proof.message), signature);
}
