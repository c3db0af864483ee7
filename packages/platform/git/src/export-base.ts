// The private git directory of one run (S19): the base commit and what its tree holds, and nothing else of the user's
// repository: no remote, hook, log, stash, other branch, other worktree, alternate or dangling object.
import { lchownSync, lstatSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CesError } from "@ces/kernel";
import type { ExportBase } from "@ces/ports";
import { git, type GitProcess } from "./git-process.ts";

/** The branch that the box sees. */
export const BOX_BRANCH = "refs/heads/ces-base";

const CONFIG = `[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = false
\tlogallrefupdates = false
\thooksPath = /dev/null
\tfsmonitor = false
[gc]
\tauto = 0
[user]
\tname = agent
\temail = agent@localhost
`;

/**
 * Makes `to_dir` (which must not exist) a shallow repository of one commit, its index equal to the base tree. Mount it as
 * `.git` of the worktree. Throws CesError `GIT_FAILED` when an object is missing.
 */
export async function exportBase(gitBinary: string, { from, base_commit, to_dir, owner }: ExportBase): Promise<void> {
  const source: GitProcess = { binary: gitBinary, gitDir: from.git_dir };
  const target: GitProcess = { binary: gitBinary, gitDir: to_dir };
  const { tree, parents } = await from.commit(base_commit);
  layOut(to_dir, { commit: base_commit, shallow: parents.length > 0, format: from.object_format });
  const objects = await objectNames(source, tree);
  const packed = join(to_dir, "objects", "pack", "pack");
  const stdin = `${[base_commit, tree, ...objects].join("\n")}\n`;
  await git(source, ["pack-objects", "--quiet", "--threads=1", "--window=0", packed], { stdin });
  await git(target, ["read-tree", tree], { indexFile: join(to_dir, "index") });
  if (owner !== undefined && process.geteuid?.() === 0) giveTo(to_dir, owner);
}

async function objectNames(source: GitProcess, tree: string): Promise<readonly string[]> {
  const rows = await git(source, [
    "ls-tree",
    "-r",
    "-t",
    "-z",
    "--full-tree",
    "--format=%(objecttype) %(objectname)",
    tree,
  ]);
  const names = rows
    .toString("latin1")
    .split("\0")
    .filter(Boolean)
    .map((row) => row.split(" "));
  return names.flatMap(([type, oid]) => (oid !== undefined && type !== "commit" ? [oid] : []));
}

type Layout = { readonly commit: string; readonly shallow: boolean; readonly format: "sha1" | "sha256" };

function layOut(dir: string, { commit, shallow, format }: Layout): void {
  if (lstatSync(dir, { throwIfNoEntry: false }) !== undefined)
    throw new CesError("GIT_EXISTS", `\`${dir}\` is there already`);
  for (const name of ["", "objects", "objects/info", "objects/pack", "refs", "refs/heads", "info"])
    mkdirSync(join(dir, name));
  const write = (name: string, text: string): void => writeFileSync(join(dir, name), text, { flag: "wx" });
  const sha256 = CONFIG.replace("version = 0", "version = 1") + "[extensions]\n\tobjectformat = sha256\n";
  write("config", format === "sha256" ? sha256 : CONFIG);
  write("HEAD", `ref: ${BOX_BRANCH}\n`);
  write(BOX_BRANCH, `${commit}\n`);
  if (shallow) write("shallow", `${commit}\n`);
}

function giveTo(dir: string, owner: { readonly uid: number; readonly gid: number }): void {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) giveTo(path, owner);
    else lchownSync(path, owner.uid, owner.gid);
  }
  lchownSync(dir, owner.uid, owner.gid);
}
