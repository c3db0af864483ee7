// What a shell knows while it runs a line: directories, variables, functions, what feeds it. Copied for subshells, never shared.
import type { CompoundCommand, CompoundList, Redirected } from "unbash";
import { type Arg, noStream, type Stream, type Taint, unknownArg } from "../arg.ts";

/** A variable: one word, or the words of an array. Several alternatives where branches or loops set it differently. */
export interface Variable {
  readonly alternatives: readonly (readonly Arg[])[];
  readonly array: boolean;
}

/** A function defined in the line, with the text its spans index. */
export interface ShellFunction {
  readonly body: CompoundCommand | Redirected | CompoundList;
  readonly source: string;
  /** Spans are those of the top-level text. */
  readonly top: boolean;
}

/** The state of one shell process. */
export interface Shell {
  /** Directories it may stand in; empty when unknown. */
  cwds: readonly string[];
  previous: readonly string[];
  vars: Map<string, Variable>;
  functions: Map<string, ShellFunction>;
  aliases: Map<string, string>;
  /** `$1 …`; null when unknown. */
  positional: readonly Arg[] | null;
  /** `$0`. */
  zero: Arg | null;
  stdin: Stream;
  /** The text that spans of this shell's nodes index, and whether it is the top-level text. */
  source: string;
  top: boolean;
  /** Shells, wrappers and scripts around it. */
  depth: number;
  /** Script files around it. */
  files: number;
  /** It runs on another machine or in a container: paths of this machine mean nothing. */
  elsewhere: boolean;
  /** Bodies of functions being called, and aliases being read, innermost last. A name may be given another body on the way. */
  calling: readonly (object | string)[];
  /** It runs in the background or in a pipe, so that a call of itself multiplies. */
  multiplies: boolean;
}

/** A shell at the start of a line. */
export function newShell(source: string, cwd: string): Shell {
  return {
    cwds: [cwd],
    previous: [],
    vars: new Map(),
    functions: new Map(),
    aliases: new Map(),
    positional: null,
    zero: null,
    stdin: noStream,
    source,
    top: true,
    depth: 0,
    files: 0,
    elsewhere: false,
    calling: [],
    multiplies: false,
  };
}

/** A copy: what happens in it stays in it. */
export function subshell(shell: Shell, change: Partial<Shell> = {}): Shell {
  return {
    ...shell,
    vars: new Map(shell.vars),
    functions: new Map(shell.functions),
    aliases: new Map(shell.aliases),
    ...change,
  };
}

const MAX_ALTERNATIVES = 8;

/** After a branch: what either side left may hold. */
export function mergeShells(shell: Shell, branches: readonly Shell[]): void {
  const cwds = branches.map((branch) => branch.cwds);
  const dirs = [...new Set(cwds.flat())];
  shell.cwds = cwds.some((some) => some.length === 0) || dirs.length > MAX_ALTERNATIVES ? [] : dirs;
  const names = new Set(branches.flatMap((branch) => [...branch.vars.keys()]));
  for (const name of names) {
    const found = branches.map((branch) => branch.vars.get(name)).filter((one) => one !== undefined);
    const first = found[0];
    if (first === undefined || found.every((one) => one === first)) {
      if (first !== undefined) shell.vars.set(name, first);
      continue;
    }
    const alternatives = dedupe(found.flatMap((one) => one.alternatives));
    shell.vars.set(name, { alternatives: bounded(alternatives), array: found.some((one) => one.array) });
  }
  for (const branch of branches) {
    for (const [name, fn] of branch.functions) shell.functions.set(name, fn);
    for (const [name, text] of branch.aliases) shell.aliases.set(name, text);
  }
}

// SECURITY: more values than are looked at one by one is a value that is not known; none of them is left out.
function bounded(alternatives: readonly (readonly Arg[])[]): readonly (readonly Arg[])[] {
  if (alternatives.length <= MAX_ALTERNATIVES) return alternatives;
  const taints = new Set<Taint>(["variable", ...alternatives.flatMap((one) => one.flatMap((arg) => [...arg.taints]))]);
  return [[{ ...unknownArg("variable", true), taints }]];
}

function dedupe(all: readonly (readonly Arg[])[]): (readonly Arg[])[] {
  const seen = new Map<string, readonly Arg[]>();
  for (const one of all) seen.set(one.map(({ text, glob }) => `${glob ? "*" : ""}${text}`).join("\u0001"), one);
  return [...seen.values()];
}

/** A variable with one value. */
export const oneValue = (value: Arg): Variable => ({ alternatives: [[value]], array: false });
