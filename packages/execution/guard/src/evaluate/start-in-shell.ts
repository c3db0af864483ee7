// Names that the shell resolves itself: aliases, functions, builtins. Everything that a name may mean is looked at.
import type { Stream } from "../arg.ts";
import { assignVariable } from "./assign-variable.ts";
import { builtinOf } from "./builtins.ts";
import type { Start } from "./dispatch.ts";
import { joinAlternatives } from "./join-streams.ts";
import { leavable } from "./loops.ts";
import { mergeShells } from "./merge-shells.ts";
import { callAgain, readBody } from "./recursion.ts";
import { add, LIMITS } from "./run.ts";
import { onCondition, type Shell, type ShellFunction } from "./shell.ts";
import { checkSubscripts } from "./subscripts.ts";
import { anyOf, oneValue, unknownVariable } from "./variable.ts";
import type { Walker } from "./walker.ts";

const unknownOutput: Stream = { text: null, taints: new Set(["output"]), files: [], from: "pipe" };

/** Starts a name that the shell resolves itself, an alias, a function or a builtin; null for a program's name. */
export function startInShell(walk: Walker, shell: Shell, name: string, start: Start): Stream | null {
  const builtin = builtinOf(name);
  if (start.passes !== undefined) return builtin === undefined ? null : callBuiltin(walk, shell, name, start);
  const alias = shell.aliases.get(name);
  if (alias !== undefined && !shell.calling.includes(`alias ${name}`)) {
    const scope = onCondition(shell, { calling: [...shell.calling, `alias ${name}`] });
    const printed = walk.evaluation(scope, start.stdin).aliased(alias, start.words.slice(1));
    const calling = shell.calling;
    Object.assign(scope, { calling });
    // SECURITY: shells that run a text read no aliases in it unless told: the name may be what it says.
    const other = onCondition(shell, { calling: [...calling, `alias ${name}`] });
    const plain = walk.start(other, start);
    Object.assign(other, { calling });
    mergeShells(shell, [scope, other]);
    return joinAlternatives(printed, plain);
  }
  const bodies = shell.functions.get(name);
  if (bodies !== undefined) return callAny(walk, shell, bodies, start);
  return builtin === undefined ? null : callBuiltin(walk, shell, name, start);
}

// Each body that the name may have, in its own copy; none: it is a builtin or a program.
function callAny(walk: Walker, shell: Shell, bodies: readonly (ShellFunction | null)[], start: Start): Stream {
  const call = (scope: Shell, fn: ShellFunction | null): Stream =>
    fn === null ? walk.start(scope, { ...start, passes: "functions" }) : callFunction(walk, scope, fn, start);
  const [first = null, ...rest] = bodies;
  if (rest.length === 0) return call(shell, first);
  const scopes = bodies.map(() => onCondition(shell));
  const printed = bodies.map((fn, index) => call(scopes[index] ?? shell, fn));
  mergeShells(shell, scopes);
  return printed.reduce(joinAlternatives);
}

function callFunction(walk: Walker, shell: Shell, fn: ShellFunction, start: Start): Stream {
  const name = start.words[0]?.text ?? "";
  if (shell.calling.includes(fn.body)) {
    if (shell.multiplies)
      add(walk.into, "system.fork-bomb", `start the function \`${name}\` from inside itself again and again`);
    callAgain(walk.run, shell, fn.body, start.words);
    return unknownOutput;
  }
  if (shell.calling.length > LIMITS.depth) {
    add(walk.into, "unknown.too-deep", "call functions deeper than are read");
    return unknownOutput;
  }
  const saved = {
    positional: shell.positional,
    source: shell.source,
    top: shell.top,
    calling: shell.calling,
    stdin: shell.stdin,
    locals: shell.locals,
  };
  const own = new Map();
  Object.assign(shell, {
    positional: start.words.slice(1),
    source: fn.source,
    top: fn.top,
    calling: [...shell.calling, fn.body],
    stdin: start.stdin,
    locals: [...shell.locals, own],
  });
  const printed = withEnv(walk, shell, start, () =>
    readBody(walk.run, shell, fn.body, () => leavable(shell, () => walk.command(shell, fn.body))),
  );
  const hidden = shell.locals.at(-1) ?? own;
  Object.assign(shell, { ...saved, locals: shell.locals.slice(0, -1) });
  // SECURITY: `local` may not have run: what it hid comes back, or what the function set stays.
  for (const [variable, before] of hidden)
    shell.vars.set(variable, anyOf([shell.vars.get(variable) ?? unknownVariable, before ?? unknownVariable]));
  return printed;
}

// Those that POSIX calls special keep what stands before them.
const special: ReadonlySet<string> = new Set(
  ": . eval exec export readonly return set shift trap unset source".split(" "),
);

function callBuiltin(walk: Walker, shell: Shell, name: string, start: Start): Stream {
  checkSubscripts(walk, shell, name, start.words.slice(1));
  const builtin = builtinOf(name);
  if (builtin === undefined) return unknownOutput;
  return withEnv(walk, shell, start, () => builtin(walk, shell, start));
}

/** SECURITY: `x=ls; x=sudo eval '$x id'`: what stands before a call that the shell does itself holds while it runs. */
function withEnv(walk: Walker, shell: Shell, { env, words }: Start, act: () => Stream): Stream {
  if (env.size === 0) return act();
  const before = new Map([...env.keys()].map((name) => [name, shell.vars.get(name)]));
  for (const [name, value] of env) assignVariable(walk, shell, name, oneValue(value));
  const printed = act();
  const plain = builtinOf(words[0]?.text ?? "") !== undefined && !special.has(words[0]?.text ?? "");
  for (const [name, old] of before) {
    if (plain && old === undefined) shell.vars.delete(name);
    else if (plain && old !== undefined) shell.vars.set(name, old);
    else shell.vars.set(name, anyOf([shell.vars.get(name) ?? unknownVariable, old ?? unknownVariable]));
  }
  return printed;
}
