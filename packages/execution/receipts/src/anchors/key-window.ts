// When a key may have signed. The time is the receipt's own word: a stolen key can backdate, and only outside commitments bound that.
// Source: spec/acta.md §1.9.

import type { Json } from "@ces/kernel";
import { type Instant, isBefore, readInstant } from "../time/instant.ts";
import type { KeyStatus } from "../verify/report.ts";
import type { TrustedKey } from "./jwks.ts";

/** Where `signedAt` stands: from inclusive, until exclusive. `signedAt` is the signed time, undefined when the receipt has none. */
export function keyStatus(
  key: TrustedKey | null,
  signedAt: Instant | undefined,
  revocation: "honour" | "ignore",
): KeyStatus {
  const bounds = key === null ? [null, null, null] : [key.valid_from, key.valid_until, key.revoked_at];
  const [from, until, revoked] = bounds.map(boundOf);
  if (from === "unreadable" || until === "unreadable") return "window_unusable";
  if (from !== undefined && until !== undefined && !isBefore(from, until)) return "window_unusable";
  if (revocation === "honour") {
    if (revoked === "unreadable") return "window_unusable";
    if (revoked !== undefined && (signedAt === undefined || !isBefore(signedAt, revoked))) return "revoked";
  }
  if (from === undefined && until === undefined) return "no_window";
  if (signedAt === undefined) return "window_unusable";
  const inside =
    !(from !== undefined && isBefore(signedAt, from)) && !(until !== undefined && !isBefore(signedAt, until));
  return inside ? "in_window" : "outside_window";
}

function boundOf(value: Json): Instant | "unreadable" | undefined {
  return value === null ? undefined : (readInstant(value) ?? "unreadable");
}
