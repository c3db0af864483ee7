// A rule of the YAML contract as it stands after loading: closed, checked, with the place it came from. Source: spec/acta.md §2.1.

/** What a matching rule says. `require_approval` is the house's ask; `rate_limit` refuses under that name. */
export type RuleAction = "allow" | "deny" | "require_approval" | "rate_limit";
/** All of them. */
export const RULE_ACTIONS: readonly RuleAction[] = ["allow", "deny", "require_approval", "rate_limit"];

/** How a condition compares. The first five are the contract's, the others anchored. */
export type Operator =
  | "equals"
  | "starts_with"
  | "contains"
  | "matches"
  | "in"
  | "path_under"
  | "host_is"
  | "host_under"
  | "command_is"
  | "argv_matches"
  | "at_least"
  | "at_most";

/** A value that is compared as a whole. */
export type Scalar = string | number | boolean;

/** A condition. `field` is `action`, `action:TOOL` (the target of that tool's actions) or the name of a member of the context. */
export type Condition = {
  readonly field: string;
  readonly operator: Operator;
  readonly value: Scalar | readonly Scalar[];
};

/** Where something stands in a policy file; lines from 1. */
export type PolicyPlace = { readonly file: string; readonly line: number };

/** A rule. The higher priority is asked first, equals in the order of files and of lines. */
export type Rule = {
  readonly name: string;
  readonly condition: Condition;
  readonly action: RuleAction;
  readonly priority: number;
  /** What the person who is stopped reads; null for the usual sentence. */
  readonly message: string | null;
  readonly place: PolicyPlace;
};

/** A rule's name as receipts name it: what is no machine word is an underscore. */
export function machineWord(name: string): string {
  const word = name.replaceAll(/[^A-Za-z0-9._:@/+-]/g, "_").slice(0, 128);
  return /^[A-Za-z0-9]/.test(word) ? word : `r${word.slice(0, 127)}`;
}
