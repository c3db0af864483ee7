// What a name stands for: what the line set, else facts of the setting, else a hole that says where it comes from.
import { isSecretName } from "@ces/kernel";
import { type Arg, literal, unknownArg } from "../arg.ts";
import { someNumber } from "./parameter-operations.ts";
import type { Shell } from "./shell.ts";
import type { Walker } from "./walker.ts";

/** The value of a name, or a hole. */
export function valueOf(walk: Walker, shell: Shell, name: string): Arg {
  const variable = shell.vars.get(name);
  if (variable !== undefined) {
    const { alternatives } = variable;
    const chosen = alternatives[walk.choose(`$${name}`, alternatives.length)] ?? [];
    return chosen[0] ?? literal("");
  }
  return ambient(walk, shell, name);
}

/** What the line did not set: facts of the setting, else unknown. */
function ambient(walk: Walker, shell: Shell, name: string): Arg {
  const { setting } = walk.run;
  if (shell.forgotten && /^[A-Za-z_]/.test(name)) return unknownArg(isSecretName(name) ? "secret" : "variable");
  if (name === "HOME") return literal(setting.home);
  if (name === "PWD" && shell.cwds[0] !== undefined) return cwdValue(walk, shell.cwds, name);
  if (name === "OLDPWD" && shell.previous[0] !== undefined) return cwdValue(walk, shell.previous, name);
  if ((name === "USER" || name === "LOGNAME") && setting.user !== "") return literal(setting.user);
  const told = setting.variables.get(name);
  if (told !== undefined) return literal(told);
  if (name === "0") return shell.zero ?? literal("bash");
  if (/^[1-9]\d*$/.test(name)) return positionalAt(shell.positional, Number(name));
  if (name === "#")
    return shell.positional === null || shell.positional.some(isSeveral)
      ? unknownArg("variable")
      : literal(String(shell.positional.length));
  if (/^[?$!-]$/.test(name) || counters.has(name)) return someNumber;
  if (name === "SHELL" || name === "BASH") return literal("/bin/bash");
  if (name === "IFS") return literal(" \t\n");
  return unknownArg(isSecretName(name) ? "secret" : "variable");
}

// SECURITY: `set -- * ls`: behind a word that may be several, nobody knows which one is the second.
function positionalAt(words: readonly Arg[] | null, place: number): Arg {
  if (words === null || words.slice(0, place).some(isSeveral)) return unknownArg("variable");
  return words[place - 1] ?? literal("");
}

/** True for a word that may turn out to be none or several. */
export const isSeveral = ({ splits, glob }: Arg): boolean => splits || glob;

const counters: ReadonlySet<string> = new Set(
  "RANDOM SECONDS LINENO UID EUID PPID BASHPID SRANDOM EPOCHSECONDS EPOCHREALTIME".split(" "),
);

function cwdValue(walk: Walker, cwds: readonly string[], name: string): Arg {
  return literal(cwds[walk.choose(`$${name}`, cwds.length)] ?? cwds[0] ?? "/");
}

/** The words of an array or of `$@`; null when nothing is known of them. */
export function wholeValues(walk: Walker, shell: Shell, name: string): readonly Arg[] | null {
  if (name === "@" || name === "*") return shell.positional;
  const variable = shell.vars.get(name);
  if (variable === undefined) return null;
  return variable.alternatives[walk.choose(`$${name}`, variable.alternatives.length)] ?? [];
}
