// What the shell tells of itself, and completions.
import { emptyStream, HOLE } from "../../arg.ts";
import { type Builtin, unknownOutput } from "./builtin.ts";

/** Prints facts of the shell. */
export const ulimit: Builtin = () => unknownOutput;

// `jobs -p`: numbers of this shell's own processes.
/** `jobs`: its own processes. */
export const jobs: Builtin = (_walk, _shell, { words }) =>
  words.some(({ text }) => text === "-p") ? { ...unknownOutput, text: `1${HOLE}\n` } : unknownOutput;

/** `complete -C`, `bind -x`: a text that runs later. */
export const complete: Builtin = (walk, shell, { words }) => {
  const at = words.findIndex(({ text }) => text === "-C" || text === "-x");
  const program = at < 0 ? undefined : words[at + 1];
  if (program !== undefined) walk.shellText(shell, program, {});
  return emptyStream;
};

// `-C TEXT` is run, and what `-W TEXT` holds is expanded.
/** `compgen`: texts that are run or expanded. */
export const compgen: Builtin = (walk, shell, { words }) => {
  words.forEach(({ text }, index) => {
    const value = words[index + 1];
    if (value === undefined || !/^-[a-zA-Z]*[CWF]$/.test(text)) return;
    walk.shellText(shell, text.endsWith("W") ? { ...value, text: `: ${value.text}`, at: null } : value, {});
  });
  return unknownOutput;
};
