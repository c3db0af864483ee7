// What the shell prints itself.
import { type Arg, emptyStream, HOLE, isKnown, literal, type Taint, unknownArg } from "../../arg.ts";
import { joinArgs } from "../join-args.ts";
import { withEscapes } from "../escapes-of-output.ts";
import { formatText } from "../format-text.ts";
import { assignVariable } from "../assign-variable.ts";
import { oneValue } from "../variable.ts";
import { type Builtin, printed } from "./builtin.ts";

/** `echo`: its words, with escapes if asked. */
export const echo: Builtin = (_walk, _shell, { words }) => {
  let rest = words.slice(1);
  let escapes = false;
  let newline = true;
  while (rest[0] !== undefined && /^-[neE]+$/.test(rest[0].text)) {
    for (const letter of rest[0].text.slice(1)) {
      if (letter === "n") newline = false;
      else escapes = letter === "e";
    }
    rest = rest.slice(1);
  }
  const joined = joinArgs(rest);
  const text = echoed(joined.text, escapes);
  return printed(text === null ? unknownOutput(joined) : { ...joined, text: text + (newline ? "\n" : "") });
};

// SECURITY: bash leaves backslashes alone unless asked, zsh and dash do not: `echo '#\nsudo id'` is two lines there.
function echoed(text: string, escapes: boolean): string | null {
  if (text.includes(HOLE) || !text.includes("\\")) return text;
  const read = withEscapes(text, "echo");
  return escapes || read === text ? read : null;
}

const unknownOutput = ({ taints }: Arg): Arg => ({
  ...unknownArg("output"),
  taints: taints.size > 0 ? taints : new Set<Taint>(["output"]),
});

/** `printf`, also into a variable. */
export const printf: Builtin = (walk, shell, { words }) => {
  const glued = /^-v(.+)$/s.exec(words[1]?.text ?? "")?.[1];
  const into = words[1]?.text === "-v" ? words[2] : glued === undefined ? undefined : literal(glued);
  const [format, ...values] = words
    .slice(into === undefined ? 1 : glued === undefined ? 3 : 2)
    .filter(({ text }, index) => !(index === 0 && text === "--"));
  const text =
    format === undefined || !isKnown({ ...format, glob: false })
      ? null
      : formatText(
          format.text,
          values.map((value) => value.text),
        );
  const all = joinArgs(format === undefined ? [] : [format, ...values]);
  const value: Arg = text === null ? unknownOutput(all) : { ...all, text, splits: false, glob: false };
  if (into === undefined) return printed(value);
  assignVariable(walk, shell, isKnown(into) ? into.text : HOLE, oneValue({ ...value, at: null }));
  return emptyStream;
};
