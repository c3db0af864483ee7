// Time as a port: pure packages are told what time it is, so that every record can be replayed.

/** A source of time. Wall time is for records; only monotonic time measures durations. */
export type Clock = {
  /** ISO 8601, UTC, milliseconds, e.g. `2026-01-02T03:04:05.678Z`. */
  readonly now: () => string;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly epochMs: () => number;
  /** Milliseconds from an arbitrary start, never going back. */
  readonly monotonicMs: () => number;
};
