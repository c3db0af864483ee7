// The checkpoint: a signed statement of how long a chain is, kept where the agent cannot write. It alone shows that a tail is gone.
// Source: spec/acta.md §1.5, §7.4.

import type { SIG_ALG, SPEC } from "./receipt.ts";

/** The house's own namespace. */
export const CHECKPOINT_TYPE = "ces:checkpoint";

/** Payload of a checkpoint; no part of the chain, hence without link and sequence. */
export type CheckpointPayload = {
  readonly type: typeof CHECKPOINT_TYPE;
  readonly spec: typeof SPEC;
  readonly sig_alg: typeof SIG_ALG;
  readonly issuer_id: string;
  readonly issued_at: string;
  /** Receipts in the chain, at least one. */
  readonly count: number;
  /** `sha256:` hash of the last of them. */
  readonly terminal_hash: string;
};
