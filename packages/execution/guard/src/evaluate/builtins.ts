// What the shell does itself, by name.
import { emptyStream } from "../arg.ts";
import type { Builtin } from "./builtins/builtin.ts";
import { cd, popd, pushd, pwd } from "./builtins/directories.ts";
import { compgen, complete, jobs, ulimit } from "./builtins/listing.ts";
import { alias, enable, hash, history, shopt, unalias } from "./builtins/naming.ts";
import { echo, printf } from "./builtins/printing.ts";
import { mapfile, read } from "./builtins/reading.ts";
import { command, evaluate, exit, leave, peel, source, trap, whereIs } from "./builtins/running.ts";
import { declare } from "./builtins/declaring.ts";
import { compute, getopts, set, shift, unset, wait } from "./builtins/variables.ts";

/** The builtin of that name. */
export const builtinOf = (name: string): Builtin | undefined => table.get(name);

const silent: Builtin = () => emptyStream;

const table: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ...[":", "true", "false", "fg", "bg", "disown", "umask", "suspend", "logout"].map(
    (name): readonly [string, Builtin] => [name, silent],
  ),
  ...["times", "caller", "dirs"].map((name): readonly [string, Builtin] => [name, ulimit]),
  ...["return", "break", "continue"].map((name): readonly [string, Builtin] => [name, leave]),
  ["exit", exit],
  ["wait", wait],
  ["getopts", getopts],
  ["unalias", unalias],
  ["jobs", jobs],
  ["echo", echo],
  ["printf", printf],
  ["cd", cd],
  ["pushd", pushd],
  ["popd", popd],
  ["pwd", pwd],
  ["export", declare],
  ["declare", declare],
  ["typeset", declare],
  ["local", declare],
  ["readonly", declare],
  ["unset", unset],
  ["set", set],
  ["shift", shift],
  ["read", read],
  ["mapfile", mapfile],
  ["readarray", mapfile],
  ["eval", evaluate],
  ["source", source],
  [".", source],
  ["exec", peel(/^-(?:[cl]+|a)$/, /^-a$/)],
  ["command", command],
  ["builtin", peel(/^$/, /^$/)],
  ["which", whereIs],
  ["whereis", whereIs],
  ["type", whereIs],
  ["trap", trap],
  ["alias", alias],
  ["hash", hash],
  ["enable", enable],
  ["history", history],
  ["fc", history],
  ["shopt", shopt],
  ["complete", complete],
  ["compgen", compgen],
  ["bind", complete],
  ["ulimit", ulimit],
  ["test", silent],
  ["[", silent],
  ["let", compute],
  ["help", ulimit],
]);
