// The machines of one source of text: the action, or one member of the context read in one way. All rules about it are matched at once.

import { WORD_SPECIAL, SHELL_SPECIAL } from "../action/shell-words.ts";
import type { ReadAction } from "../action/action-reading.ts";
import { NO_RANK } from "../machine/closure.ts";
import { type Machine, machineOf } from "../machine/machine.ts";
import type { Entry } from "../machine/program.ts";
import { NOTHING } from "../pattern/code-set.ts";
import type { Operand } from "../rule/operand.ts";
import type { Rule } from "../rule/rule.ts";

/** A rule with its operand and its place in the order of all: the lowest rank decides. */
export type RankedRule = { readonly rule: Rule; readonly operand: Operand; readonly rank: number };

/** The lowest rank among a source's rules for what was read; `NO_RANK` for none. */
export type TextMatcher = (read: ReadAction) => number;

/** Builds the machines of one source. Throws CesError `PATTERN_TOO_LARGE`. */
export function textMatcher(rules: readonly RankedRule[]): TextMatcher {
  const texts = rules.filter(({ operand }) => operand.over === "text" && operand.pattern !== null);
  const words = rules.filter(({ operand }) => operand.over === "words");
  const plain = lazily(() => machineOf(texts.map((one) => entryOf(one, NOTHING))));
  const shell = lazily(() => machineOf(texts.map((one) => entryOf(one, SHELL_SPECIAL))));
  const argv = lazily(() => machineOf(words.map((one) => entryOf(one, WORD_SPECIAL))));
  // Now, so that a pattern that is too large is found when the policy is loaded.
  if (texts.length > 0) plain();
  if (words.length > 0) argv();
  return (read) => {
    const byText = texts.length === 0 ? NO_RANK : overTexts((read.kind === "shell" ? shell : plain)(), read);
    return words.length === 0 ? byText : Math.min(byText, overWords(argv(), read));
  };
}

// A rule that allows sees the one normal form; every other rule also sees the text as it came and each further reading of it.
function overTexts(machine: Machine, { raw, normal, readings, mayEnd }: ReadAction): number {
  let lowest = machine.lowest(normal, mayEnd);
  if (raw !== normal) lowest = Math.min(lowest, machine.lowest(raw, null));
  for (const reading of readings) if (reading !== normal) lowest = Math.min(lowest, machine.lowest(reading, null));
  return lowest;
}

function overWords(machine: Machine, { words, allWords }: ReadAction): number {
  let lowest = words === null ? NO_RANK : machine.lowest(words, everywhere);
  for (const one of allWords) if (one !== words) lowest = Math.min(lowest, machine.lowest(one, null));
  return lowest;
}

const everywhere = (): boolean => true;

function entryOf({ rule, operand, rank }: RankedRule, closedTo: Entry["closedTo"]): Entry {
  if (operand.pattern === null) throw new Error("a rule without a pattern is in no machine");
  return { pattern: operand.pattern, rank, lenient: rule.action === "allow", closedTo };
}

function lazily<Of>(make: () => Of): () => Of {
  let made: Of | undefined;
  return () => (made ??= make());
}
