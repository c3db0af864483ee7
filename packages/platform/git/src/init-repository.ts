// An empty repository, written as files: no template, no hook, no program.
import { lstatSync, mkdirSync, writeFileSync, chownSync } from "node:fs";
import { join } from "node:path";
import { CesError } from "@ces/kernel";

const CONFIG = "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n\tlogallrefupdates = true\n";

/** Makes `<dir>/.git` with the unborn branch `main`; returns its path. Throws CesError `GIT_EXISTS`. */
export function initRepository(dir: string): string {
  const gitDir = join(dir, ".git");
  if (lstatSync(gitDir, { throwIfNoEntry: false }) !== undefined)
    throw new CesError("GIT_EXISTS", `\`${gitDir}\` is there already`, { remedy: "run the command again" });
  const folders = ["", "objects", "objects/info", "objects/pack", "refs", "refs/heads", "refs/tags", "info"];
  for (const name of folders) mkdirSync(join(gitDir, name));
  const files = { HEAD: "ref: refs/heads/main\n", config: CONFIG };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(gitDir, name), text, { flag: "wx" });
  giveToOwner(dir, gitDir, [...folders, ...Object.keys(files)]);
  return gitDir;
}

// As root in somebody's folder: the repository is theirs.
function giveToOwner(dir: string, gitDir: string, names: readonly string[]): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = lstatSync(dir);
  for (const name of names) chownSync(join(gitDir, name), uid, gid);
}
