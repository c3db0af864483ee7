// `ces trash keep`: rescue copies before something overwrites. The things stay where they are; `ces undo` brings the old ones back.
import { byteText, keepCopy, keepWorktree, realPath, shownText, worktreeFiles, type KeepReport } from "@ces/trash";
import { CesError } from "@ces/kernel";
import { resolve } from "node:path";
import { defineCommand, done, type CommandContext } from "../../define-command.ts";
import { openTrash, workspaceOf } from "../../trash/open-trash.ts";
import { rawWords } from "../../trash/raw-words.ts";
import { notTakenError } from "../../trash/trash-lines.ts";

const MOST_BYTES = 8 * 1024 ** 3;

export const command = defineCommand({
  summary: "copy files to the trash before something overwrites them; they stay where they are",
  group: "Execution",
  args: [],
  rest: { name: "paths", summary: "what to copy; with --worktree, folders of git worktrees" },
  options: [
    {
      name: "must-exist",
      kind: "flag",
      summary: "a path where nothing stands is an error; else undo takes away what comes there",
    },
    {
      name: "worktree",
      kind: "choice",
      choices: ["tracked", "untracked", "ignored"],
      summary: "what git would lose: changes, new files too, everything",
    },
  ],
  examples: [
    { line: "ces trash keep -- config.json", note: "then: mv new.json config.json" },
    { line: "ces trash keep --worktree untracked .", note: "before a git command that throws work away" },
  ],
  exits: [0, 1, 2, 3, 5],
  run: async (ctx) => {
    if (ctx.rest.length === 0)
      throw new CesError("USAGE_ARGUMENT", "`ces trash keep` needs a path", { remedy: "ces trash keep -- PATH" });
    const reports = ctx.text("worktree") === undefined ? [keepPaths(ctx)] : keepWorktrees(ctx);
    const not = reports.flatMap(({ not_kept }) => not_kept);
    if (not.length > 0) throw notTakenError("TRASH_NOT_KEPT", "no copy of", not);
    const count = (of: (report: KeepReport) => number): number => reports.reduce((sum, report) => sum + of(report), 0);
    return done({
      txids: reports.flatMap(({ txid }) => txid ?? []),
      kept: count(({ kept }) => kept.length),
      absent: count(({ absent }) => absent.length),
    });
  },
  // It stands in front of somebody else's command, whose output is what counts.
  view: () => [],
});

function keepPaths(ctx: CommandContext): KeepReport {
  const { trash } = openTrash(ctx, ["keep", ...ctx.rest]);
  const absent = ctx.flag("must-exist") ? "refuse" : "record";
  return keepCopy(trash, rawWords(ctx.rest), { absent, most_bytes: MOST_BYTES });
}

function keepWorktrees(ctx: CommandContext): readonly KeepReport[] {
  const scope = (["tracked", "untracked", "ignored"] as const).find((one) => one === ctx.text("worktree")) ?? "ignored";
  const { trash } = openTrash(ctx, ["keep", "--worktree", scope, ...ctx.rest]);
  return ctx.rest.map((word) => {
    const folder = realPath(byteText(resolve(ctx.cwd, word)));
    const root = byteText(workspaceOf(shownText(folder)) ?? shownText(folder));
    const below = folder === root ? "" : `${folder.slice(root.length + 1)}/`;
    const paths = worktreeFiles(root, scope).filter((path) => path.startsWith(below));
    return keepWorktree(trash, { root, paths, most_bytes: MOST_BYTES });
  });
}
