// What was true when a decision was signed has to be true when it is carried out. Source: spec/acta.md §7.5.

import type { Crypto, JsonObject } from "@ces/kernel";
import { stateDigest } from "../signing/digests.ts";

/** Whether a state is still the one that was signed. */
export type StateVerdict =
  | { readonly kind: "unchanged" }
  | { readonly kind: "drifted"; readonly at_signing: string; readonly now: string };

/** Compares a state, read immediately before the side effect, with the digest that was signed. Drifted means: do nothing. */
export function compareState(at_signing: string, state: JsonObject, crypto: Pick<Crypto, "sha256">): StateVerdict {
  const now = stateDigest(crypto, state);
  return now === at_signing ? { kind: "unchanged" } : { kind: "drifted", at_signing, now };
}
