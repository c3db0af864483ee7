// codex's dialect without codex: the recorded stream, and streams that no codex would send.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { allow, deny, taskOf } from "./session.ts";
import { tell } from "./told.ts";

const sample = readFileSync(
  new URL("../../../../test/support/lab/samples/codex-appserver-gate.jsonl", import.meta.url),
  "utf8",
);
const task = taskOf();
const words = sample
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as { dir: string; msg: Record<string, unknown> })
  .filter(({ dir }) => dir === "from-agent")
  .map(({ msg }) => msg);

const threadId = "T";
const item = (over: object) => ({
  type: "commandExecution",
  id: "c1",
  command: "/bin/bash -c 'ls'",
  status: "completed",
  exitCode: 0,
  ...over,
});
const note = (method: string, params: object) => ({ method, params: { threadId, ...params } });
const completed = (over: object) => note("item/completed", { item: item(over) });
const ask = (id: number, over: object = {}) => ({
  id,
  ...note("item/commandExecution/requestApproval", {
    itemId: "c1",
    kind: "command",
    command: "/bin/bash -c 'ls'",
    ...over,
  }),
});
const start = [
  { id: 1, result: { userAgent: "x" } },
  {
    id: 2,
    result: {
      thread: { id: threadId, cliVersion: "0.169.0" },
      model: "gpt-5.5",
      approvalPolicy: "untrusted",
      approvalsReviewer: "user",
    },
  },
  { id: 3, result: { turn: { id: "turn" } } },
  note("turn/started", { turn: { id: "turn" } }),
];
const ended = note("turn/completed", { turn: { id: "turn", status: "completed", error: null } });

describe("the recorded stream", () => {
  it("is told as exactly these events", async () => {
    const told = await tell(task, "codex", words, (text) => (text.includes("forbidden") ? deny("no") : allow));
    expect(
      told.events.map((event) =>
        event.kind === "asked" ? { ...event, call: { ...event.call, input_sha256: "…" } } : event,
      ),
    ).toMatchInlineSnapshot(`
      [
        {
          "kind": "session",
          "model": "fake-model",
          "session_id": "01a1f865-a962-72b3-ab30-dae536aba836",
          "version": "0.169.0",
        },
        {
          "kind": "notice",
          "level": "info",
          "text": "Model metadata for \`fake-model\` not found. Defaulting to fallback metadata; this can degrade performance and cause issues.",
        },
        {
          "call": {
            "agent_id": null,
            "call_id": "call_fake_d0a7fcceb0644a44ae34",
            "command": "touch forbidden",
            "input_sha256": "…",
            "kind": "command",
            "paths": [],
            "tool": "exec_command",
          },
          "kind": "asked",
        },
        {
          "call_id": "call_fake_d0a7fcceb0644a44ae34",
          "decision": {
            "kind": "deny",
            "reason": "no",
          },
          "kind": "decided",
        },
        {
          "call_id": "call_fake_d0a7fcceb0644a44ae34",
          "exit_code": null,
          "kind": "done",
          "ok": false,
          "output": "",
          "ran": false,
        },
        {
          "call": {
            "agent_id": null,
            "call_id": "call_fake_db83704887584e968887",
            "command": "touch good",
            "input_sha256": "…",
            "kind": "command",
            "paths": [],
            "tool": "exec_command",
          },
          "kind": "asked",
        },
        {
          "call_id": "call_fake_db83704887584e968887",
          "decision": {
            "kind": "allow",
          },
          "kind": "decided",
        },
        {
          "call_id": "call_fake_db83704887584e968887",
          "exit_code": 0,
          "kind": "done",
          "ok": true,
          "output": "",
          "ran": true,
        },
        {
          "call": {
            "agent_id": null,
            "call_id": "call_fake_3343decda4ec4722a4ac",
            "command": null,
            "input_sha256": "…",
            "kind": "edit",
            "paths": [
              "/scratch/repo/a.txt",
            ],
            "tool": "apply_patch",
          },
          "kind": "asked",
        },
        {
          "call_id": "call_fake_3343decda4ec4722a4ac",
          "decision": {
            "kind": "allow",
          },
          "kind": "decided",
        },
        {
          "call_id": "call_fake_3343decda4ec4722a4ac",
          "exit_code": null,
          "kind": "done",
          "ok": true,
          "output": "",
          "ran": true,
        },
        {
          "agent_id": null,
          "kind": "said",
          "text": "end",
        },
      ]
    `);
    expect(told.end).toMatchObject({
      outcome: "completed",
      final_text: "end",
      reported_model: "fake-model",
      reason: null,
    });
  });

  it("cut anywhere, is never a completed run", async () => {
    for (let length = 0; length < words.length; length += 1)
      expect((await tell(task, "codex", words.slice(0, length))).end.outcome).toBe("crashed");
  });
});

