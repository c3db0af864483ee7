// Rules in their order, compiled: what decides an action is the first rule that matches, found without asking one after the other.

import { readAction } from "../action/read-action.ts";
import type { ReadAction } from "../action/action-reading.ts";
import { NO_RANK } from "../machine/closure.ts";
import { operandOf, type ReadAs, TOOL_FIELD } from "../rule/operand.ts";
import type { Rule } from "../rule/rule.ts";
import { fieldMatcher, type FieldMatcher } from "./field-matcher.ts";
import { type RankedRule, textMatcher, type TextMatcher } from "./source.ts";

/** The members of a request besides its action. Only own members count; their values are plain JSON. */
export type RequestContext = { readonly [name: string]: unknown };

/** What the rules say. `unmatched`: no rule, which denies. `unreadable`: the action cannot be read, which denies. */
export type Ruling =
  | { readonly kind: "ruled"; readonly rule: Rule; readonly by_fault: boolean; readonly action: ReadAction }
  | { readonly kind: "unmatched"; readonly action: ReadAction }
  | { readonly kind: "unreadable"; readonly why: string };

/** Compiled rules. */
export type RuleBook = {
  /** In the order in which they decide. */
  readonly rules: readonly Rule[];
  /** The first rule that matches. Never throws; linear in the request. */
  readonly rule: (action: string, context: RequestContext) => Ruling;
};

/** Compiles rules in the order of their files. Throws CesError `RULE_VALUE`, `PATTERN_INVALID`, `PATTERN_TOO_LARGE`. */
export function ruleBook(inFileOrder: readonly Rule[]): RuleBook {
  // INVARIANT: the sort is stable, so equal priorities keep the order of files and lines.
  const rules = inFileOrder.toSorted((a, b) => b.priority - a.priority);
  const ranked = rules.map((rule, rank): RankedRule => ({ rule, operand: operandOf(rule.condition), rank }));
  const onAction = textMatcher(ranked.filter(isOnAction));
  const onFields = fieldMatchers(ranked.filter((one) => !isOnAction(one)));
  return { rules, rule: (action, context) => ruleOn({ rules, onAction, onFields }, action, context) };
}

function isOnAction({ rule: { condition } }: RankedRule): boolean {
  return condition.field === "action" || condition.field.startsWith(TOOL_FIELD);
}

type FieldSource = { readonly field: string; readonly match: FieldMatcher };
type Compiled = {
  readonly rules: readonly Rule[];
  readonly onAction: TextMatcher;
  readonly onFields: readonly FieldSource[];
};

function fieldMatchers(ranked: readonly RankedRule[]): readonly FieldSource[] {
  const sources = new Map<string, { readonly field: string; readonly readAs: ReadAs; readonly rules: RankedRule[] }>();
  for (const one of ranked) {
    const { field } = one.rule.condition;
    const { readAs } = one.operand;
    const source = sources.get(`${readAs}:${field}`) ?? { field, readAs, rules: [] };
    source.rules.push(one);
    sources.set(`${readAs}:${field}`, source);
  }
  return [...sources.values()].map(({ field, readAs, rules }) => ({ field, match: fieldMatcher(readAs, rules) }));
}

function ruleOn({ rules, onAction, onFields }: Compiled, text: string, context: RequestContext): Ruling {
  const action = readAction(text);
  if ("why" in action) return { kind: "unreadable", why: action.why };
  let best = { rank: onAction(action), unreadable: false };
  for (const { field, match } of onFields) {
    // A member that is not there never matches.
    if (!Object.hasOwn(context, field)) continue;
    const found = match(context[field]);
    if (found.rank < best.rank) best = found;
  }
  const rule = best.rank === NO_RANK ? undefined : rules[best.rank];
  return rule === undefined
    ? { kind: "unmatched", action }
    : { kind: "ruled", rule, by_fault: best.unreadable, action };
}
