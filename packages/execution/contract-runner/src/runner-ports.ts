// What a run needs from the machine and from whoever started it, in one record that the program fills and tests replace.
import type { Clock, Crypto, Random } from "@ces/kernel";
import type { ReceiptChain } from "./receipt-chain.ts";
import type { RunnerConfig } from "./runner-config.schema.ts";
import type { Environment } from "./inherited-env.ts";

/** Folders of the trust domain; all ours, 0700, outside every contract's reach. */
export type RunnerFolders = {
  /** Where boxes get their private folders; as root a place that an unprivileged user can pass through. */
  readonly boxes: string;
  /** What was lent and not given back yet (root only). */
  readonly loans: string;
  /** Approvals that were spent. */
  readonly approvals: string;
};

/** How the door to named hosts reaches them; tests bring their own. */
export type EgressPorts = {
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly isPublic: (address: string) => boolean;
};

/** Everything a run is given besides the contract. */
export type RunnerPorts = {
  readonly env: Environment;
  readonly config: RunnerConfig;
  readonly folders: RunnerFolders;
  /** Real paths no box sees: the trust domain, signing keys. */
  readonly keepOut: readonly string[];
  /** Real paths of files no box writes, whatever it is granted: the policy, the contract, the approvals. */
  readonly protect: readonly string[];
  /** Our node and the bundled bridge, for networks with a door. */
  readonly bridge: { readonly node: string; readonly script: string };
  /** The system's resolver and public addresses alone, unless a test brings others. */
  readonly egress?: EgressPorts;
  readonly clock: Clock;
  readonly random: Random;
  /** Joins receipts to a chain (`receiptChain`); without it they stand alone. */
  readonly chain?: ReceiptChain;
  readonly crypto: Crypto;
  /** Aborted when the person gives up. */
  readonly signal?: AbortSignal;
};
