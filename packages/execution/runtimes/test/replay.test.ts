// A cassette as a real process: each step asked, allowed ones done, denied ones skipped; and cassettes that are refused.
import { mkdirSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Json } from "@ces/kernel";
import type { ToolCall } from "@ces/records";
import { makeScratch, startClient, type Scratch } from "../../../../test/support/lab/start-client.ts";
import { driveAgent, splitLines } from "../src/drive.ts";
import { readCassette } from "../src/replay/conversation.ts";
import { replay } from "../src/replay/replay.ts";
import type { AgentEvent, AgentTask, ToolDecision } from "../src/runtime.ts";
import { allow, deny, taskOf } from "./session.ts";
import { tell } from "./told.ts";

const claim = {
  summary: "did it",
  files_changed: ["a.txt"],
  criteria_satisfied: [],
  open_questions: [],
  scope_deviations: [],
  verification_commands: [],
};
const cassette = (steps: Json, over: object = {}): Json => ({
  schema: "ces.cassette/v1",
  name: "test",
  request: "go",
  steps,
  reviews: {},
  ...over,
});

let scratch: Scratch;
beforeEach(() => void (scratch = makeScratch()));
afterEach(() => scratch.remove());

async function play(
  task: AgentTask,
  decide: (call: ToolCall) => ToolDecision = () => allow,
  signal = new AbortController().signal,
) {
  const plan = replay.launch(task, {
    cwd: scratch.repo,
    workspace: scratch.repo,
    home: scratch.home,
    modelUrl: "",
    program: process.execPath,
  });
  const [, ...args] = plan.argv;
  const player = plan.mounts.find(({ inside }) => inside === args.at(-1));
  const client = startClient({ ...plan, argv: [process.execPath, ...args.slice(0, -1), player?.host ?? ""] }, scratch);
  const events: AgentEvent[] = [];
  const io = {
    lines: splitLines(client.child.stdout),
    send: (line: string) => void client.child.stdin.write(`${line}\n`),
    closeInput: () => void client.child.stdin.end(),
  };
  const end = await driveAgent(replay, io, task, {
    decide: async (call) => decide(call),
    report: (event) => events.push(event),
    activity: () => {},
    signal,
  });
  return { end, events, exit: await client.ended, stderr: client.stderr() };
}

const text = (path: string) => readFileSync(join(scratch.repo, path), "utf8");

