// What a policy answers: the house's verdict, and the same in the skill's words.

import { printable } from "@ces/kernel";
import { allow, ask, deny, type Verdict } from "@ces/records";
import { machineWord, type Rule, type RuleAction } from "../rule/rule.ts";
import type { Ruling } from "./rule-book.ts";

/** An answer with its reason. `verdict` has the house's vocabulary, `decision` the skill's. */
export type Judgement = {
  readonly verdict: Verdict;
  readonly decision: RuleAction;
  /** Machine code, the first reason of the verdict. */
  readonly reason_code: string;
  /** The sentence that a person reads. */
  readonly reason: string;
  /** The rule or policy that decided; null when none did. */
  readonly policy_name: string | null;
  /** The same for receipts, where something must stand. */
  readonly policy_id: string;
};

/** What stands in a receipt when no rule matched. */
export const DEFAULT_DENY = "default_deny";

const NO_MATCH = "No matching rule - default deny";
const MESSAGES: Readonly<Record<RuleAction, { readonly code: string; readonly text: string }>> = {
  allow: { code: "RULE_ALLOWS", text: "Allowed by rule" },
  deny: { code: "RULE_DENIES", text: "Denied by rule" },
  require_approval: { code: "RULE_ASKS", text: "Approval required by rule" },
  rate_limit: { code: "RULE_LIMITS", text: "Rate limited by rule" },
};

/** The answer of a ruling. */
export function judgementOf(ruling: Ruling): Judgement {
  switch (ruling.kind) {
    case "unreadable":
      return refusal("ACTION_UNREADABLE", ruling.why);
    case "unmatched":
      return refusal("RULE_NONE", NO_MATCH, DEFAULT_DENY);
    case "ruled":
      return ruling.by_fault ? unreadableField(ruling.rule) : byRule(ruling.rule);
    default:
      return ruling satisfies never;
  }
}

function byRule(rule: Rule): Judgement {
  const { code, text } = MESSAGES[rule.action];
  const reason = printable(rule.message || `${text}: ${rule.name}`);
  return {
    verdict: verdictFor(rule.action, code, reason),
    decision: rule.action,
    reason_code: code,
    reason,
    policy_name: rule.name,
    policy_id: machineWord(rule.name),
  };
}

// What a rule cannot compare is denied in its name.
function unreadableField({ name, condition }: Rule): Judgement {
  const reason = printable(`\`${condition.field}\` cannot be compared by rule: ${name}`);
  return { ...refusal("FIELD_UNREADABLE", reason), policy_name: name, policy_id: machineWord(name) };
}

function verdictFor(action: RuleAction, code: string, reason: string): Verdict {
  if (action === "allow") return allow(code, reason);
  return action === "require_approval" ? ask(code, reason) : deny(code, reason);
}

/** A denial by no rule. */
export function refusal(code: string, reason: string, policy_id: string = code.toLowerCase()): Judgement {
  return { verdict: deny(code, reason), decision: "deny", reason_code: code, reason, policy_name: null, policy_id };
}

/** A request for approval by no rule, in place of an allow. */
export function question(code: string, reason: string, instead: Judgement): Judgement {
  return { ...instead, verdict: ask(code, reason), decision: "require_approval", reason_code: code, reason };
}

const order: Readonly<Record<Verdict["kind"], number>> = { allow: 0, ask: 1, deny: 2 };

/** The stricter of two; the first of equals. */
export function stricterJudgement(one: Judgement, other: Judgement): Judgement {
  return order[other.verdict.kind] > order[one.verdict.kind] ? other : one;
}
