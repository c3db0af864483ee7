// Whether a place lies in a repository, where an agent may work, mount and commit.
import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";

/** The nearest folder at or above `folder` (absolute) that a repository or the state of CES marks as its own; undefined for none. */
export function repositoryAbove(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if ([".git", ".ces"].some((mark) => lstatSync(join(at, mark), { throwIfNoEntry: false }))) return at;
    if (dirname(at) === at) return undefined;
  }
}