describe("replay", () => {
  it("writes, edits and runs what is allowed, and claims under the id of its manifest", async () => {
    const steps = [
      { say: "I will." },
      { tool: "Write", path: "src/a.txt", content: ["one", "two"] },
      { tool: "Edit", path: "src/a.txt", old: "two", new: "three" },
      { tool: "Bash", command: "cat src/a.txt > out.txt; exit 3" },
      { tool: "Read", path: "src/a.txt" },
      { claim },
    ];
    const { end, events, exit, stderr } = await play(
      taskOf({ cassette: cassette(steps), system: "under contract M-0123456789ab" }),
    );
    expect([exit, stderr, text("out.txt")]).toEqual([0, "", "one\nthree\n"]);
    expect(end).toMatchObject({ outcome: "completed", reported_model: "replay", reason: null });
    expect(end.final_text).toContain('```ces:completion\n{\n  "task_id": "M-0123456789ab"');
    expect(events.filter((event) => event.kind === "done").map(({ ok, exit_code }) => [ok, exit_code])).toEqual([
      [true, null],
      [true, null],
      [false, 3],
      [true, null],
    ]);
  });

  it("skips a denied step and goes on", async () => {
    const steps = [
      { tool: "Bash", command: "touch forbidden" },
      { tool: "Write", path: "/etc/shadow-of-nothing/x", content: "" },
      { tool: "Bash", command: "touch made" },
    ];
    const { end, events } = await play(taskOf({ cassette: cassette(steps) }), ({ command, paths }) =>
      command === "touch made" ? allow : deny(`not ${paths.join()}`),
    );
    expect(end.outcome).toBe("completed");
    expect([existsSync(join(scratch.repo, "forbidden")), existsSync(join(scratch.repo, "made"))]).toEqual([
      false,
      true,
    ]);
    expect(events.filter((event) => event.kind === "done").map(({ ran }) => ran)).toEqual([false, false, true]);
  });

  it("says what failed instead of stopping: a missing file, a text that is there twice", async () => {
    const steps = [
      { tool: "Edit", path: "none", old: "a", new: "b" },
      { tool: "Write", path: "t", content: "aa" },
      { tool: "Edit", path: "t", old: "a", new: "b" },
    ];
    const { end, events } = await play(taskOf({ cassette: cassette(steps) }));
    expect(end.outcome).toBe("completed");
    expect(events.filter((event) => event.kind === "done").map(({ ok }) => ok)).toEqual([false, true, false]);
    expect(text("t")).toBe("aa");
  });

  it("stops when asked, with its running command", async () => {
    const stop = new AbortController();
    const { end } = await play(
      taskOf({ cassette: cassette([{ tool: "Bash", command: "sleep 30; touch never" }]) }),
      () => (setTimeout(() => stop.abort(), 200), allow),
      stop.signal,
    );
    expect(end).toMatchObject({ outcome: "interrupted", reason: { code: "AGENT_INTERRUPTED" } });
    expect(existsSync(join(scratch.repo, "never"))).toBe(false);
  });

  it("answers as the recorded reviewer of the role, and is no answer for another", async () => {
    const reviews = { structural: { examined: [{ path: "a.txt", note: "read" }], findings: [] } };
    const task = taskOf({
      cassette: cassette([{ tool: "Bash", command: "touch never" }], { reviews }),
      purpose: "review",
      role: "structural",
    });
    const { end } = await play(task);
    expect(end).toMatchObject({ outcome: "completed", structured: reviews.structural, reason: null });
    expect(existsSync(join(scratch.repo, "never"))).toBe(false);
    expect((await play({ ...task, role: "red_team" })).end).toMatchObject({
      structured: null,
      reason: { code: "ANSWER_MISSING" },
    });
  });

  it("ends its player when its host is gone", async () => {
    const task = taskOf({ cassette: cassette([]) });
    const plan = replay.launch(task, {
      cwd: scratch.repo,
      workspace: scratch.repo,
      home: scratch.home,
      modelUrl: "",
      program: process.execPath,
    });
    mkdirSync(join(scratch.root, "x"));
    const client = startClient({ ...plan, argv: [process.execPath, plan.mounts[1]?.host ?? ""] }, scratch);
    client.child.stdin.write(
      `${JSON.stringify({ type: "play", steps: [{ kind: "call", tool: "Bash", input: { command: "touch never" } }] })}\n`,
    );
    client.child.stdin.end();
    expect(await client.ended).toBe(0);
    expect(existsSync(join(scratch.repo, "never"))).toBe(false);
    rmSync(join(scratch.root, "x"), { recursive: true });
  });
});

describe("a cassette", () => {
  it.each([
    ["an unknown key", cassette([], { merge: true })],
    ["an unknown step", cassette([{ tool: "Merge" }])],
    ["a step with too much", cassette([{ tool: "Bash", command: "ls", sudo: true }])],
    ["another schema", cassette([], { schema: "ces.cassette/v2" })],
    ["nothing", null],
  ])("with %s is refused", (_, value) => {
    expect(() => readCassette(value)).toThrow(expect.objectContaining({ code: "CASSETTE_INVALID" }));
  });
});

describe("a player's forged stream", () => {
  const task = taskOf({ cassette: cassette([]) });
  const end = { type: "end", stopped: false };
  const ask = { type: "ask", id: "c1", tool: "Bash", input: { command: "ls" } };
  const done = { type: "done", id: "c1", ok: true, ran: true, exit_code: 0, output: "" };
  it.each<[string, readonly (string | object)[], string]>([
    ["work that was never asked", [done, end], "gate_bypassed"],
    ["an unknown word", [{ type: "merge" }], "stream_forged"],
    ["an added member", [{ ...end, merged: true }], "stream_forged"],
    ["a call asked twice", [ask, ask], "stream_forged"],
    ["a call done twice", [ask, done, done], "stream_forged"],
    ["words after the end", [end, end], "stream_forged"],
    ["no end", [ask, done], "crashed"],
  ])("%s", async (_, lines, outcome) => {
    expect((await tell(task, "replay", lines)).end.outcome).toBe(outcome);
  });
});
