// Hashing of JSON: canonical bytes behind a domain name, so that a hash of one kind of record never stands for another kind.

import { canonicalize } from "./canonicalize.ts";
import { CesError } from "./ces-error.ts";
import type { Crypto } from "./crypto.ts";
import { encodeHex } from "./hex.ts";
import type { Json } from "./json.ts";
import { utf8Encode } from "./utf8.ts";

/** Lower-case hex SHA-256 of bytes, or of the UTF-8 of a text. */
export function sha256Hex(crypto: Pick<Crypto, "sha256">, input: Uint8Array | string): string {
  return encodeHex(crypto.sha256(typeof input === "string" ? utf8Encode(input) : input));
}

/**
 * Lower-case hex SHA-256 of `utf8(domain) ‖ 0x00 ‖ canonical bytes` (RFC 8785).
 * Throws CesError `HASH_DOMAIN` for an empty domain or one that holds U+0000, and what `canonicalize` throws.
 */
export function hashJson(crypto: Pick<Crypto, "sha256">, domain: string, value: Json): string {
  // INVARIANT: no NUL inside the domain, so the first NUL ends it and (domain, value) ↦ bytes is injective.
  if (domain === "" || domain.includes("\0"))
    throw new CesError("HASH_DOMAIN", "a hash domain is a non-empty text without NUL");
  return sha256Hex(crypto, `${domain}\0${canonicalize(value, "rfc8785")}`);
}
