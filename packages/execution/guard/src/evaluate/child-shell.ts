// The shell that a program started from a shell is, or starts: only what is exported reaches it.
import { type Arg, isKnown } from "../arg.ts";
import type { Setting } from "../setting.ts";
import { type Shell, subshell } from "./shell.ts";
import { anyOf, unsetVariable, unknownVariable, type Variable } from "./variable.ts";

/** How much of the environment is handed on. `cleared`: nothing; `unset`: all but these. */
export interface HandedOn {
  readonly cleared?: boolean;
  readonly elsewhere?: boolean;
  readonly unset?: readonly Arg[];
}

// Set wherever a person has logged in, so that a new value is exported without being told.
const always =
  /^(?:HOME|PATH|PWD|OLDPWD|USER|LOGNAME|SHELL|TERM|LANG|LC_\w+|TMPDIR|XDG_\w+|SHLVL|EDITOR|PAGER|CES_UNKNOWN_STRETCH)$/;

/** A copy of `shell` for another process. Functions stay only by `export -f`, aliases and what is not exported never. */
export function childShell(shell: Shell, setting: Setting, how: HandedOn = {}): Shell {
  const child = subshell(shell, {
    kept: new Map(),
    locals: [],
    exits: [],
    way: [...shell.way, ...shell.exits.filter((left) => left.length > 0)],
    ended: null,
    traps: [],
    aliases: new Map(),
    exports_all: false,
    functions: new Map([...shell.functions].filter(([name]) => shell.exported.has(`${name}()`))),
  });
  if (how.cleared === true || how.elsewhere === true) {
    child.vars = new Map();
    child.functions = new Map();
    child.forgotten = true;
    return child;
  }
  for (const [name, variable] of child.vars)
    if (!shell.exported.has(name) && !always.test(name) && !setting.variables.has(name))
      child.vars.set(name, unexported(variable));
  for (const name of how.unset ?? []) {
    if (isKnown(name)) child.vars.set(name.text, unsetVariable);
    else return childShell(shell, setting, { cleared: true });
  }
  return child;
}

// It is seen if the name was exported before the line; else there is nothing.
const unexported = (variable: Variable): Variable =>
  variable.array ? unknownVariable : anyOf([variable, unsetVariable]);
