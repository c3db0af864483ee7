// What can be known of the repository a call works in, by looking at its files: its top, its branch, whether a branch exists.
import { type Arg, literal } from "../arg.ts";
import { parentOf } from "../paths/fold-path.ts";
import type { FileFacts } from "../file-facts.ts";
import type { Evaluation } from "../profile.ts";
import { foldersOf, type GitCall } from "./git-call.ts";

/** The folder that holds `.git`, from `dir` upwards; null where none is found. */
function topOf(dir: string, { facts }: Evaluation): string | null {
  for (let at = dir; ; at = parentOf(at)) {
    if (facts.lstat(at === "/" ? "/.git" : `${at}/.git`) !== undefined) return at;
    if (at === "/") return null;
  }
}

/** The tops of the working trees a call may run in; empty when one of them is not known. */
export function topsOf(git: GitCall, on: Evaluation): readonly string[] {
  const tops = foldersOf(git, on).map((dir) => topOf(dir, on));
  return tops.includes(null) ? [] : [...new Set(tops.flatMap((top) => (top === null ? [] : [top])))];
}

/** The folder of git's own files, for a main working tree; null for a linked one, whose refs lie elsewhere. */
function gitDirOf(top: string, { facts }: Evaluation): string | null {
  const path = top === "/" ? "/.git" : `${top}/.git`;
  return facts.lstat(path)?.kind === "dir" ? path : null;
}

const REFS_BYTES = 1024 * 1024;

/** Whether a ref such as `refs/heads/x` exists. Null: not known, or there are no refs at all. */
export function refExists(git: GitCall, on: Evaluation, ref: string): boolean | null {
  const found = topsOf(git, on).map((top) => refIn(gitDirOf(top, on), ref, on));
  if (found.includes(true)) return true;
  return found.length === 0 || found.includes(null) ? null : false;
}

function refIn(dir: string | null, ref: string, { facts }: Evaluation): boolean | null {
  if (dir === null || facts.lstat(`${dir}/reftable`) !== undefined) return null;
  if (facts.lstat(`${dir}/${ref}`) !== undefined) return true;
  if (facts.lstat(`${dir}/packed-refs`) === undefined) return isUnborn(dir, facts) ? null : false;
  const packed = facts.read(`${dir}/packed-refs`, REFS_BYTES);
  return packed === undefined ? null : packed.split("\n").some((line) => line.endsWith(` ${ref}`));
}

/** True for a repository without a commit. */
const isUnborn = (dir: string, facts: FileFacts): boolean =>
  facts.lstat(`${dir}/packed-refs`) === undefined && (facts.list(`${dir}/refs/heads`, 10_000) ?? []).length === 0;

/** The branch that is checked out; null when it is not known. Undefined: none has a commit yet. */
export function currentBranch(git: GitCall, on: Evaluation): string | null | undefined {
  const [top, ...others] = topsOf(git, on);
  if (top === undefined || others.length > 0) return null;
  const dir = gitDirOf(top, on);
  const head = dir === null ? undefined : on.facts.read(`${dir}/HEAD`, 4096);
  const name = head === undefined ? undefined : /^ref: refs\/heads\/(\S+)/.exec(head)?.[1];
  if (name === undefined) return null;
  return dir !== null && isUnborn(dir, on.facts) ? undefined : name;
}

/** True where the word names something on the disk, or reads like a path: then `git checkout` would replace it. */
export function isPathspec(git: GitCall, on: Evaluation, arg: Arg): boolean {
  const { text } = arg;
  if (arg.glob || /[*?[]|^:|^\.{1,2}(?:\/|$)|^~?\/|\/$/.test(text)) return true;
  // A name that is a branch is the branch: git refuses what is both.
  const path = git.dir === null ? arg : literal(`${git.dir.text}/${text}`);
  if (on.places(path).some(({ exists, lexical }) => exists && lexical !== null))
    return refExists(git, on, `refs/heads/${text}`) !== true;
  return /[A-Za-z_-]\.[A-Za-z][A-Za-z\d]{0,4}$/.test(text) && !/^(?:origin|upstream)\//.test(text);
}
