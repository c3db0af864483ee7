// `ces guard explain`: what the guard understood of a command, part by part, and which rule decided.
import { judgeCommand } from "@ces/guard";
import { nodeFileFacts } from "@ces/hooks";
import { defineCommand, done } from "../../define-command.ts";
import { folderOf, placesOf, settingFor } from "../../guard/guard-setting.ts";
import { guardOptions } from "../../guard/guard-options.ts";
import { judgementData, judgementLines, partData, partLines } from "../../guard/judgement-data.ts";
import { heading } from "../../view/layout.ts";
import { blank } from "../../view/line.ts";

export const command = defineCommand({
  summary: "what a command would do, part by part, and which rule decides",
  group: "Execution",
  args: [{ name: "command", summary: "the shell command, as one word", required: true }],
  options: [...guardOptions],
  examples: [
    {
      line: `ces guard explain "bash -c 'cd src && rm -rf old'"`,
      note: "the tree of parts, the effects, the rule, a safer way",
    },
  ],
  exits: [0, 2],
  run: async (ctx) => {
    const text = ctx.args["command"] ?? "";
    const judgement = judgeCommand(text, settingFor(ctx, placesOf(ctx))(folderOf(ctx)), nodeFileFacts(), {
      explain: true,
    });
    return done({ ...judgementData(text, judgement), parts: judgement.parts.map(partData) });
  },
  view: ({ data }) => [...judgementLines(data), blank, heading("parts"), ...partLines(data.parts)],
});
