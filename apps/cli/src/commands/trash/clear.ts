// `ces trash clear`: the one way to lose something for good. Only a person at a terminal, who types a code that is new each time.
import { randomBytes } from "node:crypto";
import { clearable, clearTrash, listTrash, type TrashRow } from "@ces/trash";
import { readInstant } from "../../audit/instant.ts";
import { defineCommand, type CommandContext, type Outcome } from "../../define-command.ts";
import { openTrash } from "../../trash/open-trash.ts";
import { sizeText } from "../../trash/trash-lines.ts";
import { good, line, plain } from "../../view/line.ts";

type ClearData = {
  readonly found: number;
  readonly bytes: number;
  readonly cleared: number;
  readonly txid: string | null;
};

export const command = defineCommand({
  summary: "remove what ces put into the trash for good; only at a terminal",
  group: "Execution",
  args: [],
  options: [
    { name: "older-than", kind: "text", value: "AGE", summary: "only what is older: 30d, 12h, a day; else all" },
  ],
  examples: [{ line: "ces trash clear --older-than 30d", note: "asks for a code; what other programs deleted stays" }],
  exits: [0, 2, 3, 5],
  run: async (ctx) => {
    const { trash } = openTrash(ctx, ["clear"]);
    const age = ctx.text("older-than");
    const before = age === undefined ? null : readInstant("older-than", age, new Date());
    const rows = clearable(listTrash(trash), before);
    const bytes = rows.reduce((sum, row) => sum + (row.bytes ?? 0), 0);
    const data = { found: rows.length, bytes, cleared: 0, txid: null };
    if (rows.length === 0) return { exit: 0 as const, data, blockers: [], next: null };
    // SECURITY: S21 — `--yes`, a pipe or an agent's shell cannot answer this.
    if (!(await confirmed(ctx, rows, bytes))) return refused(data);
    const { txid, cleared } = clearTrash(
      trash,
      rows.flatMap(({ id }) => id ?? []),
    );
    return { exit: 0 as const, data: { ...data, cleared: cleared.length, txid }, blockers: [], next: null };
  },
  view: ({ data }) => {
    if (data.found === 0) return [line(plain`nothing to clear`)];
    return data.cleared === 0 ? [] : [line(good`cleared `, plain`${data.cleared} items, ${sizeText(data.bytes)}`)];
  },
});

function confirmed(ctx: CommandContext, rows: readonly TrashRow[], bytes: number): Promise<boolean> {
  const text = `This removes ${rows.length} items (${sizeText(bytes)}) for good. Nothing brings them back.`;
  return ctx.challenge(text, randomBytes(3).toString("hex"));
}

function refused(data: ClearData): Outcome<ClearData> {
  const text = "clearing the trash needs a person who types the code at a terminal";
  return { exit: 3, data, blockers: [{ code: "TRASH_CLEAR_DENIED", text }], next: "ces trash clear" };
}
