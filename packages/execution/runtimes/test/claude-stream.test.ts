// claude's dialect without claude: the recorded stream, and streams that no claude would send.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { allow, deny, taskOf } from "./session.ts";
import { tell } from "./told.ts";

const sample = readFileSync(
  new URL("../../../../test/support/lab/samples/claude-stdio-gate.jsonl", import.meta.url),
  "utf8",
);
const session_id = "34d9a71b-381c-47a2-a518-681fda378d11";
const task = taskOf({ session_id, model: "claude-opus-5-5" });

interface Recorded {
  readonly dir: string;
  readonly msg: { readonly type: string; readonly response?: unknown };
}

const recorded = sample
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Recorded);
// The recorder cut the long answer to `initialize`.
const ready = { type: "control_response", response: { subtype: "success", request_id: "init", response: {} } };
const words = recorded
  .filter(({ dir }) => dir === "from-agent")
  .map(({ msg }) => (msg.type === "control_response" ? ready : msg));

const question = (id: string, over: object = {}) => ({
  type: "control_request",
  request_id: `q-${id}`,
  request: {
    subtype: "hook_callback",
    callback_id: "gate",
    tool_use_id: id,
    input: {
      session_id,
      hook_event_name: "PreToolUse",
      tool_name: "Bash",
      tool_input: { command: "ls" },
      tool_use_id: id,
      ...over,
    },
  },
});
const result = (id: string, over: object = {}, meta: readonly object[] = []) => ({
  type: "user",
  message: { role: "user", content: [{ type: "tool_result", tool_use_id: id, content: "ran", ...over }] },
  parent_tool_use_id: null,
  tool_result_meta: meta,
});
const done = {
  type: "result",
  subtype: "success",
  is_error: false,
  session_id,
  result: "end",
  terminal_reason: "completed",
};

describe("the recorded stream", () => {
  it("is told as exactly these events", async () => {
    const told = await tell(task, "claude", words, (command) =>
      command.includes("forbidden") ? deny("policy refuses") : allow,
    );
    expect(
      told.events.map((event) =>
        event.kind === "asked" ? { ...event, call: { ...event.call, input_sha256: "…" } } : event,
      ),
    ).toMatchInlineSnapshot(`
      [
        {
          "kind": "session",
          "model": "claude-opus-5-5",
          "session_id": "34d9a71b-381c-47a2-a518-681fda378d11",
          "version": "2.1.328",
        },
        {
          "call": {
            "agent_id": null,
            "call_id": "toolu_fake_4741167a387d4a76ba13",
            "command": "touch forbidden",
            "input_sha256": "…",
            "kind": "command",
            "paths": [],
            "tool": "Bash",
          },
          "kind": "asked",
        },
        {
          "call_id": "toolu_fake_4741167a387d4a76ba13",
          "decision": {
            "kind": "deny",
            "reason": "policy refuses",
          },
          "kind": "decided",
        },
        {
          "call_id": "toolu_fake_4741167a387d4a76ba13",
          "exit_code": null,
          "kind": "done",
          "ok": false,
          "output": "PreToolUse:Bash hook error: policy refuses",
          "ran": false,
        },
        {
          "call": {
            "agent_id": null,
            "call_id": "toolu_fake_7e5ae64edf2e4612b66b",
            "command": "touch good",
            "input_sha256": "…",
            "kind": "command",
            "paths": [],
            "tool": "Bash",
          },
          "kind": "asked",
        },
        {
          "call_id": "toolu_fake_7e5ae64edf2e4612b66b",
          "decision": {
            "kind": "allow",
          },
          "kind": "decided",
        },
        {
          "call_id": "toolu_fake_7e5ae64edf2e4612b66b",
          "exit_code": null,
          "kind": "done",
          "ok": true,
          "output": "(Bash completed with no output)",
          "ran": true,
        },
        {
          "agent_id": null,
          "kind": "said",
          "text": "end",
        },
      ]
    `);
    expect(told.end).toEqual({
      outcome: "completed",
      final_text: "end",
      structured: null,
      reported_model: "claude-opus-5-5",
      session_id,
      reason: null,
    });
  });

  it("cut anywhere, is never a completed run", async () => {
    for (let length = 0; length < words.length; length += 1) {
      const { end } = await tell(task, "claude", words.slice(0, length));
      expect(end.outcome).toBe("crashed");
    }
  });
});

describe("the gate is passed by", () => {
  it.each([
    ["a result of a call that was never asked", [result("t1")]],
    ["a failed command that was never asked", [result("t1", { is_error: true, content: "Exit code 1" })]],
    [
      "an unasked error with a permission record",
      [
        result("t1", { is_error: true, content: "<tool_use_error>x" }, [
          { id: "t1", permission_decision: { decision: "accept" } },
        ]),
      ],
    ],
    [
      "a client in another mode",
      [{ type: "system", subtype: "init", session_id, permissionMode: "bypassPermissions" }],
    ],
    [
      "a client without the callback",
      [{ type: "control_response", response: { subtype: "error", request_id: "init", error: "unknown hook" } }],
    ],
  ])("by %s", async (_, lines) => {
    const { end } = await tell(task, "claude", [...lines, done]);
    expect(end).toMatchObject({ outcome: "gate_bypassed", reason: { code: "GATE_BYPASSED" } });
  });

  it("by a result of a denied call that ran", async () => {
    const { end } = await tell(task, "claude", [question("t1"), result("t1"), done], deny("no"));
    expect(end.outcome).toBe("gate_bypassed");
  });

  it("not by a call that the client itself refused", async () => {
    const { end } = await tell(task, "claude", [
      result("t1", { is_error: true, content: "<tool_use_error>Error: No such tool available: X</tool_use_error>" }),
      done,
    ]);
    expect(end.outcome).toBe("completed");
  });
});

