// `.ces/` never comes with a clone: a repository that tracks it is refused before anything of it is read (S10).
import { CesError } from "@ces/kernel";
import type { Git } from "@ces/ports";

/** Throws STATE_TRACKED (exit 3) when the base commit holds a `.ces` folder at any depth, in any case. */
export async function checkUntracked(git: Git, commit: string): Promise<void> {
  const { tree } = await git.commit(commit);
  const tracked = (await git.treeFiles(tree)).find(({ path }) =>
    path.split("/").some((part) => part.toLowerCase() === ".ces"),
  );
  if (tracked === undefined) return;
  throw new CesError(
    "STATE_TRACKED",
    `the repository tracks \`${tracked.path}\`; CES's own state never comes from a repository`,
    { remedy: `git rm -r --cached ${tracked.path.split("/")[0] ?? ".ces"}, then commit` },
  );
}
