// One call of git after its global options: the subcommand, its words, and where it stands.
import { type Arg, HOLE, type Stream } from "../arg.ts";
import { type Grammar, type Options, readOptions } from "../options.ts";
import type { Evaluation, Outcome } from "../profile.ts";

/** A call of a subcommand. */
export interface GitCall {
  readonly sub: string;
  /** The words after the subcommand. */
  readonly args: readonly Arg[];
  readonly stdin: Stream;
  /** The folder of `-C`, joined where it was given more than once; null for the shell's own. */
  readonly dir: Arg | null;
}

/** What a subcommand would do. */
export type Subcommand = (git: GitCall, on: Evaluation) => Outcome;

/** The word as it may be shown. */
export const shown = ({ text }: Arg): string => text.replaceAll(HOLE, "…").slice(0, 120);

/** `git reset HEAD~1`: the call as it may be shown. */
export const callShown = ({ sub, args }: GitCall): string => ["git", sub, ...args.map(shown)].join(" ").slice(0, 160);

/** A path of the call: from the folder of `-C`, if there is one. */
export function pathIn({ dir }: GitCall, path: Arg): Arg {
  if (dir === null || path.text.startsWith("/")) return path;
  return { ...path, text: `${dir.text}/${path.text}`, taints: new Set([...dir.taints, ...path.taints]), at: null };
}

/** The folders it may run in, absolute; empty when they are not known. */
export function foldersOf({ dir }: GitCall, on: Evaluation): readonly string[] {
  if (dir === null) return on.cwds;
  return on.places(dir).flatMap(({ real, any_child }) => (real === null || any_child ? [] : [real]));
}

/** Options and operands of a call, with the words after `--` apart. */
export interface GitOptions extends Options {
  /** Operands before `--`. */
  readonly words: readonly Arg[];
  /** Words after `--`; null when there is none. */
  readonly paths: readonly Arg[] | null;
}

/** Reads the words of a call by a grammar. */
export function optionsOf({ args }: GitCall, known: Grammar): GitOptions {
  const read = readOptions(args, known);
  const cut = args.findIndex(({ text }, index) => text === "--" && !isValue(read, args, index));
  const paths = cut < 0 ? null : args.slice(cut + 1);
  return {
    ...read,
    words: paths === null ? read.operands : read.operands.slice(0, read.operands.length - paths.length),
    paths,
  };
}

// `-m --`: the dashes are a message.
const isValue = ({ given }: Options, args: readonly Arg[], index: number): boolean =>
  given.some(({ value }) => value !== undefined && value === args[index]);

/**
 * Questions for options that are not known, and for words that may turn out to be options. `spare`: so many words do no harm even if
 * one of them is an option, because a path or a name would be missing then.
 */
export function oddOptions(
  git: GitCall,
  on: Evaluation,
  { unknown, words }: GitOptions,
  spare = 0,
): readonly Outcome[] {
  const open = words.filter(({ text }) => text.startsWith(HOLE));
  const alone = words.length <= spare && open.every(({ splits }) => !splits);
  const odd = [...unknown, ...(alone ? [] : open)];
  return odd.map((word) => on.effect("unknown.option", `run \`git ${git.sub}\` with \`${shown(word)}\``));
}

/** Uncommitted work is given up: a question, and a copy of the working tree first. */
export function discard(
  git: GitCall,
  on: Evaluation,
  { ignored = false }: { readonly ignored?: boolean } = {},
): Outcome {
  const found = on.effect("git.discard", `run \`${callShown(git)}\``);
  return { ...found, rescues: foldersOf(git, on).map((dir) => ({ kind: "worktree", dir, ignored })) };
}

/** Commits, refs or stashes are given up. */
export const history = (git: GitCall, on: Evaluation): Outcome => on.effect("git.history", `run \`${callShown(git)}\``);

/** An option or a subcommand that nobody knows. */
export const unknownCall = (git: GitCall, on: Evaluation): Outcome =>
  on.effect("unknown.option", `run \`${callShown(git)}\``);

/** A program that is handed to git as text. */
export const toolExec = (on: Evaluation, what: string): Outcome => on.effect("code-injection.tool-exec", what);

/** A value that is on a short list, or nothing. */
export const isOneOf = (value: Arg | undefined, names: RegExp): boolean =>
  value === undefined || (!value.text.includes(HOLE) && names.test(value.text));
