// `ces doctor`: can governed work be done here, and what is missing?
import { defineCommand, type CommandContext, type Outcome } from "../define-command.ts";
import {
  examineConfig,
  examineKeys,
  examineNode,
  examineProject,
  examineRuntime,
  examineState,
  examineTool,
  examineWalls,
  type Finding,
} from "../doctor/examine.ts";
import type { ExitCode } from "../exit-codes.ts";
import { attention, bad, dim, good, line, plain, type Line } from "../view/line.ts";

type Data = { readonly ready: boolean; readonly findings: readonly Finding[] };

export const command = defineCommand({
  summary: "can this machine do it, and what is missing",
  group: "Start here",
  args: [],
  options: [],
  examples: [
    { line: "ces doctor", note: "exit 0 when the walls hold and one agent is there; 5 when the walls cannot hold" },
  ],
  exits: [0, 1, 5],
  run: async (ctx): Promise<Outcome<Data>> => {
    const findings = await examineAll(ctx);
    const exit = exitFor(findings);
    const next =
      findings.find(({ name, ok }) => ok === false && name !== "project")?.remedy ??
      findings.find(({ ok }) => ok === false)?.remedy;
    const client = findings.find(({ name }) => name === "claude")?.remedy ?? null;
    return {
      exit,
      data: { ready: exit === 0, findings },
      blockers: [],
      next: next ?? (exit === 0 ? 'ces build "what you want to change"' : client),
    };
  },
  view: ({ data }) => data.findings.flatMap(findingLines),
});

async function examineAll(ctx: CommandContext): Promise<readonly Finding[]> {
  const { config, finding } = examineConfig(ctx);
  const { path, ...bwrap } = examineTool(ctx, config, "bwrap");
  const { path: _, ...git } = examineTool(ctx, config, "git");
  const slow = [
    examineWalls(path),
    examineRuntime(ctx, config, "claude"),
    examineRuntime(ctx, config, "codex"),
    examineProject(ctx),
  ];
  const [walls, claude, codex, project] = await Promise.all(slow);
  return [
    examineNode(),
    git,
    bwrap,
    walls,
    claude,
    codex,
    examineKeys(ctx, config),
    finding,
    examineState(ctx),
    project,
  ].filter((one) => one !== undefined);
}

function exitFor(findings: readonly Finding[]): ExitCode {
  const ok = (name: string): boolean => findings.find((one) => one.name === name)?.ok === true;
  if (!ok("walls")) return 5;
  return findings.some((one) => one.ok === false) || !(ok("claude") || ok("codex")) ? 1 : 0;
}

function findingLines({ name, ok, detail, remedy }: Finding): readonly Line[] {
  const mark = ok === true ? good`✓ ` : ok === null ? attention`- ` : bad`✗ `;
  return [
    line(mark, plain`${name.padEnd(14)}`, dim`${detail}`),
    ...(remedy === null ? [] : [line(dim`                → `, plain`${remedy}`)]),
  ];
}
