// What a shell knows while it runs a line: directories, variables, functions, what feeds it. Copied for subshells, never shared.
import type { CompoundCommand, CompoundList, Redirected } from "unbash";
import { type Arg, noStream, type Stream } from "../arg.ts";
import type { Variable } from "./variable.ts";

/** A function defined in the line, with the text its spans index. */
export interface ShellFunction {
  readonly body: CompoundCommand | Redirected | CompoundList;
  readonly source: string;
  /** Spans are those of the top-level text. */
  readonly top: boolean;
}

/** A text that runs at some later moment, and what was set after it was given. */
export interface Trap {
  readonly action: Arg;
  /** The shell as it was then. */
  readonly base: Shell;
  readonly later: { readonly vars: Map<string, Variable[]>; readonly shells: Shell[] };
}

/** The state of one shell process. */
export interface Shell {
  /** Directories it may stand in; empty when unknown. */
  cwds: readonly string[];
  previous: readonly string[];
  /** Every directory that `pushd` left, in no order that is followed. */
  pushed: readonly string[];
  vars: Map<string, Variable>;
  /** A variable was set whose name is not known: what the line did not set may be anything. */
  forgotten: boolean;
  /** Names that programs it starts see, and whether every name is one from now on. */
  exported: Set<string>;
  exports_all: boolean;
  /** What a name may hold whatever it is given: it is readonly, has an attribute that changes values, or a trap sets it. */
  kept: Map<string, Variable>;
  /** What local variables hid, for each function being called, innermost last; undefined: it was not set. */
  locals: readonly Map<string, Variable | undefined>[];
  /** States in which a loop, function or file may have been left early, for each of them that runs, innermost last. */
  exits: readonly Shell[][];
  /** Conditions under which what it reads runs at all, one object for each. */
  way: readonly object[];
  /** It may have ended before what follows, or prints somewhere else; null: surely not. */
  ended: object | null;
  /** `set -C`: a redirection may leave a file that is there as it was. */
  keeps_files: boolean;
  traps: Trap[];
  /** Bodies that a name may have; null: perhaps none, so that it is a program's name. */
  functions: Map<string, readonly (ShellFunction | null)[]>;
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
    pushed: [],
    vars: new Map(),
    forgotten: false,
    exported: new Set(),
    exports_all: false,
    kept: new Map(),
    locals: [],
    exits: [],
    way: [],
    ended: null,
    keeps_files: false,
    traps: [],
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
    exported: new Set(shell.exported),
    kept: new Map(shell.kept),
    locals: shell.locals.map((one) => new Map(one)),
    functions: new Map(shell.functions),
    aliases: new Map(shell.aliases),
    ...change,
  };
}

/** A copy that runs only under some condition. */
export const onCondition = (shell: Shell, change: Partial<Shell> = {}): Shell =>
  subshell(shell, { ...change, way: [...shell.way, {}] });

/** Leaves a loop, function or file early: what was set until now may be what holds after it. */
export function leaveEarly(shell: Shell): void {
  for (const level of shell.exits) level.push(subshell(shell));
}
