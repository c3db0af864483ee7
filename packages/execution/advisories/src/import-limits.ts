// What an import may cost at most (S40): beyond any honest export, far below what hurts the machine.

/** Bounds of one import. Sizes in bytes, time in milliseconds. */
export interface ImportLimits {
  /** One record, uncompressed. */
  readonly record_bytes: number;
  /** All records, uncompressed. */
  readonly total_bytes: number;
  /** Records of all sources together. */
  readonly records: number;
  /** Nesting of JSON in a record. */
  readonly depth: number;
  /** The worker's heap, in MiB. */
  readonly heap_mib: number;
  readonly time_ms: number;
}

/** The bounds that hold unless told otherwise. */
export const importLimits: ImportLimits = {
  record_bytes: 8 * 1024 * 1024,
  total_bytes: 16 * 1024 * 1024 * 1024,
  records: 2_000_000,
  depth: 32,
  heap_mib: 3072,
  time_ms: 15 * 60_000,
};
