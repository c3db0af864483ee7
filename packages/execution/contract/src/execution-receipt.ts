// What happened, whether anything ran or not. The published receipt and ours are one type: our version adds members, never changes one.
// Source: spec/csc.md §1.4, F-05, F-07, F-17, F-19, F-30, F-35.

import type { ApprovalScope } from "./approval-artifact.ts";
import type { NetworkMode } from "./command-contract.ts";
import type { DecisionWord } from "./policy-decision.ts";
import type { SignatureBlock } from "./signature-block.ts";

/** The published form and the house's. */
export type ReceiptVersion = "csc.receipt.v0.1" | "csc.receipt.v0.1+ces.1";

/** `blocked`: refused before that command was started. `failed`: started, or the start itself failed. `expired`: too late to start. */
export type ReceiptStatus = "success" | "failed" | "blocked" | "expired";

export type ExecutionMode = "local" | "hardened";

/** One finished command. Hashes are `sha256:` and hex, over the captured prefix of each stream. */
export type CommandResult = {
  readonly command_id: string;
  readonly status: "success" | "failed";
  readonly exit_code: number;
  /** Name of the signal that ended it: `SIGKILL`. */
  readonly signal?: string;
  readonly started_at: string;
  readonly ended_at: string;
  readonly stdout_hash: string;
  readonly stderr_hash: string;
  /** Bytes written by the command, captured or not. */
  readonly stdout_bytes: number;
  readonly stderr_bytes: number;
  readonly stdout_truncated?: boolean;
  readonly stderr_truncated?: boolean;
  /** Of each segment of a pipeline, in order. */
  readonly segment_exit_codes?: readonly number[];
};

/** The file that an argv started, as it was when it was opened. */
export type ReceiptBinary = {
  readonly command_id: string;
  /** 0 for a plain command, else the segment's index. */
  readonly segment: number;
  readonly argv0: string;
  readonly path: string;
  readonly sha256: string;
};

/** The walls a command ran in. */
export type ReceiptSandbox = {
  /** Hash of the launcher's argv, limits and tool versions: equal walls, equal hash. */
  readonly profile_sha256: string;
  readonly tools: readonly {
    readonly name: string;
    readonly path: string;
    readonly sha256: string;
    readonly version?: string;
  }[];
  /** Limits the kernel held, by name. */
  readonly held: readonly string[];
  /** Limits asked for that this machine cannot hold, each with its reason. */
  readonly not_held: readonly string[];
};

/** An approval that was used. */
export type ReceiptApproval = {
  readonly approval_id: string;
  readonly identity: string;
  readonly key_id?: string;
  readonly scope: ApprovalScope;
  /** Of the approval's canonical bytes. */
  readonly sha256: string;
};

/** What the network was seen to do. */
export type ReceiptNetwork = {
  readonly mode: NetworkMode;
  readonly observed: readonly {
    readonly host: string;
    readonly port: number;
    readonly outcome: "allowed" | "refused";
    readonly count: number;
  }[];
};

/** A receipt in either version. */
export type ExecutionReceipt = {
  readonly receipt_version: ReceiptVersion;
  readonly contract_id: string;
  readonly execution_id: string;
  readonly contract_sha256: string;
  readonly status: ReceiptStatus;
  readonly started_at: string;
  readonly ended_at: string;
  readonly policy_profile: string;
  readonly policy_schema_version?: string;
  readonly policy_sha256?: string;
  readonly runner_version?: string;
  readonly execution_mode?: ExecutionMode;
  readonly exit_code?: number;
  readonly stdout_hash?: string;
  readonly stderr_hash?: string;
  readonly stdout_truncated?: boolean;
  readonly stderr_truncated?: boolean;
  readonly artifacts?: readonly { readonly path: string; readonly sha256: string }[];
  readonly effect_summary?: {
    readonly files_written?: number;
    readonly network_used?: boolean;
    readonly secrets_used?: number;
  };
  readonly completed_command_ids?: readonly string[];
  readonly failed_command_id?: string | null;
  readonly error?: string;
  readonly sandbox_profile_id?: string;
  readonly signing_key_id?: string;

  readonly decision?: DecisionWord;
  readonly reason_codes?: readonly string[];
  readonly results?: readonly CommandResult[];
  readonly binaries?: readonly ReceiptBinary[];
  readonly sandbox?: ReceiptSandbox;
  readonly approvals?: readonly ReceiptApproval[];
  readonly network?: ReceiptNetwork;
  /** Names of secrets that were delivered. */
  readonly secret_refs?: readonly string[];
  /** What joins this execution to the rest of the house, by kind of id. */
  readonly joins?: {
    readonly delivery_id?: string;
    readonly manifest_id?: string;
    readonly run_id?: string;
    readonly decision_sha256?: string;
  };
  /** Hash of the receipt before this one of the same runner. */
  readonly previous_receipt_sha256?: string;
  readonly signature?: SignatureBlock;
};
