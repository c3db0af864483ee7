// A real client with the guard's hook put into its own configuration, driven by a scripted model: what ran, what it was told.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { applyInstall } from "../../../packages/execution/hooks/src/install/apply-install.ts";
import { guardPlaces } from "../../../packages/execution/hooks/src/guard-places.ts";
import type { InstallRequest, Scope } from "../../../packages/execution/hooks/src/install/install-plan.ts";
import { planInstall } from "../../../packages/execution/hooks/src/install/plan-install.ts";
import { readSettings } from "../../../packages/execution/hooks/src/install/settings-file.ts";
import { cesProgram } from "../../support/e2e/scratch-shop.ts";
import { startFakeAnthropic } from "../../support/lab/fake-anthropic.mjs";
import { startFakeOpenAI } from "../../support/lab/fake-openai.mjs";
import { makeScratch, type Scratch } from "../../support/lab/start-client.ts";
import { clientBinaries } from "../../support/requirements.ts";

export type Client = "claude" | "codex";

const stubEntry = join(import.meta.dirname, "fixtures/guard-hook.entry.ts");

/** What a scenario decides. Every step is a shell command of the model's. */
export interface Scenario {
  readonly client: Client;
  readonly commands: readonly (string | object)[];
  /** The hook's program; one with a judge of three words unless told. `installed`: by `ces guard install`, as a person would. */
  readonly entry?: string | "installed";
  readonly scope?: Scope;
  /** A program in place of node, as the text of a script; or a path that is not there. */
  readonly node?: { readonly script: string } | { readonly path: string };
  /** Files of the repository before the client starts. */
  readonly repo?: Readonly<Record<string, string>>;
  /** Command lines of `ces` that are run when the client has ended, in the repository. */
  readonly after?: readonly (readonly string[])[];
  /** Changes the installed files; paths are relative to the scratch root. */
  readonly spoil?: (scratch: Scratch) => void;
}

/** How it went. */
export interface Played {
  readonly files: readonly string[];
  /** Content of the repository's files at the end, by name. */
  readonly texts: Readonly<Record<string, string>>;
  /** Exit codes and output of `after`. */
  readonly after: readonly { readonly code: number | null; readonly out: string }[];
  /** What the model was told of its tool calls, in order. */
  readonly told: readonly string[];
  readonly log: readonly Record<string, unknown>[];
  readonly exit: number | null;
  readonly problems: readonly string[];
}

/** Puts the hook in, plays the commands, removes everything. */
export async function play(scenario: Scenario): Promise<Played> {
  const scratch = makeScratch();
  try {
    for (const [path, text] of Object.entries(scenario.repo ?? {})) put(join(scratch.repo, path), text);
    const system = putHook(scenario, scratch);
    scenario.spoil?.(scratch);
    const ran =
      scenario.client === "claude"
        ? await runClaude(scenario, scratch, system)
        : await runCodex(scenario, scratch, system);
    const log = logOf(scratch);
    const after = (scenario.after ?? []).map((words) => ces(scratch, words));
    const files = readdirSync(scratch.repo, { withFileTypes: true }).filter(({ name }) => !name.startsWith("."));
    const plain = files.filter((one) => one.isFile()).map(({ name }) => name);
    const texts = Object.fromEntries(plain.map((name) => [name, readFileSync(join(scratch.repo, name), "utf8")]));
    return { ...ran, files: files.map(({ name }) => name).sort(), texts, log, after };
  } finally {
    scratch.remove();
  }
}

// The folder that stands for `/etc`'s parent when the machine's configuration is asked for.
function putHook({ client, scope = "user", entry = stubEntry, node }: Scenario, scratch: Scratch): string | null {
  if (entry === "installed") {
    const { code, out } = ces(scratch, ["guard", "install", "--for", client, "--yes"]);
    if (code !== 0) throw new Error(`ces guard install ended with ${code}: ${out}`);
    return null;
  }
  const system = join(scratch.root, "system");
  const request: InstallRequest = {
    host: client,
    scope,
    places: { home: scratch.home, project: scratch.repo, system: `${system}/`, env: {} },
    programs: {
      node: nodeOf(node, scratch),
      entry,
      timeout: "/usr/bin/timeout",
      env: "/usr/bin/env",
      account: scope === "managed" ? null : { HOME: scratch.home, USER: "tester" },
      compile_cache: null,
      snapshot: null,
    },
  };
  applyInstall(planInstall(request, readSettings), request, guardPlaces({ HOME: scratch.home }));
  return scope === "managed" ? system : null;
}

function ces(
  { home, repo }: Scratch,
  words: readonly string[],
): { readonly code: number | null; readonly out: string } {
  const env = { PATH: "/usr/bin:/bin", HOME: home, USER: "tester" };
  const { status, stdout, stderr } = spawnSync(cesProgram, [...words], { cwd: repo, env, encoding: "utf8" });
  return { code: status, out: stdout + stderr };
}