describe("a forged stream", () => {
  it.each<[string, readonly (string | object)[]]>([
    ["text", ["FORGED"]],
    ["two readings of one member", ['{"type":"result","type":"user"}']],
    ["a kind that does not exist", [{ type: "approve_everything" }]],
    ["a result of another session", [{ ...done, session_id: "other" }]],
    ["a question of another session", [question("t1", { session_id: "other" })]],
    ["a question about two calls", [question("t1", { tool_use_id: "t2" })]],
    ["a question of another event", [question("t1", { hook_event_name: "PostToolUse" })]],
    ["the same call asked twice", [question("t1"), { ...question("t1"), request_id: "q-2" }]],
    ["the same call done twice", [question("t1"), result("t1"), result("t1")]],
    [
      "an answer that nobody asked for",
      [{ type: "control_response", response: { subtype: "success", request_id: "ghost" } }],
    ],
    ["a result without its members", [{ type: "result", subtype: "success" }]],
  ])("is found: %s", async (_, lines) => {
    const { end } = await tell(task, "claude", [...lines, done]);
    expect(end).toMatchObject({ outcome: "stream_forged", structured: null, reason: { code: "STREAM_FORGED" } });
  });

  it("gets no answer to what is not on offer but an error", async () => {
    const { sent, end } = await tell(task, "claude", [
      { type: "control_request", request_id: "x", request: { subtype: "can_use_tool", tool_name: "Bash", input: {} } },
      done,
    ]);
    expect(JSON.parse(sent.at(-1) ?? "")).toMatchObject({ response: { subtype: "error", request_id: "x" } });
    expect(end.outcome).toBe("completed");
  });

  it("gets no answer to a question that it took back", async () => {
    const lines = [question("t1"), { type: "control_cancel_request", request_id: "q-t1" }, done];
    const { sent } = await tell(task, "claude", lines.slice(0, 1));
    expect(sent.length).toBe(3);
    const { events } = await tell(task, "claude", [`${JSON.stringify(lines[0])}`, ...lines.slice(1)]);
    expect(events.filter(({ kind }) => kind === "asked").length).toBe(1);
  });
});

describe("calls in CES's words", () => {
  it.each([
    ["Write", { file_path: "/workspace/a", content: "" }, "edit", null, ["/workspace/a"]],
    ["MultiEdit", { file_path: "/workspace/a", edits: [] }, "edit", null, ["/workspace/a"]],
    ["NotebookEdit", { notebook_path: "/workspace/n.ipynb" }, "edit", null, ["/workspace/n.ipynb"]],
    ["Read", { file_path: "/etc/passwd" }, "read", null, ["/etc/passwd"]],
    ["Grep", { pattern: "x", path: "src" }, "read", null, ["src"]],
    ["Bash", { command: "rm -rf /", file_path: "/decoy" }, "command", "rm -rf /", ["/decoy"]],
    ["WebFetch", { url: "http://x" }, "net", null, []],
    ["Agent", { prompt: "p" }, "agent", null, []],
    ["mcp__x__y", {}, "mcp", null, []],
    ["constructor", {}, "other", null, []],
  ])("%s", async (tool_name, tool_input, ...rest) => {
    const [kind, command, paths] = rest;
    const { events } = await tell(task, "claude", [question("t1", { tool_name, tool_input })]);
    expect(events[0]).toEqual({
      kind: "asked",
      call: {
        call_id: "t1",
        kind,
        tool: tool_name,
        command,
        paths,
        input_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        agent_id: null,
      },
    });
  });
});

describe("ends", () => {
  const endOf = async (over: object) => (await tell(task, "claude", [{ ...done, ...over }])).end;
  it.each([
    [{ is_error: true, terminal_reason: "api_error", api_error_status: 500 }, "api_error"],
    [{ is_error: true, terminal_reason: "api_error", api_error_status: 402 }, "budget_spent"],
    [{ is_error: true, subtype: "error_max_turns", terminal_reason: "max_turns" }, "max_turns"],
    [{ is_error: true, subtype: "error_max_budget_usd" }, "budget_spent"],
    [{ terminal_reason: "hook_stopped" }, "crashed"],
    [{ terminal_reason: "tool_deferred" }, "crashed"],
    [{ is_error: true, subtype: "error_during_execution", terminal_reason: "aborted_tools" }, "crashed"],
    [{}, "completed"],
  ])("%j is %s", async (over, outcome) => {
    expect((await endOf(over)).outcome).toBe(outcome);
  });

  it("are decided by the last result", async () => {
    const { end } = await tell(task, "claude", [
      done,
      { ...done, is_error: true, terminal_reason: "api_error", api_error_status: 500, result: "late" },
    ]);
    expect(end).toMatchObject({ outcome: "api_error", final_text: "late" });
  });
});
