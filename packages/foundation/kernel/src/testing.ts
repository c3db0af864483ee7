// Fakes of the kernel's ports for tests: a clock that stands still until told and a random source that repeats itself.

import type { Clock } from "./clock.ts";
import type { Random } from "./random.ts";

/** A clock whose wall and monotonic time move only by `advance(ms)`. */
export type FixedClock = Clock & { readonly advance: (ms: number) => void };

/** A clock standing at `start` (ISO 8601), by default 2026-01-01T00:00:00.000Z. */
export function fixedClock(start = "2026-01-01T00:00:00.000Z"): FixedClock {
  const origin = Date.parse(start);
  let passed = 0;
  return {
    now: () => new Date(origin + passed).toISOString(),
    epochMs: () => origin + passed,
    monotonicMs: () => passed,
    advance: (ms) => {
      passed += ms;
    },
  };
}

/** Bytes from a 32-bit seed (mulberry32): the same seed gives the same bytes. Never use outside tests. */
export function seededRandom(seed = 1): Random {
  let state = seed >>> 0;
  return (n) =>
    Uint8Array.from({ length: n }, () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return (mixed ^ (mixed >>> 14)) & 255;
    });
}
