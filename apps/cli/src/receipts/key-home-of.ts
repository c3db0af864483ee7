// The receipt keys of whoever runs a command, and what strangers may know of them.
import { join } from "node:path";
import { decodeHex } from "@ces/kernel";
import { type KeyFacts, type KeyHome, openKeyHome, type OpenKey } from "@ces/keys";
import { issuerKidOf, type Jwks, readJwks, type ReceiptSigner } from "@ces/receipts";
import { type Place, stateDir } from "../wire/account-folders.ts";
import { jwkOf } from "./jwk-of.ts";

/** The home: `receipt-keys` in the user's state folder of CES. */
export function keyHomeOf(place: Place): KeyHome {
  return openKeyHome(join(stateDir(place), "receipt-keys"));
}

/** A key as receipts name their signer. */
export function receiptSigner(key: OpenKey): ReceiptSigner {
  return { ...key, kid: issuerKidOf(key.public_key) };
}

/** The 32 bytes of a recorded public key. */
export function publicKeyIn({ public_key }: Pick<KeyFacts, "public_key">): Uint8Array {
  return decodeHex(public_key) ?? new Uint8Array();
}

/** All keys of the home as a trusted list. */
export function homeAnchors(home: KeyHome): Jwks {
  const entries = home
    .names()
    .flatMap((name) => home.find(name)?.keys.map((one) => jwkOf(publicKeyIn(one), one)) ?? []);
  return readJwks({ keys: entries }) ?? { keys: [] };
}

/** Which name of the home a kid belongs to. */
export function nameOfKid(home: KeyHome, kid: string): string | undefined {
  return home.names().find((name) => home.find(name)?.keys.some((one) => issuerKidOf(publicKeyIn(one)) === kid));
}
