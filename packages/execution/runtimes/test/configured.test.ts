// The clients with exactly the plan's read-only files and folders: they work, and no call can change how they are configured.
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startFakeAnthropic } from "../../../../test/support/lab/fake-anthropic.mjs";
import { startFakeOpenAI } from "../../../../test/support/lab/fake-openai.mjs";
import { makeScratch, type Scratch } from "../../../../test/support/lab/start-client.ts";
import { bwrapOrSkip, clientBinaries, clientsOrSkip } from "../../../../test/support/requirements.ts";
import { driveAgent, splitLines } from "../src/drive.ts";
import { runtimeNamed } from "../src/registry.ts";
import type { AgentEvent, LaunchPlan } from "../src/runtime.ts";
import { allow, taskOf } from "./session.ts";

let scratch: Scratch;
beforeEach(() => void (scratch = makeScratch()));
afterEach(() => scratch.remove());

const place = { cwd: "/workspace", workspace: "/workspace", home: "/home/agent" };

/** Only what these tests are about: a fresh HOME, the plan's binds. The walls themselves are the sandbox's tests. */
function boxArgs(plan: LaunchPlan): string[] {
  const made = join(scratch.root, "made");
  const args = [
    "--unshare-user",
    "--unshare-pid",
    "--die-with-parent",
    "--clearenv",
    "--ro-bind",
    "/usr",
    "/usr",
    "--proc",
    "/proc",
    "--dev",
    "/dev",
  ];
  for (const name of ["bin", "lib", "lib64", "sbin"]) args.push("--symlink", `usr/${name}`, `/${name}`);
  args.push(
    "--tmpfs",
    "/etc",
    "--tmpfs",
    "/tmp",
    "--bind",
    scratch.home,
    place.home,
    "--bind",
    scratch.repo,
    "/workspace",
    "--chdir",
    "/workspace",
  );
  for (const { host, inside } of plan.mounts) args.push("--ro-bind", host, inside);
  mkdirSync(join(made, "empty"), { recursive: true });
  for (const inside of plan.emptyDirs) args.push("--ro-bind", join(made, "empty"), inside);
  for (const [inside, content] of Object.entries(plan.files)) {
    mkdirSync(dirname(made + inside), { recursive: true });
    writeFileSync(made + inside, content);
    args.push("--ro-bind", made + inside, inside);
  }
  for (const [name, value] of Object.entries(plan.env)) args.push("--setenv", name, value);
  return [...args, "--", ...plan.argv];
}

async function run(name: "claude" | "codex", command: string) {
  const step = name === "claude" ? { tool: "Bash", input: { command, description: "d" } } : { shell: command };
  const fake = await (name === "claude" ? startFakeAnthropic : startFakeOpenAI)({
    steps: [step, { text: "end" }],
    logBodies: true,
  });
  const runtime = runtimeNamed(name);
  const task = taskOf({ model: name === "claude" ? "claude-opus-5-5" : "gpt-5.5" });
  const plan = runtime.launch(task, { ...place, modelUrl: fake.url, program: clientBinaries()[name] });
  const child = spawn("bwrap", boxArgs(plan), { stdio: ["pipe", "pipe", "ignore"] });
  child.stdin.on("error", () => {});
  const events: AgentEvent[] = [];
  const io = {
    lines: splitLines(child.stdout),
    send: (line: string) => void child.stdin.write(`${line}\n`),
    closeInput: () => void child.stdin.end(),
  };
  const exit = new Promise((resolve) => child.on("close", resolve));
  const end = await driveAgent(runtime, io, task, {
    decide: async () => allow,
    report: (event) => events.push(event),
    activity: () => {},
    signal: new AbortController().signal,
  });
  await exit;
  await fake.close();
  return { end, plan, output: events.flatMap((event) => (event.kind === "done" ? [event.output] : [])).join("\n") };
}

describe.skipIf(clientsOrSkip() || bwrapOrSkip())("what configures a client", () => {
  it.each(["claude", "codex"] as const)("%s works with it bound read-only, and no call can change it", async (name) => {
    const { files, emptyDirs } = runtimeNamed(name).launch(taskOf(), {
      ...place,
      modelUrl: "http://x",
      program: "/x/bin/codex",
    });
    const targets = [...Object.keys(files), ...emptyDirs.map((path) => `${path}/planted`)];
    writeFileSync(
      join(scratch.repo, "attack.sh"),
      targets
        .map((path) => `(echo hacked >> ${path}) 2>/dev/null && echo WROTE ${path}`)
        .concat("touch worked; echo finished")
        .join("\n"),
    );
    const { end, output } = await run(name, "bash attack.sh; ls worked");
    expect(end).toMatchObject({ outcome: "completed", final_text: "end" });
    expect(output).toContain("finished");
    expect(output).toContain("worked");
    expect(output).not.toContain("WROTE");
  });
});
