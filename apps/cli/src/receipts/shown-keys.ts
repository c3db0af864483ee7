// The receipt keys of this account as data: names, public halves, windows. Never a private byte, and no key is opened for it.
import type { KeyHome, ReceiptKey } from "@ces/keys";
import { issuerKidOf } from "@ces/receipts";
import { publicKeyIn } from "./key-home-of.ts";

/** One key of a name. `current`: it signs. `rotating`: a rotation of the name was interrupted. */
export type ShownKey = {
  readonly name: string;
  readonly kid: string;
  readonly public_key: string;
  readonly form: "plain" | "locked" | "external";
  readonly current: boolean;
  readonly rotating: boolean;
  readonly valid_from: string | null;
  readonly valid_until: string | null;
  readonly revoked_at: string | null;
};

/** All keys of all names, the current one of each first. */
export function shownKeys(home: KeyHome): readonly ShownKey[] {
  return home.names().flatMap((name) => {
    const record = home.find(name);
    return record === undefined ? [] : keysOf(record);
  });
}

/** The keys of one name, the current one first. */
export function keysOf({ name, keys, rotation }: ReceiptKey): readonly ShownKey[] {
  return keys.toReversed().map((one, index) => ({
    name,
    kid: issuerKidOf(publicKeyIn(one)),
    public_key: one.public_key,
    form: one.form,
    current: index === 0,
    rotating: index === 0 && rotation !== null,
    valid_from: one.valid_from,
    valid_until: one.valid_until,
    revoked_at: one.revoked_at,
  }));
}
