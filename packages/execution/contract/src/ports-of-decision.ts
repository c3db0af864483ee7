// What a decision may ask the outside, as ports; without one of them the rule that needs it is judged where it is known (the executor).

import type { ApprovalArtifact } from "./approval-artifact.ts";
import type { Argv } from "./command-contract.ts";
import type { Crypto } from "@ces/kernel";

/** The file that `argv[0]` would start, resolved once outside writable scopes; undefined when it cannot be found. */
export type IdentityOf = (argv0: string) => { readonly path: string; readonly sha256: string } | undefined;

/** What kind of shell or interpreter runs code from these arguments, named (`bash`); null when none does. */
export type IsInterpreter = (argv: Argv) => string | null;

/** `now` is milliseconds since 1970. */
export type DecideOptions = {
  readonly now: number;
  readonly crypto: Crypto;
  readonly approvals?: readonly ApprovalArtifact[];
  /** True for a `single_execution` approval that was consumed. */
  readonly alreadyUsed?: (approval_id: string) => boolean;
  readonly identityOf?: IdentityOf;
  /** What the guard knows unless told (`reachedInterpreter`); `null` switches the rule off. */
  readonly isInterpreter?: IsInterpreter | null;
  /** How long the decision holds, seconds; 300 unless told. */
  readonly holds_sec?: number;
};
