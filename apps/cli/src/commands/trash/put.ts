// `ces trash put`: what a rewritten `rm` runs. It takes the words of the program it stands in for, is as quiet, and ends with the
// same code; what it takes away lies in the trash.
import { CesError } from "@ces/kernel";
import { putAside, readPutWords, shownText, stoodInFor, type ByteText, type PutHow, type PutReport } from "@ces/trash";
import { defineCommand, type CommandContext, type Outcome } from "../../define-command.ts";
import { openTrash } from "../../trash/open-trash.ts";
import { pathsFromStdin, rawWords } from "../../trash/raw-words.ts";
import { notTakenError } from "../../trash/trash-lines.ts";
import { line, plain } from "../../view/line.ts";

type PutData = {
  readonly txid: string | null;
  readonly taken: number;
  /** Shown because `-v` asked for it, or because `shred` did less than its name. */
  readonly said: readonly string[];
};

export const command = defineCommand({
  summary: "delete with a way back: rm, rmdir, unlink or shred -u, into the trash",
  group: "Execution",
  args: [],
  rest: { name: "args", summary: "options and operands of the program it stands in for", foreign: true },
  options: [
    { name: "as", kind: "choice", choices: stoodInFor, summary: "which program's words follow", fallback: "rm" },
    { name: "from0", kind: "flag", summary: "further operands on standard input, each ended by a NUL" },
  ],
  examples: [
    { line: "ces trash put -rf -- dist", note: "as `rm -rf -- dist`; then: ces undo" },
    { line: "ces trash put --as rmdir -p a/b/c", note: "as `rmdir -p a/b/c`" },
    { line: "ces trash put --from0 -f", note: "find . -name '*.o' -print0 | …" },
  ],
  exits: [0, 1, 2, 3, 5],
  run: async (ctx) => {
    const { how, operands } = await asked(ctx);
    const as = ctx.text("as") ?? "rm";
    const { trash } = openTrash(ctx, [as, ...ctx.rest]);
    return outcomeOf(ctx, how, putAside(trash, operands, how));
  },
  view: ({ data }) => data.said.map((text) => line(plain`${text}`)),
});

type Asked = { readonly how: PutHow; readonly operands: readonly ByteText[] };

async function asked(ctx: CommandContext): Promise<Asked> {
  const as = stoodInFor.find((name) => name === ctx.text("as")) ?? "rm";
  const stdin = ctx.flag("from0");
  const read = readPutWords(as, rawWords(ctx.rest), stdin ? "more" : "no more");
  if (read.kind === "wrong")
    throw new CesError("TRASH_WORDS", `${as}: ${read.text}`, { remedy: `man ${as}, or ces trash put --help` });
  const all = stdin ? [...read.operands, ...pathsFromStdin()] : read.operands;
  return { how: read.how, operands: await confirmed(ctx, read.how, all) };
}

// `rm -i` and `rm -I`. Without a terminal nobody says yes, as `rm` has it at the end of its input.
async function confirmed(
  ctx: CommandContext,
  how: PutHow,
  operands: readonly ByteText[],
): Promise<readonly ByteText[]> {
  if (how.ask === "once" && (operands.length > 3 || how.recursive))
    return (await saysYes(ctx, `remove ${operands.length} arguments?`)) ? operands : [];
  if (how.ask !== "each") return operands;
  const kept: ByteText[] = [];
  for (const operand of operands) if (await saysYes(ctx, `remove \`${shownText(operand)}\`?`)) kept.push(operand);
  return kept;
}

async function saysYes(ctx: CommandContext, text: string): Promise<boolean> {
  const question = { id: "remove", text, detail: "", kind: "confirm" as const, choices: [], default_answer: null };
  const { value, by } = await ctx.ask(question);
  return value === "yes" && by === "person";
}

function outcomeOf(ctx: CommandContext, how: PutHow, report: PutReport): Outcome<PutData> {
  const verb = how.as === "shred" ? "moved to the trash, not wiped: " : how.verbose ? "removed " : null;
  const said = verb === null ? [] : report.taken.map(({ path }) => `${verb}\`${shownText(path)}\``);
  const data = { txid: report.txid, taken: report.taken.length, said };
  if (report.exit === 0) return { exit: 0, data, blockers: [], next: null };
  const wrong = notTakenError("TRASH_NOT_PUT", "cannot remove", report.not_taken);
  // A pipe reads what a program says on standard error, as with `rm`; a document carries what was moved all the same.
  if (ctx.mode === "plain" || ctx.mode === "ink") throw wrong;
  return { exit: 1, data, blockers: [{ code: wrong.code, text: wrong.message }], next: wrong.remedy ?? null };
}
