// What a decision may ask the outside, as ports; without one of them the rule that needs it is judged where it is known (the executor).

import type { Crypto } from "@ces/kernel";
import type { ApprovalArtifact } from "./approval-artifact.ts";
import type { Argv } from "./command-contract.ts";
import type { PolicyApprover } from "./csc-policy.ts";
import type { ExecutionMode } from "./execution-receipt.ts";

/** The file that `argv[0]` would start, resolved once outside writable scopes; undefined when it cannot be found. */
export type IdentityOf = (argv0: string) => { readonly path: string; readonly sha256: string } | undefined;

/** Where a command would run, for a judge. */
export type JudgedPlace = { readonly cwd: string; readonly roots: readonly string[]; readonly now: number };

/** Why the argvs of one command, joined by pipes, must not run: one sentence; null when nothing is known against them. */
export type JudgeArgvs = (argvs: readonly Argv[], place: JudgedPlace) => string | null;

/** `now` is milliseconds since 1970. */
export type DecideOptions = {
  readonly now: number;
  readonly crypto: Crypto;
  /** `guardJudge` of `@ces/contract/judge`, or null where the guard's knowledge is left out on purpose. */
  readonly judge: JudgeArgvs | null;
  /** Hardened also refuses every shell and interpreter that the policy does not name. */
  readonly mode?: ExecutionMode;
  readonly approvals?: readonly ApprovalArtifact[];
  /** Who may approve where the policy names nobody: the people enrolled in this installation. */
  readonly approvers?: readonly PolicyApprover[];
  /** True for a `single_execution` approval that was consumed. */
  readonly alreadyUsed?: (approval_id: string) => boolean;
  readonly identityOf?: IdentityOf;
  /** Why everything is stopped now (a kill switch outside the policy). */
  readonly emergency?: string;
  /** How long the decision holds, seconds; 300 unless told. */
  readonly holds_sec?: number;
};
