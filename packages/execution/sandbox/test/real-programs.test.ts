// The filter and the limits let real work through: both clients, npm, node, python, git, each under all walls.
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { bwrapOrSkip, clientBinaries, clientsOrSkip } from "../../../../test/support/requirements.ts";
import { DEFAULT_LIMITS } from "../src/index.ts";
import type { BoxPlan, TreePlan } from "../src/index.ts";
import { runBox, say, scratchPlan, scratchTree } from "./scratch-box.ts";

type FakeModel = { readonly problems: readonly unknown[]; readonly close: () => Promise<void> };

// The lab's servers are plain modules without types.
async function fakeModel(lab: "Anthropic" | "OpenAI", socket: string, steps: readonly object[]): Promise<FakeModel> {
  const url = new URL(`../../../../test/support/lab/fake-${lab.toLowerCase()}.mjs`, import.meta.url);
  const module = (await import(url.href)) as Record<string, (options: object) => Promise<FakeModel>>;
  const start = module[`startFake${lab}`];
  if (start === undefined) throw new Error(`no fake for ${lab}`);
  const fake = await start({ socket, steps });
  onTestFinished(() => fake.close());
  // The box user is not the one who listens; nobody else gets past the box root.
  chmodSync(socket, 0o666);
  return fake;
}

const SHOP = {
  "package.json": '{"name":"shop","scripts":{"test":"node --test"}}',
  "price.test.js": "require('node:test')('price', () => require('node:assert').equal(1 + 1, 2))",
  "test_price.py": "import unittest\nclass T(unittest.TestCase):\n  def test_a(self): self.assertEqual(1, 1)\n",
};
const WORK =
  "npm test --silent >/tmp/npm 2>&1; echo npm $?; python3 -m unittest -q 2>/dev/null; echo python $?; git init -q /tmp/g && git -C /tmp/g status --short; echo git $?";
const WORKED = ["npm 0", "python 0", "git 0"];

function shop(): TreePlan {
  return {
    source: scratchTree(SHOP),
    writable: [{ kind: "dir", path: "" }],
    protect: [],
    dependencies: [],
    scratch: [],
  };
}

// The client's own plan: its binary, a gate with the fake model behind it, and the bridge.
function clientPlan(mount: string, command: readonly [string, ...string[]], change: Partial<BoxPlan>): BoxPlan {
  const plan = scratchPlan("", change);
  return {
    ...plan,
    command,
    tree: plan.tree ?? shop(),
    tools: [{ source: mount, inside: "/opt/agent" }],
    gates: [{ source: join(plan.root, "gate"), inside: "/run/gate" }],
    bridge: {
      node: process.execPath,
      script: join(import.meta.dirname, "../src/bridge.entry.ts"),
      forwards: [{ listen: "127.0.0.1:8787", socket: "/run/gate/model.sock" }],
    },
    limits: { ...DEFAULT_LIMITS, wall_ms: 40_000 },
  };
}

describe.skipIf(bwrapOrSkip())("real programs in the box", () => {
  test("npm, node, python and git", async () => {
    expect((await say(WORK, { tree: shop() })).trim().split("\n")).toEqual(WORKED);
  });

  test("node lists interfaces, resolves localhost, forks, threads and watches files", async () => {
    const script = `const os = require('node:os'); const { Worker } = require('node:worker_threads'); const fs = require('node:fs')
      require('node:dns').lookup('localhost', (e, a) => { console.log(Object.keys(os.networkInterfaces()).join(), a === '127.0.0.1' || a === '::1'); fs.watch('/tmp').close()
      new Worker('process.exit(3)', { eval: true }).on('exit', (c) => console.log(c, require('node:child_process').execFileSync('id', ['-u'], { encoding: 'utf8' }))) })`;
    expect(await say("exec /usr/bin/node /opt/x.js", { files: { "/opt/x.js": script } })).toBe("lo true\n3 1000\n\n");
  });
});

describe.skipIf(bwrapOrSkip() || clientsOrSkip())("the real clients in the box", () => {
  test("claude runs a command and writes a file", async () => {
    const { claude } = clientBinaries();
    const plan = clientPlan(
      claude,
      [
        "/opt/agent",
        "-p",
        "go",
        "--output-format",
        "stream-json",
        "--verbose",
        "--permission-mode",
        "bypassPermissions",
        "--setting-sources",
        "",
      ],
      {
        tree: shop(),
        env: {
          ANTHROPIC_BASE_URL: "http://127.0.0.1:8787",
          ANTHROPIC_API_KEY: "dummy",
          CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
          DISABLE_AUTOUPDATER: "1",
        },
      },
    );
    const socket = join(plan.root, "gate/model.sock");
    const fake = await fakeModel("Anthropic", socket, [
      { tool: "Bash", input: { command: WORK } },
      { tool: "Write", input: { file_path: "/workspace/made.txt", content: "made" } },
      { text: "done" },
    ]);
    const run = await runBox(plan, "");
    for (const line of [...WORKED, '"subtype":"success"']) expect(run.out).toContain(line);
    expect([run.end, fake.problems]).toEqual([{ kind: "exited", code: 0 }, []]);
  });

  test("codex runs a command and applies a patch", async () => {
    const { codex } = clientBinaries();
    const config =
      'model = "gpt-5.5"\nmodel_provider = "gate"\ncheck_for_update_on_startup = false\nanalytics.enabled = false\nallow_login_shell = false\n[model_providers.gate]\nname = "gate"\nbase_url = "http://127.0.0.1:8787/v1"\nwire_api = "responses"\nenv_key = "GATE_KEY"\nrequest_max_retries = 1\nstream_max_retries = 0\n';
    const plan = clientPlan(
      join(codex, "../.."),
      [
        "/opt/agent/bin/codex",
        "exec",
        "--json",
        "--skip-git-repo-check",
        "--sandbox",
        "danger-full-access",
        "-C",
        "/workspace",
        "go",
      ],
      {
        tree: shop(),
        env: { GATE_KEY: "dummy" },
        files: { "/home/agent/.codex/config.toml": config },
      },
    );
    const socket = join(plan.root, "gate/model.sock");
    const fake = await fakeModel("OpenAI", socket, [
      { shell: WORK },
      { patch: "*** Begin Patch\n*** Add File: made.txt\n+made\n*** End Patch" },
      { text: "done" },
    ]);
    const run = await runBox(plan, "");
    for (const line of [...WORKED, "made.txt", "turn.completed"]) expect(run.out).toContain(line);
    expect([run.end, fake.problems]).toEqual([{ kind: "exited", code: 0 }, []]);
  });
});
