// SECURITY: S06 (spec/threats) — what a sandbox could have written is read through one function only. Nothing here
// can tell a run's path from another at compile time, so every file that reads the disk at all is named, with what it reads.
// To add a line, say whose bytes they are; if an agent could have written them, use the safe reader instead.

/** Source file → what it reads. `src/` of every io package and the app; tests and scripts are not held to it. */
export const diskReaders: Readonly<Record<string, string>> = {};

/** Source file → what it starts (S35: one git runner; no host tool over an agent's bytes). */
export const processStarters: Readonly<Record<string, string>> = {};
