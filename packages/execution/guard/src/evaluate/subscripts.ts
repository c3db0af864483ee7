// Subscripts of arrays are expanded a second time: a text that the shell was given as data becomes a command there.
import { type Arg, HOLE } from "../arg.ts";
import { assignNumber } from "./assign-variable.ts";
import { add } from "./run.ts";
import type { Shell } from "./shell.ts";
import { streamKind } from "./streams.ts";
import type { Walker } from "./walker.ts";

const named: ReadonlySet<string> = new Set(
  "declare typeset local export readonly read unset let mapfile readarray wait getopts".split(" "),
);

/** SECURITY: `printf -v 'a[$(cmd)]'`, `test -v 'a[$(cmd)]'`, `declare -i 'x=a[$(cmd)]'` run `cmd`. */
export function checkSubscripts(walk: Walker, shell: Shell, name: string, words: readonly Arg[]): void {
  const takesName = /^(?:printf|test|\[)$/.test(name)
    ? words.some(({ text }) => text.startsWith("-v"))
    : named.has(name);
  if (takesName && words.some(({ text }) => /\[[^\]]*(?:\$\(|`)/.test(text)))
    add(walk.into, "code-injection.dynamic", `run what stands in a subscript of \`${name}\``);
  if (!takesName) return;
  for (const word of words) {
    const inside = /^[A-Za-z_]\w*\[(.*)\]/s.exec(word.text)?.[1];
    if (inside !== undefined) checkComputed(walk, shell, { ...word, text: inside });
  }
}

/**
 * SECURITY: what a shell computes with is an expression, whatever it came from: a name in it stands for its value, which is an expression
 * again, and a subscript in that runs commands. `x='a[$(cmd)]'; echo $((x))`, `[[ $x -eq 1 ]]`, `${v:x}`, `${a[x]}` run `cmd`.
 */
export function checkComputed(walk: Walker, shell: Shell, value: Arg, seen: Set<string> = new Set()): void {
  const { text, taints } = value;
  if (/\$\(|`/.test(text))
    add(walk.into, "code-injection.dynamic", "run what stands in an expression that is computed");
  if (text.includes(HOLE) && (taints.has("network") || taints.has("decoded")))
    add(walk.into, streamKind(taints), "compute with what is fetched or decoded, which can run commands");
  // An expression may also set what it names.
  for (const [, before, after] of text.matchAll(setters)) assignNumber(walk, shell, before ?? after ?? "");
  if (text.includes(HOLE)) forgetNumbers(walk, shell);
  for (const [name] of text.matchAll(/[A-Za-z_]\w*/g)) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const one of shell.vars.get(name)?.alternatives.flat() ?? []) checkComputed(walk, shell, one, seen);
  }
}

// An expression that is not known may set other numbers of the line.
function forgetNumbers(walk: Walker, shell: Shell): void {
  for (const [name, { alternatives }] of shell.vars)
    if (alternatives.every(([one, more]) => one !== undefined && more === undefined && /^-?\d+$/.test(one.text)))
      assignNumber(walk, shell, name);
}

const setters =
  /([A-Za-z_]\w*(?:\[[^\]]*\])?)\s*(?:(?:<<|>>|[-+*/%&|^])?=(?!=)|\+\+|--)|(?:\+\+|--)\s*([A-Za-z_]\w*(?:\[[^\]]*\])?)/g;
