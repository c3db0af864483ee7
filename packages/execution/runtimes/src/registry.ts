// Which runtimes there are. Sorted by name; one line each.
import type { RuntimeName } from "@ces/records";
import { claude } from "./claude/claude.ts";
import { codex } from "./codex/codex.ts";
import { replay } from "./replay/replay.ts";
import type { Runtime } from "./runtime.ts";

/** All runtimes, sorted by name. */
export const runtimes: readonly Runtime[] = [claude, codex, replay];

/** The runtime of that name. Throws for a name without one, which the record's type does not allow. */
export function runtimeNamed(name: RuntimeName): Runtime {
  const found = runtimes.find((runtime) => runtime.name === name);
  if (!found) throw new Error(`no runtime ${name}`);
  return found;
}
