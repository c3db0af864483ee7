import type { Manifest, ToolCall } from "@ces/records";
import { describe, expect, test } from "vitest";
import { type GateFacts, judgeToolCall } from "../src/index.ts";

// Only the members that the gate reads; the rest of a manifest is of no concern to it.
const manifest = {
  affected_files: ["src/**"],
  forbidden_files: ["src/secret/**", "**/.env"],
  allowed_tools: ["command", "edit", "read", "agent", "other"],
  forbidden_tools: ["net", "mcp"],
  network_hosts: [],
  budgets: { agents: 2 },
} as unknown as Manifest;
const facts: GateFacts = { manifest, halted: new Set(), budget_spent: null, sub_agents: 0, reserves_low: false };
const call = (over: Partial<ToolCall>): ToolCall => ({
  call_id: "c",
  kind: "edit",
  tool: "Write",
  command: null,
  paths: ["src/a.js"],
  input_sha256: "0".repeat(64),
  agent_id: null,
  ...over,
});
const codes = (over: Partial<ToolCall>, more: Partial<GateFacts> = {}) => {
  const verdict = judgeToolCall(call(over), { ...facts, ...more }, []);
  return [verdict.kind, ...(verdict.kind === "allow" ? [] : verdict.reasons.map((reason) => reason.code))];
};

describe("the tool gate", () => {
  test.each([
    ["in scope", {}, ["allow"]],
    ["in scope, absolute", { paths: ["/workspace/src/a.js"] }, ["allow"]],
    ["scratch", { paths: ["/tmp/x"] }, ["allow"]],
    ["not granted", { paths: ["package.json"] }, ["deny", "SCOPE_NOT_GRANTED"]],
    ["forbidden wins over scope", { paths: ["src/secret/k.js"] }, ["deny", "SCOPE_FORBIDDEN"]],
    ["dotdot out of scope", { paths: ["src/../package.json"] }, ["deny", "SCOPE_NOT_GRANTED"]],
    ["dotdot out of the project", { paths: ["/workspace/src/../../etc/passwd"] }, ["deny", "SCOPE_OUTSIDE"]],
    ["a prefix trick", { paths: ["/workspace2/src/a.js"] }, ["deny", "SCOPE_OUTSIDE"]],
    ["control character", { paths: ["src/a\n.js"] }, ["deny", "PATH_UNREADABLE"]],
    ["tilde", { paths: ["~/.ssh/id"] }, ["deny", "PATH_UNREADABLE"]],
    ["an edit that names nothing", { paths: [] }, ["deny", "PATH_MISSING"]],
    ["one of two out of scope", { paths: ["src/a.js", "x.js"] }, ["deny", "SCOPE_NOT_GRANTED"]],
    ["read inside", { kind: "read", paths: ["README.md"] }, ["allow"]],
    ["read outside", { kind: "read", paths: ["/root/.local/state/ces/key"] }, ["deny", "READ_OUTSIDE"]],
    ["network", { kind: "net", paths: [] }, ["deny", "TOOL_FORBIDDEN"]],
    ["foreign tools", { kind: "mcp", paths: [] }, ["deny", "TOOL_FORBIDDEN"]],
    ["command", { kind: "command", paths: [], command: "ls" }, ["allow"]],
  ] as const)("%s", (_, over, expected) => {
    expect(codes(over as Partial<ToolCall>)).toEqual(expected);
  });

  test("a halt, a spent budget, low reserves and too many agents deny whatever else allows", () => {
    expect(codes({}, { halted: new Set(["task_issuance"]) })).toEqual(["deny", "HALTED"]);
    expect(codes({}, { budget_spent: "no tokens left" })).toEqual(["deny", "BUDGET_SPENT"]);
    expect(codes({}, { reserves_low: true })).toEqual(["deny", "RESERVES_LOW"]);
    expect(codes({ kind: "agent", paths: [] }, { sub_agents: 1 })).toEqual(["deny", "AGENT_BUDGET"]);
  });

  test("a guard that throws is a deny with its error as the reason", () => {
    const broken = {
      name: "broken",
      judge: () => {
        throw new Error("boom");
      },
    };
    expect(judgeToolCall(call({}), facts, [broken])).toEqual({
      kind: "deny",
      reasons: [{ code: "GUARD_FAILED", text: "the guard `broken` failed: boom" }],
    });
  });

  test("a guard can only make it stricter", () => {
    const yes = { name: "yes", judge: () => ({ kind: "allow" as const, reasons: [] }) };
    expect(judgeToolCall(call({ paths: ["x.js"] }), facts, [yes]).kind).toBe("deny");
  });
});