function nodeOf(node: Scenario["node"], { root }: Scratch): string {
  if (node === undefined) return process.execPath;
  if ("path" in node) return node.path;
  const path = join(root, "node");
  put(path, `#!/bin/sh\n${node.script}\n`);
  chmodSync(path, 0o755);
  return path;
}

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function logOf({ home }: Scratch): readonly Record<string, unknown>[] {
  const path = join(home, ".local/state/ces/guard/log.jsonl");
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

type Ran = Pick<Played, "told" | "exit" | "problems">;

async function runClaude({ commands }: Scenario, scratch: Scratch, system: string | null): Promise<Ran> {
  const call = (command: string) => ({ tool: "Bash", input: { command, description: "run it", timeout: 20_000 } });
  const steps = [...commands.map((one) => (typeof one === "string" ? call(one) : one)), { text: "end" }];
  const fake = await startFakeAnthropic({ steps, logBodies: true, vars: { REPO: scratch.repo, HOME: scratch.home } });
  // Bypass is the mode in which nothing but the hook stands between the model and the machine.
  const words = [
    "-p",
    "do it",
    "--output-format",
    "stream-json",
    "--verbose",
    "--permission-mode",
    "bypassPermissions",
  ];
  const { exit, stdout } = await start([clientBinaries().claude, ...words], {
    scratch,
    system,
    env: claudeEnv(fake.url, scratch),
  });
  await fake.close();
  const told = stdout.split("\n").flatMap((line) => toolResults(line));
  return { exit, told, problems: fake.problems };
}

const claudeEnv = (url: string, { home }: Scratch): Record<string, string> => ({
  PATH: "/usr/bin:/bin",
  HOME: home,
  LANG: "C.UTF-8",
  TERM: "dumb",
  ANTHROPIC_BASE_URL: url,
  ANTHROPIC_API_KEY: "dummy",
  DISABLE_TELEMETRY: "1",
  DISABLE_ERROR_REPORTING: "1",
  DISABLE_AUTOUPDATER: "1",
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: "1",
  IS_SANDBOX: "1",
});

function toolResults(line: string): readonly string[] {
  if (!line.includes('"tool_result"')) return [];
  const event: { message?: { content?: readonly { type: string; content?: unknown }[] } } = JSON.parse(line);
  const results = (event.message?.content ?? []).filter(({ type }) => type === "tool_result");
  return results.map(({ content }) => (typeof content === "string" ? content : JSON.stringify(content)));
}

async function runCodex({ commands }: Scenario, scratch: Scratch, system: string | null): Promise<Ran> {
  const steps = [...commands.map((one) => (typeof one === "string" ? { shell: one } : one)), { text: "end" }];
  const fake = await startFakeOpenAI({ steps, logBodies: true, vars: { REPO: scratch.repo, HOME: scratch.home } });
  const config = join(scratch.home, ".codex/config.toml");
  put(config, `${codexConfig(`${fake.url}/v1`)}\n${existsSync(config) ? readFileSync(config, "utf8") : ""}`);
  const words = [
    "exec",
    "--json",
    "--sandbox",
    "danger-full-access",
    "--skip-git-repo-check",
    "-C",
    scratch.repo,
    "do it",
  ];
  const env = {
    PATH: "/usr/bin:/bin",
    HOME: scratch.home,
    CODEX_HOME: join(scratch.home, ".codex"),
    GATE_KEY: "dummy",
  };
  const { exit } = await start([clientBinaries().codex, ...words], { scratch, system, env });
  await fake.close();
  const last = fake.requests.at(-1)?.body as { input?: readonly { type: string; output?: unknown }[] } | undefined;
  const told = (last?.input ?? [])
    .filter(({ type }) => /_output$/.test(type))
    .map(({ output }) => JSON.stringify(output));
  return { exit, told, problems: fake.problems };
}

const codexConfig = (url: string): string =>
  [
    'model = "gpt-5.5"',
    'model_provider = "gate"',
    "check_for_update_on_startup = false",
    "analytics = { enabled = false }",
    "allow_login_shell = false",
    `model_providers = { gate = { name = "gate", base_url = "${url}", wire_api = "responses", env_key = "GATE_KEY", request_max_retries = 1, stream_max_retries = 0 } }`,
    "",
  ].join("\n");

interface Start {
  readonly scratch: Scratch;
  readonly system: string | null;
  readonly env: Record<string, string>;
}

function start(
  words: readonly string[],
  { scratch, system, env }: Start,
): Promise<{ readonly exit: number | null; readonly stdout: string }> {
  const [program = "", ...args] = system === null ? words : [...withSystem(system), ...words];
  const child = spawn(program, args, { cwd: scratch.repo, env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", () => {});
  return new Promise((done) => child.on("close", (exit) => done({ exit, stdout })));
}

// The machine's `/etc` with the clients' folders of the scenario laid over it; nothing of the machine is changed.
function withSystem(system: string): readonly string[] {
  const own = readdirSync(join(system, "etc"));
  const rest = readdirSync("/etc").filter((name) => !own.includes(name));
  return [
    ...["/usr/bin/bwrap", "--bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/etc"],
    ...rest.flatMap((name) => ["--ro-bind-try", `/etc/${name}`, `/etc/${name}`]),
    ...own.flatMap((name) => ["--ro-bind", join(system, "etc", name), `/etc/${name}`]),
    "--",
  ];
}
