// The seal of an evidence packet: a domain-separated hash of its canonical bytes, and an Ed25519 signature over that hash.
import { decodeBase64, hashJson, utf8Encode, type Crypto, type Json } from "@ces/kernel";
import type { KeyRing, Signer } from "@ces/ports";
import { EvidencePacket, SealedEvidence } from "@ces/records";

const CONTENT_DOMAIN = "ces.evidence/v1";
const SEAL_DOMAIN = "ces.evidence.seal/v1";

/** Why a seal does not hold. */
export type SealFault = "not_evidence" | "content_changed" | "unknown_key" | "bad_signature";
/** The packet if its seal holds. */
export type EvidenceVerification =
  | { readonly kind: "valid"; readonly packet: EvidencePacket; readonly key_id: string }
  | { readonly kind: "invalid"; readonly why: SealFault };

/** Lower-case hex SHA-256 of the packet's canonical bytes under its domain. */
export function evidenceHash(packet: EvidencePacket, crypto: Pick<Crypto, "sha256">): string {
  // Parsed first, so that only what the schema knows is hashed; absent optional members leave no `undefined` behind.
  const plain: Json = JSON.parse(JSON.stringify(EvidencePacket.parse(packet)));
  return hashJson(crypto, CONTENT_DOMAIN, plain);
}

/** Seals a packet. Nothing may be added to it afterwards. Throws what zod throws for a packet that is none. */
export function sealEvidence(packet: EvidencePacket, signer: Signer, crypto: Pick<Crypto, "sha256">): SealedEvidence {
  const content_hash = evidenceHash(packet, crypto);
  const { key_id, signature } = signer.sign(sealMessage(content_hash));
  return { packet, content_hash, signature, key_id };
}

/** Verifies a sealed packet, from storage or from a stranger: shape, content, key, signature. */
export function verifyEvidence(
  sealed: unknown,
  keys: KeyRing,
  crypto: Pick<Crypto, "sha256" | "ed25519Verify">,
): EvidenceVerification {
  const read = SealedEvidence.safeParse(sealed);
  if (!read.success) return { kind: "invalid", why: "not_evidence" };
  const { packet, content_hash, signature, key_id } = read.data;
  if (evidenceHash(packet, crypto) !== content_hash) return { kind: "invalid", why: "content_changed" };
  const key = keys.publicKey(key_id);
  if (key === undefined) return { kind: "invalid", why: "unknown_key" };
  const bytes = decodeBase64(signature);
  if (bytes === undefined || !crypto.ed25519Verify(key, sealMessage(content_hash), bytes))
    return { kind: "invalid", why: "bad_signature" };
  return { kind: "valid", packet, key_id };
}

function sealMessage(content_hash: string): Uint8Array {
  return utf8Encode(`${SEAL_DOMAIN}\0${content_hash}`);
}
