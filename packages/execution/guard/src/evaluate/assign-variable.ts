// The one way in which a variable gets a value: what that means for programs, and what is known of it afterwards.
import { HOLE, literal, unknownArg } from "../arg.ts";
import { searchToo, setVariable } from "./environment.ts";
import { someNumber } from "./parameter-operations.ts";
import type { Shell } from "./shell.ts";
import { anyOf, oneValue, unknownArray, unknownVariable, type Variable } from "./variable.ts";
import type { Walker } from "./walker.ts";

/** Sets `name`, which may be an element (`a[0]`) or not known, in this shell. */
export function assignVariable(walk: Walker, shell: Shell, name: string, variable: Variable): void {
  const plain = /^[A-Za-z_]\w*$/.test(name);
  const base = /^([A-Za-z_]\w*)\[/.exec(name)?.[1];
  if (!plain && base === undefined) {
    if (name.includes(HOLE)) forgetVariables(walk, shell);
    return;
  }
  const written = base ?? name;
  // SECURITY: `a[0]=x`, `a=x` set one element of an array; the others stay, and which one it is may depend on what the line does not tell.
  const element = base !== undefined || (!variable.array && shell.vars.get(written)?.array === true);
  for (const [value] of variable.alternatives)
    setVariable(walk, shell, written, { ...(value ?? literal("")), splits: false });
  // An integer's value is an expression.
  if (shell.kept.get(written)?.alternatives.some(([one]) => one?.taints.has("number") === true) === true)
    for (const [value] of variable.alternatives)
      if (value !== undefined && !value.taints.has("number")) walk.compute(shell, value);
  record(shell, written, element ? unknownArray : variable);
}

/** Sets `name` to some number; which one is not followed. */
export const assignNumber = (walk: Walker, shell: Shell, name: string): void =>
  assignVariable(walk, shell, name, oneValue(someNumber));

/** SECURITY: `read $(cat f)`, `unset "$x"`: any variable may have become anything. */
export function forgetVariables(walk: Walker, shell: Shell): void {
  for (const [name, { array }] of shell.vars) record(shell, name, array ? unknownArray : unknownVariable);
  shell.forgotten = true;
  shell.positional = null;
  searchToo(walk.run, "unknown");
}

/** Whatever it is given, the name may hold this as well. */
export function keepValue(shell: Shell, name: string, variable: Variable): void {
  const before = shell.kept.get(name);
  shell.kept.set(name, before === undefined ? variable : anyOf([before, variable]));
}

// What the shell itself keeps setting.
const dynamic =
  /^(?:_|RANDOM|SRANDOM|SECONDS|LINENO|BASHPID|EPOCHSECONDS|EPOCHREALTIME|PPID|UID|EUID|GROUPS|DIRSTACK|FUNCNAME|HISTCMD|BASH_\w+|PIPESTATUS|OPTARG|OPTIND)$/;

function record(shell: Shell, name: string, variable: Variable): void {
  if (dynamic.test(name)) {
    shell.vars.set(name, oneValue(unknownArg("variable")));
    return;
  }
  const kept = shell.kept.get(name);
  const held = kept === undefined ? variable : anyOf([variable, kept]);
  shell.vars.set(name, held);
  if (shell.exports_all) shell.exported.add(name);
  for (const { later } of shell.traps) later.vars.set(name, [...(later.vars.get(name) ?? []), held]);
}
