// `ces undo`: takes back what a command deleted or overwrote, whole or not at all.
import { CesError } from "@ces/kernel";
import { undoCommand, undoLast, undoSession, type UndoReport } from "@ces/trash";
import { defineCommand, type CommandContext } from "../define-command.ts";
import { openTrash } from "../trash/open-trash.ts";
import { undoLines, undoOutcome } from "../trash/trash-lines.ts";

export const command = defineCommand({
  summary: "take back what a command deleted or overwrote, whole or not at all",
  group: "Execution",
  args: [],
  options: [
    {
      name: "last",
      kind: "flag",
      summary: "the newest command that is not taken back yet (this is what happens without an option)",
    },
    { name: "command", kind: "text", value: "ID", summary: "a command, or one transaction (T-…)" },
    {
      name: "session",
      kind: "text",
      value: "ID",
      summary: "everything of a session, as it was before its first command",
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
    { line: "ces undo", note: "after a delete that was none of your best" },
    { line: "ces undo --command T-0123456789abcdef", note: "an id of `ces trash list`; an undo can be undone as well" },
  ],
  exits: [0, 1, 2, 3, 5],
  run: async (ctx) => undoOutcome(takeBack(ctx), again(ctx)),
  view: ({ data }) => undoLines(data),
});

function takeBack(ctx: CommandContext): UndoReport {
  const [of, session] = [ctx.text("command"), ctx.text("session")];
  if ([of !== undefined, session !== undefined, ctx.flag("last")].filter(Boolean).length > 1)
    throw new CesError("USAGE_OPTION", "`--last`, `--command` and `--session` exclude each other", {
      remedy: "ces undo --help",
    });
  const { trash, roots } = openTrash(ctx, ["undo", of ?? session ?? "--last"]);
  if (of !== undefined) return undoCommand(trash, of, roots);
  return session === undefined ? undoLast(trash, roots) : undoSession(trash, session, roots);
}

function again(ctx: CommandContext): string {
  const [of, session] = [ctx.text("command"), ctx.text("session")];
  if (of !== undefined) return `ces undo --command ${of}`;
  return session === undefined ? "ces undo" : `ces undo --session ${session}`;
}
