// What this line wrote into files, and whether it surely did: a write behind `&&`, in a branch, a loop or the background may not have run.
import type { Stream } from "../arg.ts";
import type { WriteMode } from "../profile.ts";
import type { Created, Run } from "./run.ts";
import type { Shell } from "./shell.ts";

/** Remembers what a file holds from now on, if this part of the line runs. */
export function rememberFile(run: Run, shell: Shell, path: string, made: Pick<Created, "content" | "copy_of">): void {
  const over = run.created.has(path) || run.facts.lstat(path) !== undefined;
  run.created.set(path, { ...made, over, way: wayOf(shell), step: run.commands });
}

/** Files written since that step may not have been, or not these. */
export function doubtFiles(run: Run, since: number): void {
  for (const [path, made] of run.created)
    if (made.step > since) run.created.set(path, { ...made, way: [...made.way, {}] });
}

/** A file of this line is taken away: what it held may stand under another name, and nothing is read by this one. */
export function takeAway(run: Run, path: string): void {
  const made = run.created.get(path);
  if (made !== undefined) run.created.set(path, { ...made, over: false, way: [...made.way, {}] });
}

/** What a file of this line holds where `shell` reads it. */
export function writtenFile(run: Run, shell: Shell, path: string): Created | undefined {
  const made = run.created.get(path);
  return made === undefined || isSure(shell, made) ? made : { ...made, content: unsure(made.content), copy_of: null };
}

/** What a file of this line holds where it is run: what is not there runs nothing, so that only an older text is in doubt. */
export function writtenProgram(run: Run, shell: Shell, path: string): Created | undefined {
  const made = run.created.get(path);
  return made?.over === true ? writtenFile(run, shell, path) : made;
}

/** How a place is really written: what was surely kept may be emptied. */
export function modeFor(
  { kept }: Run,
  shell: Shell,
  { real }: { readonly real: string | null },
  mode: WriteMode,
): WriteMode {
  const way = real === null ? undefined : kept.get(real);
  return mode === "empty" && way !== undefined && isSure(shell, { way }) ? "overwrite" : mode;
}

// Every condition under which it was written holds where it is read.
function isSure(shell: Shell, { way }: Pick<Created, "way">): boolean {
  if (way.length === 0) return true;
  const here = new Set(wayOf(shell));
  return way.every((one) => here.has(one));
}

/** The conditions under which this shell reads what it reads now. */
export const wayOf = (shell: Shell): readonly object[] => [
  ...shell.way,
  ...shell.exits.filter((left) => left.length > 0),
  ...(shell.ended === null ? [] : [shell.ended]),
];

const unsure = (content: Stream | null): Stream | null =>
  content === null ? null : { ...content, text: null, files: [], taints: new Set([...content.taints, "file"]) };
