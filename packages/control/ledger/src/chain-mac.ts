// The two chain values. Every part but the last has a fixed width or cannot hold a NUL, so no two inputs share a message.
import type { MacKey, TrailRow } from "@ces/ports";
import type { SealedEntry } from "@ces/records";
import { ENTRY_DOMAIN, TRAIL_DOMAIN } from "./domains.ts";

/** HMAC of one entry: domain ‖ 0 ‖ seq (16 digits) ‖ previous chain value (64 hex) ‖ stored bytes. Lower-case hex. */
export function entryMac(key: MacKey, entry: Pick<SealedEntry, "seq" | "prev_mac" | "bytes">): string {
  return key.mac(`${ENTRY_DOMAIN}\0${fixed(entry.seq)}${entry.prev_mac}${entry.bytes}`);
}

/** HMAC of one trail row over its number, place in the ledger, previous chain value and every column. Lower-case hex. */
export function trailMac(key: MacKey, row: Omit<TrailRow, "mac" | "key_fingerprint">): string {
  const columns = JSON.stringify([row.kind, row.id, row.delivery_id, row.recorded_at, row.body]);
  return key.mac(`${TRAIL_DOMAIN}\0${fixed(row.n)}${fixed(row.after_seq)}${row.prev_mac}${columns}`);
}

/** True when two chain values agree; the time does not tell where they differ. */
export function sameMac(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i += 1) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}

// INVARIANT: safe integers have at most 16 digits.
function fixed(n: number): string {
  return String(n).padStart(16, "0");
}
