// Variables and positional parameters.
import { type Arg, emptyStream, isKnown, literal, type Stream, type Taint } from "../../arg.ts";
import { setVariable } from "../environment.ts";
import { add } from "../run.ts";
import { oneValue } from "../shell.ts";
import { checkComputed } from "../subscripts.ts";
import { type Builtin, operands } from "./builtin.ts";

const variablesOutput: Stream = { text: null, taints: new Set<Taint>(["environment"]), files: [], from: "pipe" };

/** `export`, `declare`, `local`, `readonly`: names with values. */
export const declare: Builtin = (walk, shell, { words }) => {
  const number = words.some(({ text }) => /^-[a-zA-Z]*i/.test(text));
  for (const arg of words.slice(1)) {
    if (arg.text.startsWith("-")) {
      if (/^-[a-zA-Z]*n/.test(arg.text)) add(walk.into, "bypass.hidden-name", "give a variable another one's name");
      continue;
    }
    const cut = arg.text.indexOf("=");
    if (cut < 0) {
      if (!isKnown(arg)) add(walk.into, "unknown.command-word", "set a variable whose name is only known when it runs");
      continue;
    }
    const name = arg.text.slice(0, cut).replace(/\+$/, "");
    const value: Arg = { ...arg, text: arg.text.slice(cut + 1), at: null, splits: false };
    setVariable(walk, shell, name, value);
    if (number) checkComputed(walk, shell, value);
    if (!shell.vars.get(name)?.array) shell.vars.set(name, oneValue(value));
  }
  // `export -p`, `declare`: every variable there is.
  return words.slice(1).every(({ text }) => text.startsWith("-")) ? variablesOutput : emptyStream;
};

/** `unset`: a name without a value. */
export const unset: Builtin = (walk, shell, start) => {
  for (const { text } of operands(start)) {
    shell.vars.set(text, oneValue(literal("")));
    if (text === "PATH") walk.run.path = "unknown";
  }
  return emptyStream;
};

/** `set`: options and positional parameters. */
export const set: Builtin = (_walk, shell, { words }) => {
  const rest = words.slice(1);
  const end = rest.findIndex(({ text }) => text === "--" || text === "-" || !/^[-+]/.test(text));
  if (rest.some(({ text }) => /^-[a-zA-Z]*H|^histexpand$/.test(text)))
    add(_walk.into, "bypass.hidden-name", "let history expansion put commands together");
  const values =
    end < 0
      ? []
      : rest
          .slice(rest[end]?.text === "--" || rest[end]?.text === "-" ? end + 1 : end)
          .filter(({ text }, index) => index > 0 || !optionNames.has(text));
  if (end >= 0 && values.length > 0) shell.positional = values.map((value) => ({ ...value, at: null }));
  return words.length === 1 ? variablesOutput : emptyStream;
};

const optionNames: ReadonlySet<string> = new Set(
  "allexport braceexpand emacs errexit errtrace functrace hashall histexpand history ignoreeof interactive-comments keyword monitor noclobber noexec noglob nolog notify nounset onecmd physical pipefail posix privileged verbose vi xtrace".split(
    " ",
  ),
);

/** `let`: expressions. */
export const compute: Builtin = (walk, shell, { words }) => {
  for (const arg of words.slice(1)) checkComputed(walk, shell, arg);
  return emptyStream;
};

/** `shift`: positional parameters move up. */
export const shift: Builtin = (_walk, shell, { words }) => {
  const count = Number(words[1]?.text ?? "1");
  if (shell.positional !== null) shell.positional = shell.positional.slice(Number.isInteger(count) ? count : 1);
  return emptyStream;
};
