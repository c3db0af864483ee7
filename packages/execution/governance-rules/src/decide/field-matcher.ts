// The rules about one member of the context: its text by machines, its whole values by a table, its size by limits.

import { readAction } from "../action/read-action.ts";
import { plainReading, type ReadAction } from "../action/action-reading.ts";
import { NO_RANK } from "../machine/closure.ts";
import type { ReadAs } from "../rule/operand.ts";
import { type RankedRule, textMatcher, type TextMatcher } from "./source.ts";

/** A match, and whether it is one because the member could not be read. */
export type FieldMatch = { readonly rank: number; readonly unreadable: boolean };

/** The lowest rank for the value of a member that is there. */
export type FieldMatcher = (value: unknown) => FieldMatch;

/** Builds the matcher of one member and one way of reading it. Throws CesError `PATTERN_TOO_LARGE`. */
export function fieldMatcher(readAs: ReadAs, rules: readonly RankedRule[]): FieldMatcher {
  const byText = textMatcher(rules);
  const byValue = valueMatcher(rules);
  // SECURITY: a rule that errors denies. What a rule cannot compare is met by the first rule that does not allow.
  const onFault = {
    rank: Math.min(NO_RANK, ...rules.filter(({ rule }) => rule.action !== "allow").map(({ rank }) => rank)),
    unreadable: true,
  };
  return (value) => {
    if (typeof value === "string") return matchText(byText, readAs, value) ?? onFault;
    if (readAs !== "text" || (typeof value !== "number" && typeof value !== "boolean")) return onFault;
    return {
      rank: Math.min(byValue(value), byText({ ...subject(String(value)), mayEnd: nowhere })),
      unreadable: false,
    };
  };
}

function matchText(byText: TextMatcher, readAs: ReadAs, value: string): FieldMatch | null {
  const read = readAs === "text" ? subject(value) : readAction(`${readAs}:${HEADS[readAs]}${value}`);
  return "why" in read ? null : { rank: byText(read), unreadable: false };
}

// A path or an address stands in the context without a verb; patterns about it take any.
const HEADS: Readonly<Record<Exclude<ReadAs, "text">, string>> = { file: "any:", http: "ANY:", shell: "" };

function subject(text: string): ReadAction {
  return { raw: text, kind: "", ...plainReading(text) };
}

// A number is no text: only rules that do not allow look at it as one.
const nowhere = (): boolean => false;

function valueMatcher(rules: readonly RankedRule[]): (value: number | boolean) => number {
  const whole = new Map<number | boolean, number>();
  for (const { operand, rank } of rules)
    for (const value of operand.values) whole.set(value, Math.min(rank, whole.get(value) ?? NO_RANK));
  const limits = rules.flatMap(({ operand, rank }) => (operand.limit === null ? [] : [{ ...operand.limit, rank }]));
  return (value) => {
    let lowest = whole.get(value) ?? NO_RANK;
    if (typeof value === "number")
      for (const { least, most, rank } of limits) if (value >= least && value <= most && rank < lowest) lowest = rank;
    return lowest;
  };
}
