// Variables and positional parameters.
import { type Arg, emptyStream, HOLE, isKnown, type Stream, type Taint } from "../../arg.ts";
import { assignVariable, forgetVariables } from "../assign-variable.ts";
import { searchToo } from "../environment.ts";
import { add } from "../run.ts";
import type { Shell } from "../shell.ts";
import { checkComputed } from "../subscripts.ts";
import { unsetVariable, unknownVariable } from "../variable.ts";
import type { Walker } from "../walker.ts";
import { type Builtin, operands } from "./builtin.ts";

const variablesOutput: Stream = { text: null, taints: new Set<Taint>(["environment"]), files: [], from: "pipe" };

/** `unset`: a name without a value, or without a body. */
export const unset: Builtin = (walk, shell, start) => {
  const functions = start.words.some(({ text }) => /^-[a-zA-Z]*f/.test(text));
  for (const arg of operands(start)) {
    if (!isKnown(arg)) {
      forgetVariables(walk, shell);
      for (const name of shell.functions.keys()) maybeNoFunction(shell, name);
    } else if (functions) shell.functions.delete(arg.text);
    else unsetName(walk, shell, arg.text);
  }
  return emptyStream;
};

function unsetName(walk: Walker, shell: Shell, name: string): void {
  // SECURITY: what a function declared as its own hides another value, which may come back.
  const hidden = shell.locals.some((level) => level.has(name));
  const element = name.includes("[");
  assignVariable(walk, shell, name, hidden || element ? unknownVariable : unsetVariable);
  // An array is gone whole.
  if (!hidden && !element && !shell.kept.has(name) && shell.vars.has(name)) shell.vars.set(name, unsetVariable);
  if (name === "PATH") searchToo(walk.run, "unknown");
  shell.exported.delete(name);
  if (!element) maybeNoFunction(shell, name);
}

function maybeNoFunction(shell: Shell, name: string): void {
  const bodies = shell.functions.get(name);
  if (bodies !== undefined && !bodies.includes(null)) shell.functions.set(name, [...bodies, null]);
}

/** `set`: options and positional parameters. */
export const set: Builtin = (walk, shell, { words }) => {
  const rest = words.slice(1);
  const end = rest.findIndex(({ text }) => text === "--" || text === "-" || !/^[-+]/.test(text));
  if (rest.some(({ text }) => /^-[a-zA-Z]*H|^histexpand$/.test(text)))
    add(walk.into, "bypass.hidden-name", "let history expansion put commands together");
  if (rest.some(({ text }) => /^-[a-zA-Z]*a|^allexport$/.test(text))) shell.exports_all = true;
  if (rest.some(({ text }) => /^\+[a-zA-Z]*[ao]/.test(text))) shell.exports_all = false;
  if (rest.some(({ text }) => /^-[a-zA-Z]*C|^noclobber$/.test(text))) shell.keeps_files = true;
  if (rest.some(({ text }) => /^-[a-zA-Z]*e|^errexit$/.test(text))) shell.ended ??= {};
  const dashes = rest[end]?.text === "--" || rest[end]?.text === "-";
  const values =
    end < 0
      ? []
      : rest.slice(dashes ? end + 1 : end).filter(({ text }, index) => index > 0 || dashes || !optionNames.has(text));
  // SECURITY: `set $(cat f) b`: what is not known may be an option, and takes nobody knows which words.
  if (!dashes && rest.some((arg) => !isKnown(arg))) shell.positional = null;
  else if (end >= 0 && (values.length > 0 || rest[end]?.text === "--"))
    shell.positional = values.map((value) => ({ ...value, at: null }));
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
  const [, by] = words;
  const count = by === undefined ? 1 : isKnown(by) && by.taints.size === 0 ? Number(by.text) : Number.NaN;
  const { positional } = shell;
  // SECURITY: more than there are moves nothing in some shells, and a word that may be several is no count of words.
  const known =
    positional !== null &&
    Number.isInteger(count) &&
    count >= 0 &&
    count <= positional.length &&
    positional.slice(0, count).every((arg: Arg) => !arg.splits && !arg.glob);
  shell.positional = known ? positional.slice(count) : null;
  return emptyStream;
};

/** `getopts`: an option and what follows it. */
export const getopts: Builtin = (walk, shell, { words }) => {
  const name = words[2];
  assignVariable(walk, shell, name !== undefined && isKnown(name) ? name.text : HOLE, unknownVariable);
  assignVariable(walk, shell, "OPTARG", unknownVariable);
  assignVariable(walk, shell, "OPTIND", unknownVariable);
  return emptyStream;
};

/** `wait`: with `-p`, which of them ended. */
export const wait: Builtin = (walk, shell, { words }) => {
  const at = words.findIndex(({ text }) => /^-[a-zA-Z]*p/.test(text));
  const [option, next] = [words[at], words[at + 1]];
  if (at < 0 || option === undefined) return emptyStream;
  const glued = option.text.slice(option.text.indexOf("p") + 1);
  const name = glued === "" ? next : { ...option, text: glued };
  assignVariable(walk, shell, name !== undefined && isKnown(name) ? name.text : HOLE, unknownVariable);
  return emptyStream;
};
