// What interpreters have in common: a program from a text, a file or standard input, and libraries that are loaded before it.
import { type Arg, emptyStream, HOLE, isKnown, type Stream } from "../../arg.ts";
import type { Call, Evaluation, Language, Outcome } from "../../profile.ts";
import { joinWords, shown } from "../_words.ts";

/** Texts of `-e`, which are the lines of one program. */
export function joinCode(texts: readonly Arg[], between = "\n"): Arg | undefined {
  const [only] = texts;
  if (only === undefined || texts.length === 1) return only;
  return { ...joinWords(texts), text: texts.map(({ text }) => text).join(between) };
}

/** True for standard input under one of its names. */
export const isStdin = (path: Arg): boolean => /^(?:-|\/dev\/stdin|\/dev\/fd\/0|\/proc\/self\/fd\/0)$/.test(path.text);

/** A program that is named by a file, or comes from standard input where none is named. */
export function programOf(call: Call, on: Evaluation, language: Language, [file, ...args]: readonly Arg[]): Outcome {
  if (file === undefined || isStdin(file)) return on.codeFrom(language, call.stdin);
  return on.programFile(file, language, args);
}

/** A library that is loaded because an option says so: a file of the workspace is read; one from elsewhere is refused; a name is the project's. */
export function loaded(on: Evaluation, language: Language, library: Arg): Outcome {
  const { text } = library;
  if (text.includes(HOLE) || library.splits)
    return on.effect("code-injection.environment", `load \`${shown(library)}\`, which is only known when it runs`);
  if (/^(?:data|https?|blob):/.test(text))
    return on.effect(
      /^data:/.test(text) ? "code-injection.dynamic" : "remote-exec.fetch-run",
      `load \`${shown(library)}\``,
    );
  if (!/^(?:\.{0,2}\/|~|file:)/.test(text) && !/\.\.\//.test(text)) return on.fine();
  const path: Arg = { ...library, text: text.replace(/^file:(?:\/\/)?/, "") };
  const inside = on.places(path).every(({ real_zone }) => real_zone === "workspace");
  return inside && isKnown(path)
    ? on.programFile(path, language, [])
    : on.effect("code-injection.environment", `load \`${shown(library)}\``);
}

/** Standard input as data where the program comes from elsewhere. */
export const dataOf = ({ stdin }: Call): Stream => (stdin.from === "none" ? emptyStream : stdin);
