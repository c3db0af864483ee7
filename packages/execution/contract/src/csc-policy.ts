// What an operator grants. The published members are the format's; the others are the house's, each closing a fault of the reference.
// Source: spec/csc.md §2.2 and F-01, F-05, F-15, F-20, F-21, F-30.

import type { EffectType, NetworkMode, RiskClass } from "./command-contract.ts";

/** A person whose signed approval counts. */
export type PolicyApprover = {
  readonly identity: string;
  /** 32 raw bytes, base64 or hex, or the SPKI form in base64. */
  readonly public_key: string;
};

/** The file that an `argv[0]` must resolve to. */
export type PinnedBinary = { readonly path: string; readonly sha256: string };

/** One line of the classifier: every named condition must hold for some argv of a command. */
export type EffectRule = {
  /** `argv[0]`, or its last path segment, is one of these. */
  readonly commands: readonly string[];
  /** Some argument is exactly one of these: subcommands and flags. */
  readonly with_arguments?: readonly string[];
  /** Some argument names a host that is one of these or below one of these. */
  readonly with_hosts?: readonly string[];
  /** Published effect type or a name of one's own. */
  readonly effect_type: string;
};

/** A policy that passed the door. */
export type CscPolicy = {
  readonly policy_schema_version: "csc.policy.v0.1";
  readonly name: string;
  readonly allow_commands: readonly string[];
  readonly deny_argv_prefixes?: readonly (readonly string[])[];
  readonly allowed_effect_types: readonly EffectType[];
  readonly manual_approval_for_classified_effect_types?: readonly string[];
  readonly allowed_risk_classes: readonly RiskClass[];
  readonly max_timeout_sec: number;
  readonly network: NetworkMode;
  readonly allow_secret_refs: boolean;
  readonly require_write_paths_empty?: boolean;
  readonly allowed_cwd_prefixes: readonly string[];
  readonly allowed_read_prefixes: readonly string[];
  readonly allowed_write_prefixes?: readonly string[];
  readonly allowed_egress_hosts?: readonly string[];

  /** Names of variables that may be inherited; `*` ends a prefix. None unless told. */
  readonly allowed_env?: readonly string[];
  /** Names of secrets; `*` ends a prefix. Absent: `allow_secret_refs` alone decides. */
  readonly allowed_secret_refs?: readonly string[];
  /** By `argv[0]` as it is written. Present: a command without an entry is denied. */
  readonly allowed_binaries?: Readonly<Record<string, PinnedBinary>>;
  /** Present: only their signatures approve. */
  readonly approvers?: readonly PolicyApprover[];
  /** True denies everything. */
  readonly emergency_deny_all?: boolean;
  /** Tried in order before the built-in table; the first that holds classifies. */
  readonly effect_rules?: readonly EffectRule[];
  /** Shells and interpreters that may run program files in hardened mode; none unless told. */
  readonly allowed_interpreters?: readonly string[];
  /** Shells and interpreters that may run code from their arguments; none unless told. */
  readonly allowed_inline_code?: readonly string[];
};
