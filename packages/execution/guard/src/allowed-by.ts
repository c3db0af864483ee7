// Rules that a person added: they lower a question to a yes for exactly the calls they describe, and nothing else.
import type { AllowRule } from "./allow-rule.ts";
import type { Effect } from "./effect.ts";

/** A test for effects that a rule covers. An effect says which call it came from (`call`); one that does not is never covered. */
export function allowedBy(rules: readonly AllowRule[]): (effect: Effect) => boolean {
  if (rules.length === 0) return () => false;
  return ({ call }) => call !== undefined && rules.some((rule) => covers(rule, call));
}

/** What a rule is held against. */
export interface CalledProgram {
  readonly program: string;
  /** Known words after the program; null where one is not known. */
  readonly words: readonly (string | null)[];
  /** True for a word that names a place below a workspace. */
  readonly inside: readonly boolean[];
}

function covers(rule: AllowRule, { program, words, inside }: CalledProgram): boolean {
  if (program !== rule.program || words.includes(null)) return false;
  const known = words.map((word) => word ?? "");
  const operands = known.flatMap((word, index) => (isOption(word) ? [] : [{ word, inside: inside[index] === true }]));
  const options = known.filter(isOption);
  if (!rule.subcommand.every((word, index) => operands[index]?.word === word)) return false;
  if (!options.every((option) => rule.options.includes(option.split("=", 1)[0] ?? option))) return false;
  const rest = operands.slice(rule.subcommand.length);
  if (rule.operands === "none") return rest.length === 0;
  return rule.operands === "any" || rest.every((one) => one.inside);
}

const isOption = (word: string): boolean => word.startsWith("-") && word !== "-" && word !== "--";
