// `ces trash list`: what can be had back, newest first; last, what other programs put there.
import { listTrash, shownText, type TrashRow } from "@ces/trash";
import { readInstant } from "../../audit/instant.ts";
import { defineCommand, done, type CommandContext } from "../../define-command.ts";
import { openTrash } from "../../trash/open-trash.ts";
import { sizeText } from "../../trash/trash-lines.ts";
import { table } from "../../view/layout.ts";
import { dim, line, plain, strong } from "../../view/line.ts";

const words = { deleted: "deleted", copy: "copy", worktree: "worktree", foreign: "other program" };

export const command = defineCommand({
  summary: "what is in the trash, newest first",
  group: "Execution",
  args: [],
  options: [
    { name: "limit", short: "l", kind: "whole", least: 1, summary: "how many", fallback: "50" },
    { name: "path", kind: "text", value: "TEXT", summary: "only paths that contain this" },
    { name: "session", kind: "text", value: "ID", summary: "only of one session" },
    { name: "command", kind: "text", value: "ID", summary: "only of one command" },
    { name: "older-than", kind: "text", value: "AGE", summary: "only what is older: 30d, 12h, a day" },
    { name: "newer-than", kind: "text", value: "AGE", summary: "only what is newer" },
  ],
  examples: [
    { line: "ces trash list", note: "then: ces trash restore 1" },
    { line: "ces trash list --path src/ --json", note: "as one document" },
  ],
  exits: [0, 2, 3, 5],
  run: async (ctx) => {
    const rows = listTrash(openTrash(ctx, ["list"]).trash).map((row, index) => ({ number: index + 1, ...shown(row) }));
    const fitting = rows.filter(fits(ctx));
    const items = fitting.slice(0, ctx.whole("limit") ?? 50);
    return done({ total: fitting.length, items }, items.length === 0 ? null : "ces trash restore NUMBER");
  },
  view: ({ data }) => {
    if (data.items.length === 0) return [line(plain`nothing in the trash fits`)];
    const rows = data.items.map((one) => [
      strong`${one.number}`,
      dim`${one.at ?? "-"}`,
      dim`${words[one.what]}${one.files > 1 ? `, ${one.files} files` : ""}`,
      plain`${sizeText(one.bytes)}`,
      plain`${one.path ?? `(unreadable) ${one.name}`}`,
      dim`${one.id ?? ""}`,
    ]);
    const head = ["#", "when", "what", "size", "path", "id"];
    return [...table(head, rows), line(dim`${data.items.length} of ${data.total}`)];
  },
});

function shown({ path, spot, ...row }: TrashRow) {
  return {
    ...row,
    path: path === null ? null : shownText(path),
    trash: shownText(spot.root),
    name: shownText(spot.name),
  };
}

function fits(ctx: CommandContext): (row: ReturnType<typeof shown>) => boolean {
  const [path, session, of] = ["path", "session", "command"].map(ctx.text);
  const [before, after] = ["older-than", "newer-than"].map((name) => instantOf(ctx, name));
  return (row) =>
    (path === undefined || row.path?.includes(path) === true) &&
    (session === undefined || row.session === session) &&
    (of === undefined || row.command === of) &&
    // What other programs say of the time has no zone, and is theirs to say.
    (before === undefined || (row.id !== null && row.at !== null && row.at < before)) &&
    (after === undefined || (row.id !== null && row.at !== null && row.at >= after));
}

function instantOf(ctx: CommandContext, name: string): string | undefined {
  const text = ctx.text(name);
  return text === undefined ? undefined : readInstant(name, text, new Date());
}
