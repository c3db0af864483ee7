// `ces version`: the same answer as `--version`, in the form that was asked for.
import { defineCommand, done } from "../define-command.ts";
import { VERSION } from "../version.ts";
import { line, plain } from "../view/line.ts";

/** Says the version, and which node runs it. */
export const command = defineCommand({
  summary: "the version of ces and of the node that runs it",
  group: "Start here",
  args: [],
  options: [],
  examples: [{ line: "ces version --json", note: "as one JSON document" }],
  exits: [0],
  run: async () => done({ version: VERSION, node: process.versions.node }),
  view: ({ data }) => [line(plain`ces ${data.version} on node ${data.node}`)],
});
