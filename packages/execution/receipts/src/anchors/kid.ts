// The names a public key goes by. A kid is a name: what is trusted is the key that stands beside it in the reader's own key list.

import { type Crypto, encodeBase64Url, utf8Encode } from "@ces/kernel";
import { encodeBase58 } from "./base58.ts";
import { algorithmOfKey } from "./key-algorithm.ts";

const PREFIX = "sb:issuer:";

/** The kid that the format makes of a key's bytes; null for P-256, for which it has none. */
export function issuerKidOfKey(publicKey: Uint8Array): string | null {
  return algorithmOfKey(publicKey) === "EdDSA" ? issuerKidOf(publicKey) : null;
}

/** `sb:issuer:` and the first 12 characters of base58btc(public key). Source: spec/acta.md §1.2. */
export function issuerKidOf(publicKey: Uint8Array): string {
  return PREFIX + encodeBase58(publicKey).slice(0, 12);
}

/** True for a kid of that form, whoever made it. */
export function isIssuerKid(kid: string): boolean {
  return /^sb:issuer:[1-9A-HJ-NP-Za-km-z]{12}$/.test(kid);
}

/** The JWK thumbprint, base64url (RFC 7638 §3.1 with the members of RFC 8037 §2 in lexicographic order). */
export function keyThumbprint(publicKey: Uint8Array, crypto: Pick<Crypto, "sha256">): string {
  const jwk = `{"crv":"Ed25519","kty":"OKP","x":"${encodeBase64Url(publicKey)}"}`;
  return encodeBase64Url(crypto.sha256(utf8Encode(jwk)));
}
