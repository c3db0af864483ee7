// What the shell prints itself.
import { type Arg, emptyStream, HOLE, isKnown, type Taint, unknownArg } from "../../arg.ts";
import { joinArgs } from "../join-args.ts";
import { formatText } from "../format-text.ts";
import { oneValue } from "../shell.ts";
import { type Builtin, printed } from "./builtin.ts";

/** `echo`: its words, with escapes if asked. */
export const echo: Builtin = (walk, _shell, { words }) => {
  let rest = words.slice(1);
  let escapes = false;
  let newline = true;
  while (rest[0] !== undefined && /^-[neE]+$/.test(rest[0].text)) {
    if (rest[0].text.includes("e")) escapes = true;
    if (rest[0].text.includes("n")) newline = false;
    rest = rest.slice(1);
  }
  const joined = joinArgs(rest);
  const text = escapes && !joined.text.includes(HOLE) ? (formatText(joined.text, []) ?? joined.text) : joined.text;
  void walk;
  return printed({ ...joined, text: text + (newline ? "\n" : "") });
};

/** `printf`, also into a variable. */
export const printf: Builtin = (walk, shell, { words }) => {
  const into = words[1]?.text === "-v" ? words[2] : undefined;
  const [format, ...values] = words
    .slice(into === undefined ? 1 : 3)
    .filter(({ text }, index) => !(index === 0 && text === "--"));
  const text =
    format === undefined || !isKnown({ ...format, glob: false })
      ? null
      : formatText(
          format.text,
          values.map((value) => value.text),
        );
  const all = joinArgs(format === undefined ? [] : [format, ...values]);
  const value: Arg =
    text === null
      ? { ...unknownArg("output"), taints: all.taints.size > 0 ? all.taints : new Set<Taint>(["output"]) }
      : { ...all, text, splits: false, glob: false };
  if (into === undefined) return printed(value);
  if (isKnown(into)) shell.vars.set(into.text, oneValue(value));
  void walk;
  return emptyStream;
};
