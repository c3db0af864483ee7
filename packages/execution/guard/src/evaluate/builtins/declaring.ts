// `export`, `declare`, `local`, `readonly`: names with values and attributes.
import { type Arg, emptyStream, isKnown, type Stream, type Taint } from "../../arg.ts";
import { assignVariable, forgetVariables, keepValue } from "../assign-variable.ts";
import { valueOf } from "../parameter-values.ts";
import { someNumber } from "../parameter-operations.ts";
import { add } from "../run.ts";
import type { Shell } from "../shell.ts";
import { checkComputed } from "../subscripts.ts";
import { anyOf, unsetVariable, oneValue, unknownArray, unknownVariable, type Variable } from "../variable.ts";
import type { Walker } from "../walker.ts";
import type { Builtin } from "./builtin.ts";

const variablesOutput: Stream = { text: null, taints: new Set<Taint>(["environment"]), files: [], from: "pipe" };

/** `export`, `declare`, `local`, `readonly`: names with values. */
export const declare: Builtin = (walk, shell, { words }) => {
  const how = readHow(words);
  if (how.letters.includes("n") && how.command !== "export")
    add(walk.into, "bypass.hidden-name", "give a variable another one's name");
  for (const arg of words.slice(1)) {
    const cut = arg.text.indexOf("=");
    if (/^[-+]/.test(arg.text)) continue;
    if (cut >= 0) declareValue(walk, shell, how, { arg, cut });
    else if (isKnown(arg)) declareName(walk, shell, how, arg.text);
    else {
      add(walk.into, "unknown.command-word", "set a variable whose name is only known when it runs");
      forgetVariables(walk, shell);
    }
  }
  // `export -p`, `declare`: every variable there is.
  return words.slice(1).every(({ text }) => text.startsWith("-")) ? variablesOutput : emptyStream;
};

interface How {
  readonly command: string;
  /** Letters of all options that switch something on. */
  readonly letters: string;
}

function readHow(words: readonly Arg[]): How {
  const letters = words.slice(1).flatMap(({ text }) => (/^-[a-zA-Z]+$/.test(text) ? [text.slice(1)] : []));
  return { command: words[0]?.text ?? "", letters: letters.join("") };
}

function declareValue(
  walk: Walker,
  shell: Shell,
  how: How,
  { arg, cut }: { readonly arg: Arg; readonly cut: number },
): void {
  const name = arg.text.slice(0, cut).replace(/\+$/, "");
  const appends = arg.text[cut - 1] === "+";
  const given: Arg = { ...arg, text: arg.text.slice(cut + 1), at: null, splits: false };
  if (how.letters.includes("i")) checkComputed(walk, shell, given);
  hide(shell, how, name);
  const value = appends ? glued(valueOf(walk, shell, name), given) : given;
  assignVariable(walk, shell, name, how.letters.includes("A") ? unknownArray : oneValue(value));
  mark(shell, how, name);
}

function declareName(walk: Walker, shell: Shell, how: How, name: string): void {
  if (how.letters.includes("f")) {
    if (how.letters.includes("x") || how.command === "export") shell.exported.add(`${name}()`);
    return;
  }
  if (how.letters.includes("p") || !/^[A-Za-z_]\w*(?:\[|$)/.test(name)) return;
  const before = shell.vars.get(name);
  // dash: what is declared without a value keeps the one from outside.
  if (hide(shell, how, name)) assignVariable(walk, shell, name, anyOf([before ?? unknownVariable, unsetVariable]));
  mark(shell, how, name);
}

const glued = (before: Arg, value: Arg): Arg => ({
  ...value,
  text: before.text + value.text,
  taints: new Set([...before.taints, ...value.taints]),
});

/** True when the name is the function's own from now on; what it hid comes back when the function ends. */
function hide(shell: Shell, { command, letters }: How, name: string): boolean {
  const level = shell.locals.at(-1);
  if (level === undefined || !/^(?:local|declare|typeset)$/.test(command)) return false;
  if (letters.includes("g")) {
    for (const one of shell.locals) if (one.has(name)) one.set(name, unknownVariable);
    return false;
  }
  if (level.has(name)) return false;
  level.set(name, shell.vars.get(name));
  // An array of outside is not what the function's own is an element of.
  if (shell.vars.get(name)?.array === true) shell.vars.delete(name);
  return true;
}

// SECURITY: attributes change what is assigned later, or forbid it.
function mark(shell: Shell, { command, letters }: How, name: string): void {
  const now = shell.vars.get(name);
  if (/[aA]/.test(letters)) {
    if (letters.includes("A") || now === undefined || !now.array) shell.vars.set(name, unknownArray);
    if (letters.includes("A")) attribute(shell, name, unknownArray);
  }
  if (/[luc]/.test(letters)) attribute(shell, name, unknownVariable);
  if (letters.includes("i")) attribute(shell, name, oneValue(someNumber));
  if (command === "readonly" || letters.includes("r")) keepValue(shell, name, now ?? unknownVariable);
  if (command === "export" || letters.includes("x")) shell.exported.add(name);
  if (command === "export" && letters.includes("n")) shell.exported.delete(name);
}

function attribute(shell: Shell, name: string, value: Variable): void {
  keepValue(shell, name, value);
  const now = shell.vars.get(name);
  if (now !== undefined) shell.vars.set(name, anyOf([now, value]));
}
