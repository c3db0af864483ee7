// A hook's whole work. Whatever goes wrong on the way, the answer refuses.
import { expect, test } from "vitest";
import { answerCall, type HookPorts } from "../src/answer-call.ts";
import type { AuditEntry } from "../src/audit-line.ts";
import { hostNames } from "../src/hook-call.ts";
import { hostOf } from "../src/hosts.ts";
import { bytes, judged, shellEvents } from "./told.ts";

function ports(more: Partial<HookPorts<string>> = {}): HookPorts<string> & { readonly log: AuditEntry[] } {
  const log: AuditEntry[] = [];
  return {
    log,
    session: ({ cwd }) => cwd,
    judge: (command) => judged(command.startsWith("rm") ? "deny" : "allow"),
    rescue: () => ({ kind: "kept" }),
    rescuesOfOriginal: () => null,
    append: (entry) => void log.push(entry),
    newest: () => [],
    warning: null,
    observe: false,
    elapsed: () => 1.234,
    ...more,
  };
}

const fault = (): never => {
  throw new Error("it broke");
};

const ask = (event: unknown, on: HookPorts<string> | (() => never), name: (typeof hostNames)[number] = "claude") => {
  const host = hostOf(name);
  if (host === undefined) throw new Error(name);
  return answerCall(host, bytes(event), typeof on === "function" ? on : () => on);
};

test("judges, writes down, answers", () => {
  const on = ports();
  expect(ask(shellEvents.claude("ls"), on)).toEqual({ stdout: "{}\n", stderr: "", exit: 0 });
  expect(ask(shellEvents.claude("rm x"), on).stdout).toContain('"permissionDecision":"deny"');
  expect(on.log).toEqual([
    expect.objectContaining({ command: "ls", decision: "allow", answer: "pass", codes: [], latency_ms: 1.2 }),
    {
      host: "claude",
      session: "s1",
      cwd: "/work",
      tool: "Bash",
      command: "rm x",
      decision: "deny",
      answer: "deny",
      observed: false,
      codes: ["TEST_DENY"],
      rewrite: null,
      latency_ms: 1.2,
    },
  ]);
});

test("a tool it has no say in passes, and is not written down", () => {
  const on = ports();
  const event = { ...shellEvents.claude("x"), tool_name: "TodoWrite", tool_input: { todos: [] } };
  expect(ask(event, on)).toEqual({ stdout: "{}\n", stderr: "", exit: 0 });
  expect(on.log).toEqual([]);
});

test.each(hostNames)("%s: input that is none is exit 2 with a message", (name) => {
  expect(ask("garbage", ports(), name)).toEqual({
    stdout: "",
    stderr: expect.stringContaining("[HOOK_INPUT]"),
    exit: 2,
  });
});

test.each([
  ["the judge", ports({ judge: fault })],
  ["the facts", ports({ session: fault })],
  ["the rescue", ports({ rescue: fault, judge: () => judged("allow", { rescues: [{ kind: "path", path: "/x" }] }) })],
  ["the log", ports({ append: fault })],
  ["everything", fault],
] as const)("when %s fails nothing runs", (_, on) => {
  expect(ask(shellEvents.claude("ls"), on)).toEqual({
    stdout: "",
    stderr: expect.stringContaining("it broke"),
    exit: 2,
  });
});

test("observing lets everything pass and says so in the log", () => {
  const on = ports({ observe: true });
  expect(ask(shellEvents.claude("rm x"), on)).toEqual({ stdout: "{}\n", stderr: "", exit: 0 });
  expect(on.log).toEqual([expect.objectContaining({ decision: "deny", answer: "pass", observed: true })]);
});

test("foreign text cannot hide part of a message", () => {
  const event = { ...shellEvents.claude("x"), tool_input: "\u202eevil\u0007" };
  expect(ask(event, ports()).stderr).not.toMatch(/[\u202e\u0007]/);
  const judge = () =>
    judged("deny", {
      reasons: judged("deny").reasons.map((one) => ({ ...one, text: "it would\u001b[2J \u202eevil" })),
    });
  expect(ask(shellEvents.claude("x"), ports({ judge })).stdout).toContain("it would\\\\x1b[2J \\\\u202eevil");
});
