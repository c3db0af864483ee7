// Options that every question to the guard takes.
import type { OptionSpec } from "../define-command.ts";

export const guardOptions: readonly OptionSpec[] = [
  { name: "cwd", kind: "text", value: "DIR", summary: "the folder that the command would run in", fallback: "here" },
  { name: "home", kind: "text", value: "DIR", summary: "the home folder of whoever would run it", fallback: "yours" },
  {
    name: "advisories",
    kind: "text",
    value: "FILE",
    summary: "OSV records, one JSON document a line, in place of what was imported",
  },
];
