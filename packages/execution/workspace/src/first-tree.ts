// The tree of a folder that has no git yet, for the first commit after consent: what its `.gitignore` files do not exclude,
// as raw bytes. The folder is the user's, but its names and links are judged like anyone's.
import { CesError, printable } from "@ces/kernel";
import type { Git, TreeFile } from "@ces/ports";
import { escapingLinks, looksBare } from "./inspect-tree.ts";
import { ignoreRules, type Ignored } from "./ignore-rules.ts";
import { isCesState, isDotGit } from "./odd-names.ts";
import { walkTree, type WalkEntry } from "./walk-tree.ts";

/** The folder (absolute) and the repository that was made in it. */
export type FirstTree = { readonly git: Git; readonly root: string };

/** The tree's id and what is in it. */
export type FirstTreeAnswer = { readonly tree: string; readonly files: readonly TreeFile[] };

// Installed or built things are not the project, whether or not somebody wrote a `.gitignore`.
const NEVER = /(^|\/)(node_modules|\.venv|venv|__pycache__|\.env(\.[^/]*)?|\.DS_Store)$/;
const MAX_FILES = 50_000;

/**
 * Writes blobs and trees. Throws CesError `FOLDER_ODD_FILE` for files that a commit cannot hold as they are,
 * `NESTED_REPOSITORY`, `LINK_ESCAPES`, `FOLDER_TOO_LARGE` above 50 000 files.
 */
export async function writeFirstTree({ git, root }: FirstTree): Promise<FirstTreeAnswer> {
  const ignored = await folderIgnores(root);
  const files: TreeFile[] = [];
  const links = new Map<string, string>();
  for await (const entry of walkTree(root, { enter: (path) => entered(path, ignored), maxDepth: 100 })) {
    if (entry.kind === "file") files.push(await fileOf(git, entry));
    else if (entry.kind === "link") {
      links.set(entry.path, entry.target.toString("utf8"));
      files.push({ path: entry.path, mode: "120000", oid: await git.writeBlob(entry.target) });
    } else refuse(entry);
    if (files.length > MAX_FILES)
      throw new CesError("FOLDER_TOO_LARGE", `the folder holds more than ${MAX_FILES} files`, {
        remedy: "write a `.gitignore`, then run the command again",
      });
  }
  const [escape] = escapingLinks(links);
  if (escape !== undefined)
    throw new CesError(escape.code, escape.text, { remedy: "remove the link or list it in `.gitignore`" });
  return { tree: await git.writeTree(files), files };
}

function entered(path: string, ignored: Ignored): boolean {
  return path !== ".git" && !NEVER.test(path) && !isCesState(path) && !ignored(path) && !ignored(`${path}/`);
}

async function fileOf(git: Git, entry: Extract<WalkEntry, { kind: "file" }>): Promise<TreeFile> {
  const mode = (entry.facts.mode & 0o100n) === 0n ? "100644" : "100755";
  return { path: entry.path, mode, oid: await git.writeBlob(entry.read()) };
}

function refuse(entry: Extract<WalkEntry, { kind: "folder" | "odd" }>): void {
  if (entry.kind === "odd")
    throw new CesError("FOLDER_ODD_FILE", `\`${printable(entry.path)}\` ${entry.why}`, {
      remedy: "remove it or list it in `.gitignore`",
    });
  const inner = [...entry.names].some((name) => isDotGit(name) && !(entry.path === "" && name === ".git"));
  if (!inner && !looksBare(entry.names)) return;
  throw new CesError("NESTED_REPOSITORY", `\`${printable(entry.path || ".")}\` holds another repository`, {
    remedy: "run the command inside it, or move it away",
  });
}

// The `.gitignore` files themselves have to be found first.
async function folderIgnores(root: string): Promise<Ignored> {
  const sources: { path: string; text: string }[] = [];
  for await (const entry of walkTree(root, { enter: (path) => path !== ".git" && !NEVER.test(path), maxDepth: 100 })) {
    if (entry.kind === "file" && /(^|\/)\.gitignore$/.test(entry.path))
      sources.push({ path: entry.path, text: entry.read().toString("utf8") });
  }
  return ignoreRules(sources);
}
