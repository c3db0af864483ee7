// Programs of the system whose verb says what they do (`systemctl stop`, `lvremove`, `zpool destroy`): a table from verbs to effects.
import { type Arg, HOLE } from "../arg.ts";
import type { EffectKind } from "../effect-kinds.ts";
import { type Grammar, grammar, type Options, readOptions } from "../options.ts";
import type { Call, Evaluation, Outcome } from "../profile.ts";
import { shown } from "./_words.ts";

/** What a verb comes to: nothing worth a word, or one effect. */
export type VerbEffect = "fine" | EffectKind;

/** The verbs of a program. */
export interface VerbTable {
  /** Options that may stand before the verb or between its words, in the form of `grammar`; those with a value must be named. */
  readonly options: Grammar;
  /** By the verb's words with single spaces; the longest that fits counts. One that ends in ` $` stands for these words and none after them. */
  readonly verbs: ReadonlyMap<string, VerbEffect>;
  /** A call without a verb. */
  readonly bare: VerbEffect;
  /** A verb that the table does not name, or that is not known. */
  readonly otherwise: VerbEffect;
}

/** The parts of a table as text: verbs of each effect, separated by commas. */
export interface VerbText {
  readonly options?: string;
  readonly means: Readonly<Partial<Record<VerbEffect, string>>>;
  readonly bare?: VerbEffect;
  readonly otherwise: VerbEffect;
}

/** A table from its text. Without a word of the contrary a call without a verb only prints. */
export function verbTable({ options = "", means, bare = "fine", otherwise }: VerbText): VerbTable {
  const verbs = new Map<string, VerbEffect>();
  // SAFETY: the keys of `means` are verb effects.
  for (const [effect, texts] of Object.entries(means) as [VerbEffect, string][])
    for (const verb of texts.split(",")) verbs.set(verb.trim(), effect);
  return { options: grammar(`${options} help version`), verbs, bare, otherwise };
}

/** Most words that a verb has. */
const MOST = 3;

/** The effect of the verb that `operands` begin with. */
export function verbEffect(operands: readonly Arg[], { verbs, bare, otherwise }: VerbTable): VerbEffect {
  if (operands.length === 0) return bare;
  for (let count = Math.min(MOST, operands.length); count > 0; count -= 1) {
    const words = operands.slice(0, count).map(({ text }) => text);
    if (words.some((word) => word.includes(HOLE))) continue;
    const verb = words.join(" ");
    const found = (count === operands.length ? verbs.get(`${verb} $`) : undefined) ?? verbs.get(verb);
    if (found !== undefined) return found;
  }
  return otherwise;
}

/** Judges a call by its verb. */
export function judgeVerb(call: Call, on: Evaluation, table: VerbTable): Outcome {
  const read = readOptions(call.args, table.options);
  if (read.has("help", "version") && !call.args.some(({ text }) => text === "--")) return on.fine();
  return effectOf(call, on, verbEffect(wordsOf(read), table));
}

// A word that is not known and may be none, or an option, can be any verb.
const wordsOf = ({ operands, uncertain }: Options): readonly Arg[] => [
  ...uncertain,
  ...operands.filter((arg) => !uncertain.includes(arg)),
];

/** The outcome of an effect for a call. */
export const effectOf = (call: Call, on: Evaluation, effect: VerbEffect): Outcome =>
  effect === "fine" ? on.fine() : on.effect(effect, `run \`${callShown(call)}\``);

/** The call as it may be shown. */
export const callShown = ({ name, args }: Call): string => [name, ...args.map(shown)].join(" ").slice(0, 160);
