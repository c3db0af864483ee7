// When a key may have signed. The time is the receipt's own word: a stolen key can backdate, and only outside commitments bound that.
// Source: spec/acta.md §1.9.

import type { Json } from "@ces/kernel";
import { type Instant, isBefore, readInstant } from "../time/instant.ts";
import type { KeyStatus } from "../verify/report.ts";
import type { TrustedKey } from "./jwks.ts";

/** Where the signed time stands: from inclusive, until exclusive. `time` as the receipt has it, undefined when it has none. */
export function keyStatus(key: TrustedKey | null, time: Json | undefined, revocation: "honour" | "ignore"): KeyStatus {
  if (key === null) return "no_window";
  const [from, until] = [boundOf(key.valid_from), boundOf(key.valid_until)];
  const revoked = revocation === "honour" ? boundOf(key.revoked_at) : undefined;
  if (from === undefined && until === undefined && revoked === undefined) return "no_window";
  if (from === "unreadable" || until === "unreadable" || revoked === "unreadable") return "window_unusable";
  if (from !== undefined && until !== undefined && !isBefore(from, until)) return "window_unusable";
  return placeOf(readInstant(time), { from, until, revoked });
}

type Bounds = Readonly<Record<"from" | "until" | "revoked", Instant | undefined>>;

function placeOf(signedAt: Instant | undefined, { from, until, revoked }: Bounds): KeyStatus {
  if (revoked !== undefined && (signedAt === undefined || !isBefore(signedAt, revoked))) return "revoked";
  if (from === undefined && until === undefined) return "no_window";
  if (signedAt === undefined) return "window_unusable";
  const before = from !== undefined && isBefore(signedAt, from);
  const after = until !== undefined && !isBefore(signedAt, until);
  return before || after ? "outside_window" : "in_window";
}

function boundOf(value: Json): Instant | "unreadable" | undefined {
  return value === null ? undefined : (readInstant(value) ?? "unreadable");
}
