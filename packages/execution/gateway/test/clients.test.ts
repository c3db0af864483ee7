// The real claude and codex through a gateway from sources to the lab's scripted servers, without a box: whole sessions pass,
// their usage is metered, their budget ends them.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startFakeAnthropic } from "../../../../test/support/lab/fake-anthropic.mjs";
import { startFakeOpenAI } from "../../../../test/support/lab/fake-openai.mjs";
import { clientBinaries, clientsOrSkip } from "../../../../test/support/requirements.ts";
import { openGateway, type OpenGateway } from "./open-gateway.ts";

const MODEL = "claude-opus-4-8";

/** What the bridge does in the box: a loopback port that leads to the socket. */
async function bridge(socketPath: string): Promise<number> {
  const server = net.createServer((inside) => {
    const outside = net.connect(socketPath);
    inside.pipe(outside).pipe(inside);
    for (const socket of [inside, outside]) socket.on("error", () => (inside.destroy(), outside.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Not under /tmp, where codex refuses to live. */
function scratch(): { repo: string; home: string } {
  const root = mkdtempSync("/var/tmp/ces-gw-");
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const place = { repo: join(root, "repo"), home: join(root, "home") };
  for (const folder of Object.values(place)) mkdirSync(folder);
  return place;
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { PATH: "/usr/bin:/bin", LANG: "C.UTF-8", TERM: "dumb", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    let out = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.on("close", (code) => resolve({ code, out }));
  });
}

async function runClaude(gate: OpenGateway, place: ReturnType<typeof scratch>) {
  const port = await bridge(gate.gateway.socketPath);
  const args = [
    "-p",
    "do it",
    "--output-format",
    "stream-json",
    "--verbose",
    "--permission-mode",
    "acceptEdits",
    "--setting-sources",
    "",
    "--strict-mcp-config",
    "--model",
    MODEL,
  ];
  return run(clientBinaries().claude, args, place.repo, {
    HOME: place.home,
    ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}`,
    ANTHROPIC_API_KEY: "dummy",
    DISABLE_TELEMETRY: "1",
    DISABLE_ERROR_REPORTING: "1",
    DISABLE_AUTOUPDATER: "1",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: "1",
    CLAUDE_CODE_MAX_RETRIES: "3",
  });
}

async function runCodex(gate: OpenGateway, place: ReturnType<typeof scratch>, model: string) {
  const port = await bridge(gate.gateway.socketPath);
  const config = [
    `model = "${model}"`,
    'model_provider = "gate"',
    "check_for_update_on_startup = false",
    "analytics.enabled = false",
    "allow_login_shell = false",
    "[model_providers.gate]",
    'name = "gate"',
    `base_url = "http://127.0.0.1:${port}/v1"`,
    'wire_api = "responses"',
    'env_key = "GATE_KEY"',
    "request_max_retries = 1",
    "stream_max_retries = 1",
  ];
  writeFileSync(join(place.home, "config.toml"), `${config.join("\n")}\n`);
  const off = ["unified_exec_tty", "multi_agent", "goals", "plugins", "apps"].flatMap((name) => ["--disable", name]);
  const args = [
    "exec",
    "--json",
    "--skip-git-repo-check",
    "--sandbox",
    "danger-full-access",
    "-C",
    place.repo,
    ...off,
    "-c",
    'web_search="disabled"',
    "do it",
  ];
  return run(clientBinaries().codex, args, place.repo, { HOME: place.home, CODEX_HOME: place.home, GATE_KEY: "dummy" });
}

const settlements = (gate: OpenGateway) => gate.events.filter((event) => event.kind === "settle");
const refusals = (gate: OpenGateway) =>
  gate.events.filter((event) => event.kind === "decision" && event.verdict === "refused");

describe.skipIf(clientsOrSkip())("the real clients", () => {
  it("claude: a session with tools, a sub-agent, a 500, a 429 and a cut stream", async () => {
    const place = scratch();
    const fake = await startFakeAnthropic({
      vars: { D: place.repo },
      steps: [
        { tool: "Write", input: { file_path: "${D}/made.txt", content: "x" } },
        { error: { status: 500 } },
        { error: { status: 429, type: "rate_limit_error" } },
        { disconnect: true },
        { tool: "Agent", input: { description: "sub", prompt: "SUBPROMPT go", subagent_type: "general-purpose" } },
        { when: { user_text_includes: "SUBPROMPT" }, text: "sub done" },
        { tool: "Bash", input: { command: "ls" } },
        { text: "done" },
      ],
    });
    onTestFinished(() => fake.close());
    const gate = await openGateway({
      origin: String(fake.url),
      models: [MODEL],
      budgets: { tokens: 100_000, cost_microusd: 10_000_000, requests: 50, agents: 2 },
    });
    const { code, out } = await runClaude(gate, place);
    expect([code, refusals(gate), fake.problems, out.slice(-300)]).toEqual([0, [], [], expect.any(String)]);
    expect(existsSync(join(place.repo, "made.txt"))).toBe(true);
    expect(fake.stepsLeft()).toBe(0);
    expect(settlements(gate).filter((event) => "how" in event && event.how === "measured")).toHaveLength(5);
    expect(settlements(gate).filter((event) => "how" in event && event.how === "free")).toHaveLength(2);
    expect(settlements(gate).filter((event) => "how" in event && event.how === "kept")).toHaveLength(1);
    expect(gate.gateway.usage()).toMatchObject({ requests: 8, agents: 2 });
  });

  it("claude: ends at once when the budget of agents, of requests or of tokens is spent", async () => {
    for (const [budgets, text] of [
      [{ agents: 1 }, "AGENT_BUDGET"],
      [{ requests: 1 }, "REQUEST_BUDGET"],
      [{ tokens: 45_000 }, "TOKEN_BUDGET"],
    ] as const) {
      const place = scratch();
      const heavy = { input_tokens: 20_000, output_tokens: 3000 };
      const fake = await startFakeAnthropic({
        steps: [
          {
            tool: "Agent",
            input: { description: "sub", prompt: "SUBPROMPT go", subagent_type: "general-purpose" },
            usage: heavy,
          },
          { when: { user_text_includes: "SUBPROMPT" }, text: "sub done", usage: heavy },
          { text: "done", usage: heavy },
        ],
      });
      onTestFinished(() => fake.close());
      const gate = await openGateway({ origin: String(fake.url), models: [MODEL], budgets });
      const { out } = await runClaude(gate, place);
      expect(out).toContain(text);
      expect(fake.requests.length).toBeLessThanOrEqual(2);
    }
  });

  it.each(["fake-model", "gpt-5.5", "gpt-5.6-sol"])("codex: a session as %s", async (model) => {
    const place = scratch();
    const fake = await startFakeOpenAI({
      steps: [
        { think: "hm", say: "hi", shell: "echo x > made.txt" },
        { error: { status: 500 } },
        { disconnect: true },
        { patch: "*** Begin Patch\n*** Add File: patched.txt\n+x\n*** End Patch" },
        { text: "done" },
      ],
    });
    onTestFinished(() => fake.close());
    const gate = await openGateway({
      vendor: "openai",
      origin: "",
      upstream: { origin: String(fake.url), base_path: "/v1", auth: { scheme: "bearer", key: "sk-real" } },
      models: [model],
      budgets: { tokens: 200_000, requests: 20, agents: 1 },
    });
    const { code, out } = await runCodex(gate, place, model);
    expect([code, refusals(gate), fake.problems, out.slice(-300)]).toEqual([0, [], [], expect.any(String)]);
    for (const name of ["made.txt", "patched.txt"]) expect(existsSync(join(place.repo, name))).toBe(true);
    expect(gate.gateway.usage()).toMatchObject({ agents: 1, requests: 5, cost_microusd: null });
  });

  it("codex: ends when the budget is spent", async () => {
    const place = scratch();
    const fake = await startFakeOpenAI({ steps: [{ shell: "ls" }, { text: "done" }] });
    onTestFinished(() => fake.close());
    const gate = await openGateway({
      vendor: "openai",
      origin: "",
      upstream: { origin: String(fake.url), base_path: "/v1", auth: { scheme: "bearer", key: "sk-real" } },
      models: ["gpt-5.5"],
      budgets: { requests: 1 },
    });
    const { code, out } = await runCodex(gate, place, "gpt-5.5");
    expect([code, out]).toEqual([1, expect.stringContaining("REQUEST_BUDGET")]);
    expect(fake.requests).toHaveLength(1);
  });
});
