// The time of the next receipt. A chain never goes back: a clock that was set back a little is lifted to the tail's time, and one that is far
// behind signs nothing, because then the clock or the tail lies and nobody here can tell which.
import { clockBehind } from "./chain-errors.ts";

/** How far the clock may be behind the tail, in milliseconds: what time servers correct in one step. */
export const TOLERANCE_MS = 10_000;

/** The clock's time, or the earliest that may follow. Both RFC 3339, UTC; `earliest` null before the first receipt. Throws CesError `CHAIN_CLOCK`. */
export function issueTime(now: string, earliest: string | null): string {
  if (earliest === null) return now;
  const behind = Date.parse(earliest) - Date.parse(now);
  if (!(behind > 0)) return now;
  if (behind > TOLERANCE_MS) throw clockBehind(Math.ceil(behind / 1000));
  return new Date(Date.parse(earliest)).toISOString();
}

/** A millisecond later. */
export function justAfter(time: string): string {
  return new Date(Date.parse(time) + 1).toISOString();
}
