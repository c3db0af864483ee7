// What a verifier says about one receipt: an outcome with every cause, and what was attested and what was not.

import type { Finding, Outcome, Warning } from "./cause.ts";

/** The shapes met in the wild (spec/acta §1.6). */
export type ReceiptShape = "acta-envelope" | "v2" | "v1-flat" | "legacy-flat" | "sb-runtime-v1" | "aps-draft01";

/** Where the time of signing stands against the key's window. */
export type KeyStatus = "in_window" | "no_window" | "outside_window" | "revoked" | "window_unusable";

/** The answer about one receipt; plain JSON. */
export type ReceiptReport = {
  readonly outcome: Outcome;
  /** What decides the outcome. */
  readonly causes: readonly Finding[];
  /** What would count besides, found in a text whose signature did not hold or could not be checked: nothing of it is attested. */
  readonly other_findings: readonly Finding[];
  readonly warnings: readonly Finding<Warning>[];
  readonly shape: ReceiptShape | null;
  /** As the receipt says; a name, never a proof. */
  readonly kid: string | null;
  readonly type: string | null;
  readonly key_source: "explicit" | "jwks" | null;
  readonly key_status: KeyStatus | null;
  /** `sha256:` over the signing input. */
  readonly payload_hash: string | null;
  /** `sha256:` over the whole receipt: what the next link names. */
  readonly receipt_hash: string | null;
  /** Names of members under the signature; empty unless it verified. */
  readonly attested: readonly string[];
  /** Names of members beside it that a reader might take for signed. */
  readonly unattested: readonly string[];
};
