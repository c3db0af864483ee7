// One run of a real client against its scripted model, for the tests of both runtimes.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ToolCall } from "@ces/records";
import type { FakeServer } from "../../../../test/support/lab/fake-anthropic.mjs";
import { startFakeAnthropic } from "../../../../test/support/lab/fake-anthropic.mjs";
import { startFakeOpenAI } from "../../../../test/support/lab/fake-openai.mjs";
import { makeScratch, startClient, type Scratch } from "../../../../test/support/lab/start-client.ts";
import { clientBinaries } from "../../../../test/support/requirements.ts";
import { driveAgent, splitLines } from "../src/drive.ts";
import { runtimeNamed } from "../src/registry.ts";
import type { AgentEnd, AgentEvent, AgentTask, ToolDecision } from "../src/runtime.ts";

/** A task with everything filled in. */
export function taskOf(part: Partial<AgentTask> = {}): AgentTask {
  const plain = { prompt: "go", system: "You work under a contract.", model: "gpt-5.5", purpose: "implement" } as const;
  return { ...plain, session_id: crypto.randomUUID(), json_schema: null, max_turns: null, cassette: null, ...part };
}

export interface Session {
  readonly end: AgentEnd;
  readonly exit: number | string;
  readonly events: readonly AgentEvent[];
  readonly calls: readonly ToolCall[];
  readonly fake: FakeServer;
  readonly stderr: string;
  /** Whether the worktree has this file now. */
  readonly has: (path: string) => boolean;
  readonly text: (path: string) => string;
}

export interface Script {
  readonly runtime: "claude" | "codex";
  readonly steps: readonly unknown[];
  readonly task?: Partial<AgentTask>;
  readonly decide?: (call: ToolCall) => Promise<ToolDecision> | ToolDecision;
  /** Files of the repository, by relative path. */
  readonly repo?: Readonly<Record<string, string>>;
  /** The run is asked to stop 300 ms after the first event of this kind, or before it begins. */
  readonly stopAfter?: AgentEvent["kind"] | "nothing";
  /** Rewrites our lines on their way to the client; null drops one. */
  readonly tamper?: (line: string) => string | null;
}

export const allow: ToolDecision = { kind: "allow" };
export const deny = (reason: string): ToolDecision => ({ kind: "deny", reason });

/** Runs one session and removes its scratch folder; `has` and `text` still answer for the worktree as it was at the end. */
export async function runSession(script: Script): Promise<Session> {
  const scratch = makeScratch();
  const start = script.runtime === "claude" ? startFakeAnthropic : startFakeOpenAI;
  const fake = await start({ steps: script.steps, vars: { REPO: scratch.repo }, logBodies: true });
  try {
    return await converse(script, scratch, fake);
  } finally {
    await fake.close();
    scratch.remove();
  }
}

async function converse(script: Script, scratch: Scratch, fake: FakeServer): Promise<Session> {
  for (const [path, content] of Object.entries(script.repo ?? {})) writeInto(scratch.repo, path, content);
  const runtime = runtimeNamed(script.runtime);
  const task = taskOf({ model: script.runtime === "claude" ? "claude-opus-5-5" : "gpt-5.5", ...script.task });
  const place = { cwd: scratch.repo, workspace: scratch.repo, home: scratch.home };
  const plan = runtime.launch(task, { ...place, modelUrl: fake.url, program: clientBinaries()[script.runtime] });
  const client = startClient(plan, scratch);
  const events: AgentEvent[] = [];
  const calls: ToolCall[] = [];
  const stop = new AbortController();
  if (script.stopAfter === "nothing") stop.abort();
  const io = {
    lines: splitLines(client.child.stdout),
    send: (line: string) => {
      const sent = script.tamper ? script.tamper(line) : line;
      if (sent !== null) client.child.stdin.write(`${sent}\n`);
    },
    closeInput: () => void client.child.stdin.end(),
  };
  const host = {
    decide: async (call: ToolCall) => {
      calls.push(call);
      return (await script.decide?.(call)) ?? allow;
    },
    report: (event: AgentEvent) => {
      events.push(event);
      if (event.kind === script.stopAfter) setTimeout(() => stop.abort(), 300);
    },
    activity: () => {},
    signal: stop.signal,
  };
  // As the engine does: a client that stays after its end is killed. It must be gone before its folder is.
  const gone = () => {
    setTimeout(() => client.child.kill("SIGKILL"), 3000).unref();
    return client.ended;
  };
  const end = await driveAgent(runtime, io, task, host).finally(gone);
  const exit = await client.ended;
  const files = snapshot(scratch.repo);
  return {
    end,
    exit,
    events,
    calls,
    fake,
    stderr: client.stderr(),
    has: (path) => files.has(path),
    text: (path) => files.get(path) ?? "",
  };
}

function writeInto(root: string, path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function snapshot(root: string): ReadonlyMap<string, string> {
  const names = ["a.txt", "out.txt", "forbidden", "sub", "never", "made"];
  return new Map(
    names.filter((name) => existsSync(join(root, name))).map((name) => [name, readFileSync(join(root, name), "utf8")]),
  );
}
