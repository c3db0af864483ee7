// Randomness as a port, so that ids and nonces can be replayed in tests.

/** Returns `n` fresh random bytes; cryptographically strong outside tests. */
export type Random = (n: number) => Uint8Array;
