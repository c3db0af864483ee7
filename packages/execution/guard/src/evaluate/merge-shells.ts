// What is known where several ways meet: after branches, loops, and calls that may have been left early.
import { isSecretName } from "@ces/kernel";
import { unknownArg } from "../arg.ts";
import type { Shell, ShellFunction } from "./shell.ts";
import { anyOf, oneValue, sameVariable, sameWords, type Variable } from "./variable.ts";

/** Directories that are looked at one by one; more is a directory that is not known. */
const MAX_DIRECTORIES = 8;

/** After a branch: what any of the sides left may hold. */
export function mergeShells(shell: Shell, branches: readonly Shell[]): void {
  shell.cwds = directories(branches.map(({ cwds }) => cwds));
  shell.previous = directories(branches.map(({ previous }) => previous));
  shell.pushed = [...new Set(branches.flatMap(({ pushed }) => pushed))];
  shell.vars = mergeMaps(
    branches.map(({ vars }) => vars),
    (name, found) => anyOf(found.map((one) => one ?? ambient(name))),
  );
  shell.kept = mergeMaps(
    branches.map(({ kept }) => kept),
    (_name, found) => anyOf(found.filter((one) => one !== undefined)),
  );
  shell.functions = mergeMaps(
    branches.map(({ functions }) => functions),
    (_name, found) => [...new Set(found.flatMap((one): readonly (ShellFunction | null)[] => one ?? [null]))],
  );
  for (const { aliases } of branches) for (const [name, text] of aliases) shell.aliases.set(name, text);
  shell.forgotten = branches.some(({ forgotten }) => forgotten);
  // INVARIANT: exported is what programs surely see.
  shell.exported = new Set([...shell.exported, ...branches.flatMap(({ exported }) => [...exported])]);
  for (const name of shell.exported)
    if (!branches.every(({ exported }) => exported.has(name))) shell.exported.delete(name);
  shell.ended ??= branches.find(({ ended }) => ended !== null)?.ended ?? null;
  shell.keeps_files = branches.some(({ keeps_files }) => keeps_files);
  shell.exports_all = branches.every(({ exports_all }) => exports_all);
  shell.locals = shell.locals.map((one, level) => {
    const all = new Map(one);
    for (const { locals } of branches) for (const [name, hidden] of locals[level] ?? []) all.set(name, hidden);
    return all;
  });
  const [first, ...rest] = branches;
  if (first !== undefined)
    shell.positional = rest.every(({ positional }) => sameWords(positional, first.positional))
      ? first.positional
      : null;
  shell.stdin = branches.some(({ stdin }) => stdin !== shell.stdin) ? usedUp(shell) : shell.stdin;
}

/** Whether anything that a later command sees is another after than it was before. */
export function changed(before: Shell, after: Shell): boolean {
  if (before.vars.size !== after.vars.size || before.functions.size !== after.functions.size) return true;
  for (const [name, value] of after.vars) if (!sameVariable(before.vars.get(name), value)) return true;
  for (const [name, bodies] of after.functions) {
    const old = before.functions.get(name);
    if (old !== bodies && (old?.length !== bodies.length || bodies.some((one) => !old.includes(one)))) return true;
  }
  return (
    !sameWords(before.positional, after.positional) ||
    before.forgotten !== after.forgotten ||
    before.stdin !== after.stdin ||
    before.exported.size !== after.exported.size ||
    before.kept.size !== after.kept.size ||
    before.cwds.join("\u0001") !== after.cwds.join("\u0001")
  );
}

function directories(all: readonly (readonly string[])[]): readonly string[] {
  const dirs = [...new Set(all.flat())];
  return all.some((some) => some.length === 0) || dirs.length > MAX_DIRECTORIES ? [] : dirs;
}

function mergeMaps<T>(
  maps: readonly ReadonlyMap<string, T>[],
  join: (name: string, found: readonly (T | undefined)[]) => T,
): Map<string, T> {
  const merged = new Map<string, T>();
  for (const name of new Set(maps.flatMap((one) => [...one.keys()]))) {
    const found = maps.map((one) => one.get(name));
    const [first] = found;
    merged.set(name, first !== undefined && found.every((one) => one === first) ? first : join(name, found));
  }
  return merged;
}

// SECURITY: where one branch leaves a name alone, it is what it was outside of the line.
const ambient = (name: string): Variable => oneValue(unknownArg(isSecretName(name) ? "secret" : "variable"));

const usedUp = ({ stdin }: Shell): Shell["stdin"] => ({ ...stdin, text: null, files: [] });
