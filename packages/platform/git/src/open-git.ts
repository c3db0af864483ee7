// One repository behind the Git port: own writers, plumbing readers, refs by compare-and-swap.
import { readFileSync, statSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { CesError } from "@ces/kernel";
import type { CommitFacts, GitCheckout, TreeFile } from "@ces/ports";
import { checkoutsOf } from "./checkouts.ts";
import { commitBytes, parseCommit } from "./commit-text.ts";
import { git, type GitProcess } from "./git-process.ts";
import { readIndex, writeIndex } from "./git-index.ts";
import { parseTreeList } from "./list-tree.ts";
import type { ObjectFormat } from "./object-id.ts";
import { isPlainSha1, plainHead } from "./plain-repository.ts";
import { readObjects } from "./read-objects.ts";
import { moveRef, readHead, resolveRef } from "./refs.ts";
import { buildTrees } from "./tree-bytes.ts";
import { writeObject } from "./write-object.ts";

/** Which binary and which repository, both absolute. */
export type OpenGit = { readonly gitBinary: string; readonly gitDir: string };

/**
 * Opens a repository by its git directory (a linked worktree's own one works too).
 * Throws CesError `GIT_UNUSABLE` for relative paths or no repository, `GIT_GRAFTS` for grafted history.
 */
export async function openGit({ gitBinary, gitDir }: OpenGit): Promise<GitCheckout> {
  if (!isAbsolute(gitBinary) || !isAbsolute(gitDir)) throw new CesError("GIT_UNUSABLE", "git needs absolute paths");
  const process: GitProcess = { binary: gitBinary, gitDir };
  const commonDir = readCommonDir(gitDir);
  refuseGrafts(commonDir);
  const format = isPlainSha1(commonDir) ? "sha1" : await objectFormat(process);
  const objects = { folder: join(commonDir, "objects"), format };
  const lists = new Map<string, readonly TreeFile[]>();
  return {
    git_dir: gitDir,
    object_format: format,
    head: async () => plainHead(gitDir, commonDir) ?? readHead(process),
    resolveRef: (ref) => resolveRef(process, ref),
    commit: (oid) => readCommit(process, format, oid),
    treeFiles: async (tree) => remember(lists, tree, await (lists.get(tree) ?? listTree(process, tree))),
    blobs: async (oids) => (await readObjects(process, { type: "blob", oids, format })).map((object) => object.bytes),
    writeBlob: (bytes) => writeObject(objects, "blob", bytes),
    writeTree: (files) => buildTrees(files, (bytes) => writeObject(objects, "tree", bytes)),
    writeCommit: (commit) => writeObject(objects, "commit", commitBytes(commit)),
    updateRef: (ref, next, expected) => moveRef(process, ref, next, expected),
    indexEntries: () => readIndex(process),
    updateIndex: (changes) => writeIndex(process, changes, "0".repeat(format === "sha1" ? 40 : 64)),
    checkoutsOf: (ref) => Promise.resolve(checkoutsOf({ gitDir, commonDir, ref })),
  };
}

/** The directory that holds objects and refs: `commondir` of a linked worktree, else the git directory itself. */
export function readCommonDir(gitDir: string): string {
  try {
    return resolve(gitDir, readFileSync(join(gitDir, "commondir"), "utf8").trim());
  } catch {
    return gitDir;
  }
}

async function objectFormat(process: GitProcess): Promise<ObjectFormat> {
  const format = (await git(process, ["rev-parse", "--show-object-format"])).toString("latin1").trim();
  if (format === "sha1" || format === "sha256") return format;
  throw new CesError("GIT_UNUSABLE", `the repository has the unknown object format \`${format}\``);
}

async function readCommit(process: GitProcess, format: ObjectFormat, oid: string): Promise<CommitFacts> {
  const [object] = await readObjects(process, { type: "commit", oids: [oid], format });
  if (object === undefined) throw new CesError("GIT_OBJECT_MISSING", `commit \`${oid}\` is not in the repository`);
  return parseCommit(oid, object.bytes);
}

async function listTree(process: GitProcess, tree: string): Promise<readonly TreeFile[]> {
  if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(tree))
    throw new CesError("GIT_OBJECT_MISSING", `\`${tree}\` is not a tree name`);
  return parseTreeList(await git(process, ["ls-tree", "-r", "-z", "--full-tree", tree]));
}

// Trees are immutable; a delivery reads the same two or three again and again.
function remember(
  lists: Map<string, readonly TreeFile[]>,
  tree: string,
  files: readonly TreeFile[],
): readonly TreeFile[] {
  if (lists.size > 8) lists.clear();
  lists.set(tree, files);
  return files;
}

function refuseGrafts(commonDir: string): void {
  const grafts = statSync(join(commonDir, "info", "grafts"), { throwIfNoEntry: false });
  if (grafts === undefined || grafts.size === 0) return;
  throw new CesError("GIT_GRAFTS", "the repository rewrites its history with `info/grafts`", {
    remedy: "remove `.git/info/grafts`, then run the command again",
  });
}
