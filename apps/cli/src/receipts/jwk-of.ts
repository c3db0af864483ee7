// A public key that verifies receipts, as an entry of a JWK Set (RFC 7517, RFC 8037; spec/acta.md §1.9).
import { encodeBase64Url } from "@ces/kernel";
import { issuerKidOf } from "@ces/receipts";

/** When a key signed. RFC 3339, null where nothing bounds it. */
export type KeyWindow = {
  readonly valid_from: string | null;
  readonly valid_until: string | null;
  readonly revoked_at: string | null;
};

const ALWAYS: KeyWindow = { valid_from: null, valid_until: null, revoked_at: null };

/** The entry of an Ed25519 key of 32 bytes; named by its issuer kid. */
export function jwkOf(key: Uint8Array, window: KeyWindow = ALWAYS): Readonly<Record<string, string>> {
  const { valid_from, valid_until, revoked_at } = window;
  return {
    kty: "OKP",
    crv: "Ed25519",
    use: "sig",
    alg: "EdDSA",
    kid: issuerKidOf(key),
    x: encodeBase64Url(key),
    ...(valid_from === null ? {} : { valid_from }),
    ...(valid_until === null ? {} : { valid_until }),
    ...(revoked_at === null ? {} : { revoked_at }),
  };
}
