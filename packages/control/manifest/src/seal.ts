// The seal of a contract: content hash and Ed25519 over it. Verified before every run, approval and merge.
import { type Crypto, type Json, decodeBase64, hashJson, utf8Encode } from "@ces/kernel";
import type { KeyRing, Signer } from "@ces/ports";
import { type Manifest, SealedManifest } from "@ces/records";

const DOMAIN = "ces.manifest/v1";

/** Why a sealed manifest is not believed. */
export type SealRefusal =
  | "MANIFEST_MALFORMED"
  | "MANIFEST_HASH"
  | "MANIFEST_KEY_UNKNOWN"
  | "MANIFEST_SIGNATURE"
  | "MANIFEST_SELF_CLASSIFIED"
  | "MANIFEST_EXPIRED";

export type SealCheck =
  | { readonly kind: "verified"; readonly manifest: Manifest }
  | { readonly kind: "refused"; readonly code: SealRefusal; readonly text: string };

/** Seals a manifest with the project's key. */
export function sealManifest(manifest: Manifest, signer: Signer, crypto: Crypto): SealedManifest {
  const content_hash = manifestHash(manifest, crypto);
  const { signature, key_id } = signer.sign(signedBytes(content_hash));
  return { manifest, content_hash, signature, key_id };
}

/** Hash of the immutable contract, behind its own domain. */
export function manifestHash(manifest: Manifest, crypto: Crypto): string {
  return hashJson(crypto, DOMAIN, manifest satisfies Json);
}

/**
 * Believes a stored manifest only if it is well formed, hashes to what it says, is signed by a key of this
 * project, was not classified by its own implementer, and has not expired at `now` (an instant).
 */
export function verifyManifest(stored: unknown, keys: KeyRing, crypto: Crypto, now: string): SealCheck {
  const parsed = SealedManifest.safeParse(stored);
  if (!parsed.success) return refused("MANIFEST_MALFORMED", "the stored manifest does not have the shape of one");
  const { manifest, content_hash, signature, key_id } = parsed.data;
  if (manifestHash(manifest, crypto) !== content_hash)
    return refused("MANIFEST_HASH", "the contract was changed after it was sealed");
  const key = keys.publicKey(key_id);
  if (key === undefined)
    return refused(
      "MANIFEST_KEY_UNKNOWN",
      `the contract is signed with a key \`${key_id}\` that this project does not know`,
    );
  if (!signatureHolds(crypto, key, content_hash, signature))
    return refused("MANIFEST_SIGNATURE", "the contract's signature does not verify");
  if (manifest.classifier_id === manifest.implementer_id)
    return refused("MANIFEST_SELF_CLASSIFIED", "the implementer classified its own work");
  if (now > manifest.expires_at) return refused("MANIFEST_EXPIRED", `the contract expired at ${manifest.expires_at}`);
  return { kind: "verified", manifest };
}

function signatureHolds(crypto: Crypto, key: Uint8Array, contentHash: string, signature: string): boolean {
  const bytes = decodeBase64(signature);
  return bytes !== undefined && crypto.ed25519Verify(key, signedBytes(contentHash), bytes);
}

const signedBytes = (contentHash: string): Uint8Array => utf8Encode(`${DOMAIN}\n${contentHash}`);
const refused = (code: SealRefusal, text: string): SealCheck => ({ kind: "refused", code, text });
