// `ces trash restore WHICH`: one thing back to where it was, or to a place that is named.
import { byteText, restore } from "@ces/trash";
import { rawWords } from "../../trash/raw-words.ts";
import { defineCommand } from "../../define-command.ts";
import { openTrash } from "../../trash/open-trash.ts";
import { undoLines, undoOutcome } from "../../trash/trash-lines.ts";

export const command = defineCommand({
  summary: "put one thing back: by its number in the list, its path, or its id",
  group: "Execution",
  args: [{ name: "which", summary: "a number of `ces trash list`, the path it had, or an id (T-…)", required: true }],
  options: [
    {
      name: "to",
      kind: "text",
      value: "PATH",
      summary: "put it there instead; needed for what another program deleted",
    },
    {
      name: "root",
      kind: "list",
      value: "DIR",
      summary: "write only below this folder",
      fallback: "the workspace, the home",
    },
  ],
  examples: [
    { line: "ces trash restore 1", note: "the newest of `ces trash list`" },
    { line: "ces trash restore src/old.ts --to src/rescued.ts", note: "under another name" },
  ],
  exits: [0, 1, 2, 3, 5],
  run: async (ctx) => {
    const which = ctx.args["which"] ?? "";
    const to = ctx.text("to");
    const { trash, roots } = openTrash(ctx, ["restore", which]);
    const [word = byteText(which)] = rawWords([which]);
    const report = restore(trash, { which: word, to: to === undefined ? null : byteText(to), roots });
    return undoOutcome(report, `ces trash restore ${which}`);
  },
  view: ({ data }) => undoLines(data),
});
