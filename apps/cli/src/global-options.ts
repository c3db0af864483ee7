// Options that every command takes.
import type { OptionSpec } from "./define-command.ts";

/** In the order of help. A command that declares one of these names says its own summary. */
export const globalOptions: readonly OptionSpec[] = [
  { name: "json", kind: "flag", summary: "one JSON document on stdout" },
  { name: "jsonl", kind: "flag", summary: "one JSON line per event, the document last" },
  {
    name: "yes",
    short: "y",
    kind: "flag",
    summary: "take every default; never answers a tool question or a challenge",
  },
  { name: "project-root", kind: "text", value: "DIR", summary: "the project, when it is not the current folder" },
  { name: "help", short: "h", kind: "flag", summary: "this text" },
];

/** A command's options and the global ones it does not declare itself. */
export function allOptions(own: readonly OptionSpec[]): readonly OptionSpec[] {
  return [...own, ...globalOptions.filter(({ name }) => !own.some((option) => option.name === name))];
}
