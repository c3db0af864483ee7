// A program that runs the words after its own options as another one: what it peels off before the rest is judged for itself.
import { type Arg, HOLE } from "../arg.ts";
import { type Grammar, type Options, readOptions } from "../options.ts";
import type { Call, Evaluation, Outcome, RunHow } from "../profile.ts";
import { oddWords, shown } from "./_words.ts";

/** What a wrapper takes before the command it runs. */
export interface WrapperForm {
  /** Its options; a POSIX grammar, which ends at the first operand. */
  readonly options: Grammar;
  /** Operands before the command: the duration of `timeout`. */
  readonly before?: number | ((operands: readonly Arg[]) => number);
  /** With one of these it runs nothing: `taskset -p`. */
  readonly alone?: readonly string[];
  /** Options whose value is a file that it writes. */
  readonly writes?: readonly string[];
  /** Options of that form count as known: `nice -10`. */
  readonly also?: RegExp;
}

/** What a wrapper's own words mean, and the words that it runs. */
export interface Peeled {
  readonly options: Options;
  readonly outcomes: readonly Outcome[];
  /** Null when it runs nothing. */
  readonly words: readonly Arg[] | null;
}

/** Peels a wrapper's options and operands off. */
export function peelWrapper(call: Call, on: Evaluation, form: WrapperForm): Peeled {
  const { also } = form;
  const args = also === undefined ? call.args : withoutLeading(call.args, also);
  const options = readOptions(args, form.options);
  const { operands } = options;
  const before = typeof form.before === "function" ? form.before(operands) : (form.before ?? 0);
  const outcomes = [
    ...oddWords(on, call.name, options.unknown),
    ...operands.slice(0, before).flatMap((word) => unsure(on, call.name, word)),
    ...(form.writes ?? []).flatMap((name) => options.values(name).map((path) => on.write(path, "overwrite"))),
  ];
  const alone = options.has(...(form.alone ?? []), "help", "version");
  return { options, outcomes, words: alone ? null : operands.slice(before) };
}

/** Peels a wrapper and judges the words that it runs. */
export function runWrapped(call: Call, on: Evaluation, form: WrapperForm, how: RunHow = {}): Outcome {
  const { outcomes, words } = peelWrapper(call, on, form);
  return on.join(...outcomes, words === null || words.length === 0 ? on.fine() : on.run(words, how));
}

// A number that is not known is a number, unless it may be several words of somebody's choice.
const unsure = (on: Evaluation, name: string, word: Arg): readonly Outcome[] =>
  word.splits && word.text.includes(HOLE) && [...word.taints].some((taint) => taint !== "variable")
    ? [on.effect("unknown.option", `run \`${name}\` with \`${shown(word)}\``)]
    : [];

function withoutLeading(args: readonly Arg[], form: RegExp): readonly Arg[] {
  const end = args.findIndex(({ text }) => !text.startsWith("-") || text === "--");
  const cut = end < 0 ? args.length : end;
  return [...args.slice(0, cut).filter(({ text }) => !form.test(text)), ...args.slice(cut)];
}