describe("the gate is passed by", () => {
  it.each([
    ["a command that was never asked", [completed({})]],
    ["a failed command that was never asked", [completed({ status: "failed", exitCode: 1 })]],
    ["a change that was never asked", [completed({ type: "fileChange", changes: [] })]],
    ["output before the yes", [note("item/commandExecution/outputDelta", { itemId: "c1", delta: "x" })]],
    [
      "typing into a program",
      [ask(7), note("item/commandExecution/terminalInteraction", { itemId: "c1", stdin: "rm x\n" })],
    ],
    ["an image that is read", [note("item/started", { item: { type: "imageView", id: "i1", path: "/x" } })]],
    ["a sub-agent", [note("item/started", { item: { type: "collabAgentToolCall", id: "i1" } })]],
    ["work of a kind that nobody knows", [note("item/completed", { item: { type: "teleport", id: "i1" } })]],
    ["an item that began and was never asked", [note("item/started", { item: item({ status: "inProgress" }) })]],
  ])("by %s", async (_, lines) => {
    const { end } = await tell(task, "codex", [...start, ...lines, ended]);
    expect(end).toMatchObject({ outcome: "gate_bypassed", reason: { code: "GATE_BYPASSED" } });
  });

  it("by a command that ran and is not the one that was asked", async () => {
    const { end } = await tell(task, "codex", [...start, ask(7), completed({ command: "/bin/bash -c 'rm x'" }), ended]);
    expect(end.outcome).toBe("gate_bypassed");
  });

  it("by a change that wrote elsewhere than was asked", async () => {
    const file = (path: string, status: string) => ({
      item: { type: "fileChange", id: "f1", status, changes: [{ path, kind: { type: "add" }, diff: "" }] },
    });
    const asked = [
      note("item/started", file("/w/a", "inProgress")),
      { id: 7, ...note("item/fileChange/requestApproval", { itemId: "f1" }) },
    ];
    const { end } = await tell(task, "codex", [
      ...start,
      ...asked,
      note("item/completed", file("/w/evil", "completed")),
    ]);
    expect(end.outcome).toBe("gate_bypassed");
    const good = [...asked, note("item/completed", file("/w/a", "completed")), ended];
    expect((await tell(task, "codex", [...start, ...good])).end.outcome).toBe("completed");
  });

  it("by a command that ran though it was denied", async () => {
    const { end } = await tell(task, "codex", [...start, ask(7), completed({}), ended], deny("no"));
    expect(end.outcome).toBe("gate_bypassed");
  });

  it.each([
    ["another approval policy", { approvalPolicy: "never" }],
    ["another reviewer", { approvalsReviewer: "guardian" }],
    ["instructions of the project", { instructionSources: ["/workspace/AGENTS.md"] }],
  ])("by a thread with %s", async (_, over) => {
    const thread = { ...start[1], result: { ...(start[1] as { result: object }).result, ...over } };
    const { end, sent } = await tell(task, "codex", [start[0] ?? {}, thread, ended]);
    expect(end.outcome).toBe("gate_bypassed");
    expect(sent.some((line) => line.includes("turn/start"))).toBe(false);
  });

  it("not by a declined item that was never asked", async () => {
    const { end } = await tell(task, "codex", [...start, completed({ status: "declined", exitCode: null }), ended]);
    expect(end.outcome).toBe("completed");
  });
});

describe("a forged stream", () => {
  it.each<[string, readonly (string | object)[]]>([
    ["text", ["FORGED"]],
    ["neither question, note nor answer", [{ hello: 1 }]],
    ["an answer that nobody asked for", [{ id: 99, result: {} }]],
    ["an answer given twice", [{ id: 1, result: {} }]],
    ["a question id used twice", [ask(7), ask(7, { itemId: "c2" })]],
    ["the same call asked twice", [ask(7), ask(8)]],
    ["the same item done twice", [ask(7), completed({}), completed({})]],
    ["a change that was never announced", [{ id: 7, ...note("item/fileChange/requestApproval", { itemId: "f1" }) }]],
    ["a second turn", [note("turn/started", { turn: { id: "another" } })]],
    ["a question after the end", [ended, ask(7)]],
    ["a second end", [ended, ended]],
    ["a command question without an item", [ask(7, { itemId: "" })]],
  ])("is found: %s", async (_, lines) => {
    const { end } = await tell(task, "codex", [...start, ...lines]);
    expect(end).toMatchObject({ outcome: "stream_forged", reason: { code: "STREAM_FORGED" } });
  });

  it("gets no answer to what is not on offer but an error", async () => {
    const { sent } = await tell(task, "codex", [
      ...start,
      { id: 7, method: "item/permissions/requestApproval", params: { threadId } },
      ended,
    ]);
    expect(JSON.parse(sent.at(-1) ?? "")).toMatchObject({ id: 7, error: { message: "not available" } });
  });
});

describe("calls in CES's words", () => {
  it("names every path of a change, also where it is moved to", async () => {
    const changes = [
      { path: "/w/a", kind: { type: "update", move_path: "/w/b" }, diff: "" },
      { path: "/w/c", kind: { type: "delete" }, diff: "" },
    ];
    const file = { type: "fileChange", id: "f1", status: "inProgress", changes };
    const lines = [
      ...start,
      note("item/started", { item: file }),
      { id: 7, ...note("item/fileChange/requestApproval", { itemId: "f1" }) },
    ];
    const { events } = await tell(task, "codex", lines);
    expect(events.find(({ kind }) => kind === "asked")).toMatchObject({
      call: { kind: "edit", paths: ["/w/a", "/w/b", "/w/c"] },
    });
  });

  it.each([
    ["/bin/bash -c 'touch x'", "touch x"],
    ['/usr/bin/bash -lc "echo \\"a\\""', 'echo "a"'],
    ["/bin/bash -c ls", "ls"],
    ["/bin/bash -c 'a'\"'\"'b'", "a'b"],
    ["/bin/bash -c 'x' extra", "/bin/bash -c 'x' extra"],
    ["/bin/bash -c 'x", "/bin/bash -c 'x"],
    ["python3 -c 'print(1)'", "python3 -c 'print(1)'"],
    ["rm -rf /", "rm -rf /"],
  ])("unwraps %s", async (command, text) => {
    const { events } = await tell(task, "codex", [...start, ask(7, { command })]);
    expect(events.find(({ kind }) => kind === "asked")).toMatchObject({ call: { kind: "command", command: text } });
  });
});
