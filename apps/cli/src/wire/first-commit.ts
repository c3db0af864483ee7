// The first commit of a history names a project for good. Walking there is done once and remembered under the newest commit
// seen; a commit that is remembered was also looked through for a tracked `.ces/`, and commits do not change.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { atomicWrite, ownedDirectory, readOwned } from "@ces/files";
import type { Git } from "@ces/ports";
import { checkUntracked } from "./state-tracked.ts";

/** The root commit behind `head`, along first parents. Throws STATE_TRACKED when the tree of `head` holds CES's own folder. */
export async function firstCommit(git: Git, head: string, stateBase: string): Promise<string> {
  const file = join(ownedDirectory(join(stateBase, "roots")), createHash("sha256").update(git.git_dir).digest("hex"));
  const known = readKnown(file);
  if (known?.seen === head) return known.root;
  await checkUntracked(git, head);
  let at = head;
  for (;;) {
    if (at === known?.seen) return known.root;
    const { parents } = await git.commit(at);
    const [parent] = parents;
    if (parent === undefined) break;
    at = parent;
  }
  atomicWrite(file, `${head} ${at}\n`);
  return at;
}

function readKnown(file: string): { readonly seen: string; readonly root: string } | undefined {
  const bytes = readOwned(file);
  const [seen, root] = bytes === undefined ? [] : Buffer.from(bytes).toString("utf8").trim().split(" ");
  return seen === undefined || root === undefined ? undefined : { seen, root };
}
