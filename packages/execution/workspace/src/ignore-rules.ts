// The base commit's `.gitignore` files as one question: is this path ignored? Own matcher, because the patterns are
// attacker-controlled and libraries turn them into regular expressions that can be made to run for ever.
import type { Git } from "@ces/ports";
import { compileIgnoreLine, type IgnoreRule } from "./ignore-pattern.ts";

/** True for a path (never a folder) that the base would not track. */
export type Ignored = (path: string) => boolean;

type FolderRules = { readonly folder: string; readonly rules: readonly IgnoreRule[] };

/** The rules of every `.gitignore` of a tree. Private excludes of the user's clone are not part of it. */
export async function readIgnoreRules(git: Git, tree: string): Promise<Ignored> {
  const files = (await git.treeFiles(tree)).filter(
    (file) => /(^|\/)\.gitignore$/.test(file.path) && file.mode !== "120000",
  );
  const texts = await git.blobs(files.map((file) => file.oid));
  return ignoreRules(files.map((file, i) => ({ path: file.path, text: Buffer.from(texts[i] ?? []).toString("utf8") })));
}

/** The same from texts; `path` is where each `.gitignore` stands. */
export function ignoreRules(sources: readonly { readonly path: string; readonly text: string }[]): Ignored {
  const all = sources
    .map(({ path, text }) => ({ folder: path.slice(0, -".gitignore".length), rules: parse(text) }))
    .sort((a, b) => b.folder.length - a.folder.length);
  const folders = new Map<string, boolean>([["", false]]);
  const folderIgnored = (folder: string): boolean => {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    // A file below an ignored folder cannot be brought back.
    const ignored = folderIgnored(parentOf(folder)) || decide(all, folder, true);
    if (folders.size > 50_000) folders.clear();
    folders.set(folder, ignored);
    return ignored;
  };
  return (path) => all.length > 0 && (folderIgnored(parentOf(path)) || decide(all, path, false));
}

function parse(text: string): readonly IgnoreRule[] {
  return text
    .replace(/^\ufeff/, "")
    .split("\n")
    .flatMap((line) => compileIgnoreLine(line.replace(/\r$/, "")) ?? [])
    .reverse();
}

// The deepest file decides, and in it the last line that matches.
function decide(all: readonly FolderRules[], path: string, isFolder: boolean): boolean {
  for (const { folder, rules } of all) {
    if (!path.startsWith(folder)) continue;
    const segments = path.slice(folder.length).split("/");
    const rule = rules.find((candidate) => (isFolder || !candidate.folderOnly) && candidate.matches(segments));
    if (rule !== undefined) return !rule.negated;
  }
  return false;
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}
