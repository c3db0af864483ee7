// What a scripted model answers: a list of steps for the implementer, and an honest review for reviewers. One brain drives
// both vendors' fakes, so that a scenario is written once.
import { startFakeAnthropic } from "../lab/fake-anthropic.mjs";
import { startFakeOpenAI } from "../lab/fake-openai.mjs";

/** One thing the model does, in words that both vendors know. `raw` goes to the vendor's fake as it is. */
export type Move =
  | { readonly write: string; readonly content: string }
  | { readonly shell: string }
  | { readonly say: string }
  | { readonly raw: object };

/** What a scenario decides. `moves` are the implementer's, in order; the last one is repeated when it asks on. */
export interface Brain {
  readonly moves: readonly Move[];
  /** What reviewers answer; an honest review that finds the planted defect when left out. */
  readonly review?: (files: readonly string[]) => string;
  /** Steps of the vendor's fake that the implementer's first requests get, one each: errors, cut streams. */
  readonly first?: readonly object[];
  /** What sub-agents do (claude): conversations whose first message holds `marker`. */
  readonly subAgent?: { readonly marker: string; readonly moves: readonly Move[] };
}

export interface RunningFake {
  readonly url: string;
  readonly requests: readonly unknown[];
  close(): Promise<void>;
  /** Environment that makes `ces` talk to it. */
  readonly env: Record<string, string>;
}

/** `{{MANIFEST}}` in texts becomes the id of the contract that the client was told. */
export const claimBlock = (claim: Record<string, unknown>): string =>
  `\`\`\`ces:completion\n${JSON.stringify({ task_id: "{{MANIFEST}}", summary: "done", files_changed: [], criteria_satisfied: [], open_questions: [], scope_deviations: [], verification_commands: [], ...claim })}\n\`\`\``;

/** A review that looks at every file and finds what was planted. */
export function honestReview(files: readonly string[]): string {
  const planted = files.filter((file) => /-[0-9a-f]{6}\.\w+$/.test(file));
  return JSON.stringify({
    examined: files.map((path) => ({ path, note: "read it" })),
    findings: planted.map((path) => ({
      severity: "critical",
      category: "bug",
      path,
      line: 1,
      title: "broken lookup",
      description: "wrong result",
      recommendation: "fix it",
    })),
  });
}

/** Starts a fake Anthropic service with this brain. */
export async function anthropicBrain(brain: Brain): Promise<RunningFake> {
  const fake = await startFakeAnthropic({ steps: answers(brain, anthropicStep, countAnthropic) });
  return {
    url: fake.url,
    requests: fake.requests,
    close: () => fake.close(),
    env: { ANTHROPIC_API_KEY: "sk-ant-test-key-0001", ANTHROPIC_BASE_URL: fake.url },
  };
}

/** Starts a fake OpenAI service with this brain. */
export async function openaiBrain(brain: Brain): Promise<RunningFake> {
  const fake = await startFakeOpenAI({ steps: answers(brain, openaiStep, () => null) });
  return {
    url: fake.url,
    requests: fake.requests,
    close: () => fake.close(),
    env: { OPENAI_API_KEY: "sk-test-key-0001", OPENAI_BASE_URL: `${fake.url}/v1` },
  };
}

type Request = { readonly body?: unknown };

// The fakes take functions of the request as steps; each request uses one up.
function answers(brain: Brain, step: (move: Move) => object, count: (body: unknown) => number | null) {
  let turn = 0;
  const first = [...(brain.first ?? [])];
  return Array.from({ length: 400 }, () => (request: Request) => {
    const body = request.body ?? request;
    const text = JSON.stringify(body);
    if (text.includes("You review one change")) return { text: (brain.review ?? honestReview)(reviewedFiles(text)) };
    const broken = first.shift();
    if (broken !== undefined) return broken;
    const at = count(body) ?? turn;
    turn += 1;
    const moves =
      brain.subAgent !== undefined && opensWith(body, brain.subAgent.marker) ? brain.subAgent.moves : brain.moves;
    const move = moves[Math.min(at, moves.length - 1)] ?? { say: "nothing to do" };
    return fill(step(move), /M-[0-9a-f]{12}/.exec(text)?.[0] ?? "M-000000000000");
  });
}

function reviewedFiles(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\\+"path\\+":\\+"([^"\\]+)\\+"/g)].map((match) => match[1] ?? ""))];
}

function fill(step: object, manifest: string): object {
  return JSON.parse(JSON.stringify(step).replaceAll("{{MANIFEST}}", manifest)) as object;
}

function countAnthropic(body: unknown): number | null {
  const messages = typeof body === "object" && body !== null && "messages" in body ? body.messages : null;
  return Array.isArray(messages) ? messages.filter((one: { role?: string }) => one.role === "assistant").length : null;
}

function opensWith(body: unknown, marker: string): boolean {
  const messages = typeof body === "object" && body !== null && "messages" in body ? body.messages : null;
  return Array.isArray(messages) && JSON.stringify(messages[0]).includes(marker);
}

function anthropicStep(move: Move): object {
  if ("raw" in move) return move.raw;
  if ("say" in move) return { text: move.say };
  if ("shell" in move) return { tool: "Bash", input: { command: move.shell } };
  return { tool: "Write", input: { file_path: `/workspace/${move.write}`, content: move.content } };
}

function openaiStep(move: Move): object {
  if ("raw" in move) return move.raw;
  if ("say" in move) return { text: move.say };
  if ("shell" in move) return { shell: move.shell };
  const lines = move.content.split("\n").filter((line, at, all) => at < all.length - 1 || line !== "");
  return {
    patch: `*** Begin Patch\n*** Add File: ${move.write}\n${lines.map((line) => `+${line}`).join("\n")}\n*** End Patch`,
  };
}

/** A small honest change that the shop's tests accept: a new module, a test for it, a claim. */
export const honestMoves: readonly Move[] = [
  { write: "src/users/validate.js", content: "export const isEmail = (text) => /^[^@\\s]+@[^@\\s]+$/.test(text)\n" },
  {
    write: "test/validate.test.js",
    content:
      "import assert from 'node:assert/strict'\nimport { test } from 'node:test'\nimport { isEmail } from '../src/users/validate.js'\n\ntest('an address needs an at sign', () => {\n  assert.equal(isEmail('a@b'), true)\n  assert.equal(isEmail('ab'), false)\n})\n",
  },
  { shell: "node --test 2>&1 | tail -8" },
  {
    say: `Added validation.\n${claimBlock({ files_changed: ["src/users/validate.js", "test/validate.test.js"], verification_commands: [{ command: "node --test", exit_code: 0, summary: "all pass" }] })}`,
  },
];
