// The shape of a builtin, and what builtins print.
import { type Arg, type Stream, type Taint } from "../../arg.ts";
import type { Start } from "../dispatch.ts";
import type { Shell } from "../shell.ts";
import type { Walker } from "../walker.ts";

/** One builtin: the words of a call, the shell it changes; what it prints. */
export type Builtin = (walk: Walker, shell: Shell, start: Start) => Stream;

/** Something that is not known. */
export const unknownOutput: Stream = { text: null, taints: new Set<Taint>(["output"]), files: [], from: "pipe" };

/** The words after the options; `--` ends them. */
export const operands = ({ words }: Start): readonly Arg[] => {
  const rest = words.slice(1);
  const end = rest.findIndex((arg) => !arg.text.startsWith("-") || arg.text === "-" || arg.text === "--");
  if (end < 0) return [];
  return rest[end]?.text === "--" ? rest.slice(end + 1) : rest.slice(end);
};

/** A value as output. */
export const printed = (value: Arg): Stream => ({ text: value.text, taints: value.taints, files: [], from: "pipe" });
