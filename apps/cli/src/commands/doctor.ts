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
import { examineProof } from "../doctor/examine-proof.ts";
import { type ProofData, proofData } from "../doctor/proof-data.ts";
import { proofLines } from "../doctor/proof-lines.ts";
import { attention, bad, dim, good, line, plain, type Line } from "../view/line.ts";

/** Without `--prove` what was found; with it the proof. */
type Data = { readonly ready: boolean; readonly findings: readonly Finding[]; readonly proof?: ProofData };

export const command = defineCommand({
  summary: "can this machine do it, and what is missing",
  group: "Start here",
  args: [],
  options: [
    {
      name: "prove",
      kind: "flag",
      summary: "send canaries through every client and its walls; recorded, and builds rest on it",
    },
  ],
  examples: [
    { line: "ces doctor", note: "exit 0 when the walls hold and one agent is there; 5 when the walls cannot hold" },
    { line: "ces doctor --prove", note: "exit 0 when every canary held; 5 when one did not: then nothing is built" },
  ],
  exits: [0, 1, 3, 4, 5, 130],
  run: async (ctx): Promise<Outcome<Data>> => {
    if (ctx.flag("prove")) return prove(ctx);
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
  view: ({ data }) => (data.proof === undefined ? data.findings.flatMap(findingLines) : proofLines(data.proof)),
});

// Loaded when it is asked for: `ces doctor` alone starts no gateway and no driver.
async function prove(ctx: CommandContext): Promise<Outcome<Data>> {
  const { proveWalls } = await import("../doctor/prove-walls.ts");
  const proof = proofData(await proveWalls(ctx));
  return {
    exit: proof.held ? 0 : 5,
    data: { ready: proof.held, findings: [], proof },
    blockers: proof.canaries
      .filter(({ held }) => !held)
      .map(({ id, runtime, observed }) => ({ code: "WALL_BROKEN", text: `${id} through ${runtime}: ${observed}` })),
    next: proof.held ? 'ces build "what you want to change"' : "ces doctor",
  };
}

async function examineAll(ctx: CommandContext): Promise<readonly Finding[]> {
  const { config, finding } = examineConfig(ctx);
  const { path, ...bwrap } = examineTool(ctx, config, "bwrap");
  const { path: _, ...git } = examineTool(ctx, config, "git");
  const [walls, claude, codex, project] = await Promise.all([
    examineWalls(path),
    examineRuntime(ctx, config, "claude"),
    examineRuntime(ctx, config, "codex"),
    examineProject(ctx),
  ]);
  const versions = { bubblewrap: walls.version, claude: claude.version, codex: codex.version };
  return [
    examineNode(),
    git,
    bwrap,
    ...[walls, claude, codex].map(({ version: __, ...found }) => found),
    examineKeys(ctx, config),
    finding,
    examineState(ctx),
    project.finding,
    examineProof(project.proofs, versions),
  ];
}

function exitFor(findings: readonly Finding[]): ExitCode {
  const ok = (name: string): boolean => findings.find((one) => one.name === name)?.ok === true;
  if (!ok("walls") || findings.some((one) => one.name === "proof" && one.ok === false)) return 5;
  return findings.some((one) => one.ok === false) || !(ok("claude") || ok("codex")) ? 1 : 0;
}

function findingLines({ name, ok, detail, remedy }: Finding): readonly Line[] {
  const mark = ok === true ? good`✓ ` : ok === null ? attention`- ` : bad`✗ `;
  return [
    line(mark, plain`${name.padEnd(14)}`, dim`${detail}`),
    ...(remedy === null ? [] : [line(dim`                → `, plain`${remedy}`)]),
  ];
}
