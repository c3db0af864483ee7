// `ces contract new -- COMMAND`: asks what a contract needs and writes it. What it grants is what was said, nothing by default.
import { randomBytes } from "node:crypto";
import { userInfo } from "node:os";
import { resolve } from "node:path";
import type { EffectType, NetworkMode } from "@ces/contract";
import { CesError } from "@ces/kernel";
import { draftContract } from "../../csc/draft-contract.ts";
import { writeNew } from "../../csc/write-new.ts";
import { type CommandContext, defineCommand, done } from "../../define-command.ts";
import { dim, good, line, plain } from "../../view/line.ts";

const NETWORK: readonly NetworkMode[] = ["deny", "allowlisted", "full"];
const EFFECTS: readonly EffectType[] = [
  "observe",
  "transform_local",
  "fetch_external",
  "mutate_repo",
  "deploy",
  "touch_secrets",
];

export const command = defineCommand({
  summary: "write a command contract for one command, by asking",
  group: "Execution",
  args: [],
  rest: { name: "command", summary: "the program and its arguments; put `--` before them", foreign: true },
  options: [
    { name: "out", kind: "text", value: "FILE", summary: "where it is written", fallback: "contract.json" },
    { name: "intent", kind: "text", value: "TEXT", summary: "what it is for" },
    {
      name: "because",
      kind: "text",
      value: "TEXT",
      summary: "why it is needed; people read it, nothing decides by it",
    },
    { name: "read", kind: "list", value: "PATH", summary: "a path, or DIR/** for a subtree, that it reads" },
    { name: "write", kind: "list", value: "PATH", summary: "a path, or DIR/** for a subtree, that it writes" },
    { name: "network", kind: "choice", choices: NETWORK, summary: "the network it needs", fallback: "deny" },
    { name: "effect", kind: "choice", choices: EFFECTS, summary: "what it does" },
    { name: "timeout", kind: "whole", least: 1, value: "SECONDS", summary: "how long it may take", fallback: "60" },
  ],
  examples: [
    { line: "ces contract new --read '/workspace/**' -- git status --short", note: "asks for the rest" },
    {
      line: "ces contract new --yes --intent 'run the tests' --because 'before the review' -- npm test",
      note: "asks nothing",
    },
  ],
  exits: [0, 2, 3],
  run: async (ctx) => {
    const argv = ctx.rest[0] === "--" ? ctx.rest.slice(1) : ctx.rest;
    if (argv.length === 0) {
      throw new CesError("USAGE_ARGUMENT", "the command is missing", { remedy: "ces contract new -- git status" });
    }
    const intent = await answered(ctx, "intent", { text: "What is it for?", fallback: argv.join(" ").slice(0, 200) });
    const justification = await answered(ctx, "because", { text: "Why is it needed?", fallback: intent });
    const effect = await chosen(ctx);
    const path = resolve(ctx.cwd, ctx.text("out") ?? "contract.json");
    const text = draftContract(
      {
        argv,
        intent,
        justification,
        effect,
        user: userInfo().username,
        cwd: ctx.cwd,
        read_paths: ctx.list("read").map((one) => resolve(ctx.cwd, one)),
        write_paths: ctx.list("write").map((one) => resolve(ctx.cwd, one)),
        network: NETWORK.find((mode) => mode === ctx.text("network")) ?? "deny",
        timeout_sec: ctx.whole("timeout") ?? 60,
      },
      (size) => randomBytes(size),
    );
    writeNew(path, text);
    return done({ file: path, argv: [...argv] }, `ces contract check ${path} POLICY`);
  },
  view: ({ data }) => [line(good`written `, plain`${data.file}`, dim`  ${data.argv.join(" ")}`)],
});

async function answered(
  ctx: CommandContext,
  option: "intent" | "because",
  { text, fallback }: { readonly text: string; readonly fallback: string },
): Promise<string> {
  const given = ctx.text(option);
  if (given !== undefined) return given;
  const { value } = await ctx.ask({
    id: option,
    kind: "text",
    text,
    detail: "",
    choices: [],
    default_answer: fallback,
  });
  if (value !== null) return value;
  throw new CesError("USAGE_OPTION", `\`--${option}\` is missing`, {
    remedy: `ces contract new --${option} TEXT -- …`,
  });
}

async function chosen(ctx: CommandContext): Promise<EffectType> {
  const given = EFFECTS.find((one) => one === ctx.text("effect"));
  if (given !== undefined) return given;
  const { value } = await ctx.ask({
    id: "effect",
    kind: "choice",
    text: "What does it do?",
    detail: "A policy judges it by this and by what the command is.",
    choices: [...EFFECTS],
    default_answer: "observe",
  });
  const effect = EFFECTS.find((one) => one === value);
  if (effect !== undefined) return effect;
  throw new CesError("USAGE_OPTION", "`--effect` is missing", { remedy: "ces contract new --effect observe -- …" });
}
