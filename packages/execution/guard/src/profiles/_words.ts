// What profiles of wrappers and interpreters do with words: joining them for a shell, splitting a text into them, saying that they are odd.
import { type Arg, HOLE, isKnown, literal, type Taint } from "../arg.ts";
import type { Evaluation, Outcome, ScriptHow } from "../profile.ts";

/** The words with spaces between, as a shell would read them again; it stands nowhere. */
export const joinWords = (words: readonly Arg[]): Arg => ({
  text: words.map(({ text }) => text).join(" "),
  taints: new Set(words.flatMap(({ taints }) => [...taints])),
  glob: false,
  splits: words.some(({ splits }) => splits),
  at: null,
  stream: words.find(({ stream }) => stream !== null)?.stream ?? null,
});

/** A word whose value is part of another word, such as `X` of `--file=X`; it stands nowhere. */
export const partOf = (arg: Arg, text: string): Arg => ({ ...arg, text, at: null });

/** What is not known of a word that another program makes: a match of `find`, a line of a list. */
export const someWord = (prefix: string, taints: Iterable<Taint>, splits = false): Arg => ({
  text: prefix + HOLE,
  taints: new Set(taints),
  glob: false,
  splits,
  at: null,
  stream: null,
});

/** The word as it may be shown. */
export const shown = ({ text }: Arg): string => text.replaceAll(HOLE, "…").slice(0, 120);

const plainWord = /^[\w@%+:,./~-]+$/;

/**
 * Words that a program joins with spaces and hands to a shell (`watch`, `ssh`, `parallel`). One word is a program text; several plain
 * ones are run as they are, so that a delete among them can be rewritten in place.
 */
export function runJoined(on: Evaluation, words: readonly Arg[], how: ScriptHow = {}): Outcome {
  const [only] = words;
  if (only === undefined) return on.fine();
  if (words.length === 1) return on.script(only, how);
  const plain = words.every((word) => isKnown(word) && plainWord.test(word.text));
  return plain ? on.run(words, how) : on.script(joinWords(words), how);
}

/** The words of a text as a program splits them that knows quotes and backslashes but no shell; a `$` makes a word unknown. */
export function splitText(source: Arg): readonly Arg[] {
  const words: Arg[] = [];
  let word: string | null = null;
  let quote = "";
  const { text } = source;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? "";
    if (quote !== "") {
      if (char === quote) quote = "";
      else if (char === "\\" && quote === '"') word = (word ?? "") + (text[(at += 1)] ?? "");
      else word = (word ?? "") + char;
    } else if (char === "'" || char === '"') {
      quote = char;
      word ??= "";
    } else if (char === "\\") word = (word ?? "") + (text[(at += 1)] ?? "");
    else if (/\s/.test(char)) {
      if (word !== null) words.push(partOf(source, word));
      word = null;
    } else word = (word ?? "") + char;
  }
  if (word !== null) words.push(partOf(source, word));
  return words.map((one) => {
    const open = one.text.replaceAll(/\$(?:\{[^}]*\}|\w+)/g, HOLE);
    return open === one.text ? one : { ...one, text: open, taints: new Set<Taint>([...one.taints, "variable"]) };
  });
}

/** Words of a profile's own. */
export const wordsOf = (...texts: readonly string[]): readonly Arg[] => texts.map((text) => literal(text));

/** One question for each word that the profile does not know. */
export const oddWords = (on: Evaluation, name: string, words: readonly Arg[]): readonly Outcome[] =>
  words.map((word) => on.effect("unknown.option", `run \`${name}\` with \`${shown(word)}\``));

/** True where the words only ask for help or a version. */
export const asksForHelp = (words: readonly Arg[]): boolean => {
  const [first] = words;
  return (
    words.length === 1 &&
    first !== undefined &&
    /^(?:-h|-\?|--help|help|-V|--version|-version|version)$/.test(first.text)
  );
};
