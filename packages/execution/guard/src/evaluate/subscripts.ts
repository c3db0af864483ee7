// Subscripts of arrays are expanded a second time: a text that the shell was given as data becomes a command there.
import type { Arg } from "../arg.ts";
import { add } from "./run.ts";
import type { Walker } from "./walker.ts";

const named: ReadonlySet<string> = new Set(
  "declare typeset local export readonly read unset let mapfile readarray wait getopts".split(" "),
);

/** SECURITY: `printf -v 'a[$(cmd)]'`, `test -v 'a[$(cmd)]'`, `declare -i 'x=a[$(cmd)]'` run `cmd`. */
export function checkSubscripts(walk: Walker, name: string, words: readonly Arg[]): void {
  const takesName = /^(?:printf|test|\[)$/.test(name) ? words.some(({ text }) => text === "-v") : named.has(name);
  if (takesName && words.some(({ text }) => /\[[^\]]*(?:\$\(|`)/.test(text)))
    add(walk.into, "code-injection.dynamic", `run what stands in a subscript of \`${name}\``);
}
