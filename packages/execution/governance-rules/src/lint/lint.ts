// What is allowed to stand in a policy and probably not meant.

import type { PolicyPlace } from "../rule/rule.ts";

/** The names of findings; stable. */
export type LintCode =
  | "no_rules_loaded"
  | "unanchored_path_prefix"
  | "unanchored_host"
  | "unanchored_start"
  | "unanchored_shell"
  | "every_verb"
  | "matches_everything"
  | "shadowed_rule"
  | "passed_by_omission";

/** One finding: what, about which rule, where, and what to write instead. */
export type Lint = {
  readonly code: LintCode;
  readonly rule: string | null;
  readonly place: PolicyPlace | null;
  readonly text: string;
};
