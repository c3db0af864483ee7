// Which outside key a receipt is judged by. SECURITY: nothing of the receipt but its kid, a name, takes part. Source: spec/acta.md §1.9.

import type { UndecidableCause } from "../verify/cause.ts";
import type { TrustedKey } from "./jwks.ts";
import { keyFault } from "./key-algorithm.ts";
import type { Anchors } from "./read-anchor.ts";

/** The key and, when it came from a list, its entry; or why there is none. */
export type KeyChoice =
  | {
      readonly kind: "chosen";
      readonly public_key: Uint8Array;
      readonly source: "explicit" | "jwks";
      /** Null for an explicit key that no list knows. */
      readonly entry: TrustedKey | null;
    }
  | { readonly kind: "none"; readonly code: UndecidableCause; readonly text: string };

/** The explicit key, else exactly one usable entry with this kid. `embedded` names the keys that the receipt brings along, asked when there is none. */
export function selectKey(kid: string | null, anchors: Anchors, embedded: () => readonly string[]): KeyChoice {
  if (anchors.key !== undefined) return explicitKey(anchors.key, kid, anchors);
  if (anchors.jwks === undefined || anchors.jwks.keys.length === 0) return noKey(embedded());
  const named = kid === null ? [] : anchors.jwks.keys.filter((key) => key.kid === kid);
  const [entry] = named;
  if (entry === undefined) return none("unknown_kid", "no trusted key has the receipt's kid");
  if (named.length > 1) return none("ambiguous_kid", `${named.length} trusted keys have the receipt's kid`);
  if (entry.fault !== null || entry.public_key === null)
    return none(entry.fault?.code ?? "unusable_key", `the trusted key ${entry.fault?.text ?? "cannot be used"}`);
  return { kind: "chosen", public_key: entry.public_key, source: "jwks", entry };
}

function explicitKey(key: Uint8Array, kid: string | null, { jwks }: Anchors): KeyChoice {
  const fault = keyFault(key);
  if (fault !== undefined) return none(fault.code, `the trusted key ${fault.text}`);
  // The list only lends its window, and only if it means the same key.
  const named = jwks?.keys.filter((one) => one.kid === kid && sameKey(one.public_key, key)) ?? [];
  return { kind: "chosen", public_key: key, source: "explicit", entry: named.length === 1 ? (named[0] ?? null) : null };
}

function noKey(embedded: readonly string[]): KeyChoice {
  if (embedded.length === 0) return none("no_public_key", "no trusted key was given");
  return none(
    "embedded_key_rejected",
    `no trusted key was given, and the receipt's own (${embedded.join(", ")}) is no trust source`,
  );
}

function sameKey(a: Uint8Array | null, b: Uint8Array): boolean {
  return a !== null && a.length === b.length && a.every((byte, at) => byte === b[at]);
}

const none = (code: UndecidableCause, text: string): KeyChoice => ({ kind: "none", code, text });
