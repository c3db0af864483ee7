// A decision as an engine of CSC 0.1 words it: it stops at its first rule, with one code and the effects that it had classified by then.

import type { ClassifiedEffect, Decided } from "../policy-decision.ts";
import type { ReasonCode } from "../reason-code.ts";

/** The one code and the effects listed with it. */
export type ReferenceAnswer = {
  readonly decision: Decided["decision"];
  readonly reason_codes: readonly ReasonCode[];
  readonly classified_effects: readonly ClassifiedEffect[];
};

/** Cuts a decision to the reference's form. Source: spec/csc.md §2.3. */
export function referenceAnswer(decided: Decided, command_ids: readonly string[]): ReferenceAnswer {
  const [first] = decided.decision === "allow" ? [] : decided.findings;
  const listed =
    first === undefined ? command_ids.length : listedCommands(first.code, command_ids.indexOf(first.command_id ?? ""));
  const ids = command_ids.slice(0, listed);
  return {
    decision: decided.decision,
    reason_codes: decided.reason_codes.slice(0, 1),
    classified_effects: decided.classified_effects.filter(({ command_id }) => ids.includes(command_id)),
  };
}

// Nothing is classified before the risk class is judged, and a command only after its argv.
function listedCommands(code: ReasonCode, command: number): number {
  if (code === "RISK_CLASS_NOT_ALLOWED" || code === "EMERGENCY_DENY_ALL") return 0;
  if (code === "COMMAND_NOT_ALLOWED" || code === "ARGV_PREFIX_DENIED") return Math.max(command, 0);
  return command < 0 ? Number.MAX_SAFE_INTEGER : command + 1;
}
