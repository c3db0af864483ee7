// The words of a package manager: options before the verb, the verb, and what follows it.
import { type Arg, HOLE, known } from "../../arg.ts";
import type { Edit } from "../../effect.ts";
import { type Grammar, type Options, readOptions } from "../../options.ts";
import type { Evaluation } from "../../profile.ts";

/** A call taken apart. `verb` is undefined when there is none. */
export interface VerbWords {
  readonly globals: Options;
  readonly verb: Arg | undefined;
  /** The verb's text, empty when there is none or it is not known. */
  readonly name: string;
  readonly rest: readonly Arg[];
}

/** Finds the verb: the first word that is no option by `grammar`. */
export function verbWords(args: readonly Arg[], grammar: Grammar): VerbWords {
  const globals = readOptions(args, { ...grammar, posix: true });
  const [verb, ...rest] = globals.operands;
  return { globals, verb, name: known(verb) ?? "", rest };
}

/** `--flag false` and `--flag true` as one word, for clients that read switches so (nopt). */
export function joinedSwitches(args: readonly Arg[], grammar: Grammar): readonly Arg[] {
  const joined: Arg[] = [];
  for (const arg of args) {
    const before = joined.at(-1);
    const name = before === undefined ? undefined : /^--?([^=]+)$/.exec(before.text)?.[1];
    const takes = name === undefined ? undefined : grammar.names.get(name)?.takes;
    if (
      before !== undefined &&
      takes === "nothing" &&
      (name?.length ?? 0) > 1 &&
      /^(?:true|false|null)$/.test(arg.text)
    )
      joined[joined.length - 1] = { ...before, text: `${before.text}=${arg.text}` };
    else joined.push(arg);
  }
  return joined;
}

/** Words put in behind `arg`; none where it stands nowhere in the text, or where nothing is rewritten. */
export function insertAfter(
  arg: Arg | undefined,
  text: string,
  { setting }: Pick<Evaluation, "setting">,
): readonly Edit[] {
  if (arg?.at == null || setting.governed) return [];
  return [{ at: { start: arg.at.end, end: arg.at.end }, text: ` ${text}`, kind: "install" }];
}

/** A switch's value: true when it is only named, false for `=false`, `=0`, `=no`; undefined when it is not known. */
export function switchValue(value: Arg | undefined): boolean | undefined {
  if (value === undefined) return true;
  if (value.text.includes(HOLE)) return undefined;
  return !/^(?:false|0|no|off|null|)$/i.test(value.text);
}

/** Words as a person may see them. */
export const shownWords = (words: readonly Arg[]): string =>
  words
    .map(({ text }) => text.replaceAll(HOLE, "…"))
    .join(" ")
    .slice(0, 120);
