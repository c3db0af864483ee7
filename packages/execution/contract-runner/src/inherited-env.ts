// Which variables of the runner a command gets: the ones the contract names and the policy lets through (F-01).
import { inheritRefusal, type CscPolicy } from "@ces/contract";

/** The runner's environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables a command starts with: `PATH`, then what `names` may have. A name without a value in `from` is left out. */
export function inheritedEnv(
  names: readonly string[],
  from: Environment,
  { path, policy }: { readonly path: string; readonly policy: CscPolicy },
): Record<string, string> {
  const granted = names.filter((name) => inheritRefusal(name, policy) === undefined);
  const values = granted.flatMap((name): [string, string][] => {
    const value = from[name];
    return value === undefined || value.includes("\0") ? [] : [[name, value]];
  });
  return { PATH: path, ...Object.fromEntries(values) };
}
