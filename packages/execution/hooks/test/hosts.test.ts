// Each host's contract: what it sends is read, what it is told is in its own words (spec/guard §2.11).
import { describe, expect, test } from "vitest";
import { type HostName, hostNames, type Verdict } from "../src/hook-call.ts";
import { hostOf } from "../src/hosts.ts";
import { bytes, judgedCall, shellEvents } from "./told.ts";

const host = (name: HostName) => {
  const found = hostOf(name);
  if (found === undefined) throw new Error(name);
  return found;
};

describe.each(hostNames)("%s", (name) => {
  const { readCall } = host(name);

  test("reads a shell call", () => {
    expect(readCall(bytes(shellEvents[name]("ls -l")))).toMatchObject({
      kind: "shell",
      command: "ls -l",
      cwd: "/work",
      session: "s1",
    });
  });

  test.each([
    ["nothing", ""],
    ["no JSON", "ls -l"],
    ["no object", "[]"],
    ["half a document", '{"tool_name":"Bash"'],
    ["two documents", "{}{}"],
    ["a member twice", '{"cwd":"/a","cwd":"/b"}'],
    ["an empty object", "{}"],
    [
      "an event it was not asked about",
      JSON.stringify({ ...shellEvents[name]("ls"), hook_event_name: "Stop", toolName: 1, tool: 1 }),
    ],
  ])("refuses %s", (_, text) => {
    expect(readCall(bytes(text)).kind).toBe("malformed");
  });

  test("refuses bytes that are not UTF-8, and more of them than it takes", () => {
    const text = bytes(shellEvents[name]("ls é"));
    text[text.indexOf(0xc3)] = 0xff;
    expect(readCall(text).kind).toBe("malformed");
    expect(readCall(bytes(shellEvents[name]("x".repeat(1024 * 1024)))).kind).toBe("malformed");
  });

  test.each([undefined, "", "work", 5])("refuses a call that does not say where it would run (%s)", (cwd) => {
    const event = { ...shellEvents[name]("ls"), cwd, workspace_roots: [] };
    expect(readCall(bytes(event)).kind).toBe("malformed");
  });

  test("refuses a shell call without a command", () => {
    const text = JSON.stringify(shellEvents[name]("ls")).replaceAll(/"command\\?":/g, (name) =>
      name.replace("command", "none"),
    );
    expect(readCall(bytes(text)).kind).toBe("malformed");
  });

  test("has something to say for each verdict, and never grants by passing", () => {
    const call = judgedCall(readCall(bytes(shellEvents[name]("ls"))));
    const pass = host(name).answer({ kind: "pass", note: null }, call);
    expect(pass).toMatchObject({ stderr: "", exit: 0 });
    if (name !== "cursor") expect(pass.stdout).not.toMatch(/allow/);
    for (const verdict of verdicts) expect(JSON.parse(host(name).answer(verdict, call).stdout)).toBeTypeOf("object");
  });
});

const verdicts: readonly Verdict[] = [
  { kind: "deny", reason: "R" },
  { kind: "ask", reason: "R" },
  { kind: "instead", command: "ces trash put x", reason: "R" },
];

const said = (name: HostName, verdict: Verdict): unknown => {
  const { readCall, answer } = host(name);
  return JSON.parse(answer(verdict, judgedCall(readCall(bytes(shellEvents[name]("rm x"))))).stdout);
};

test.each([
  ["claude", "deny", { permissionDecision: "deny", permissionDecisionReason: "R" }],
  ["claude", "ask", { permissionDecision: "ask", permissionDecisionReason: "R" }],
  ["codex", "deny", { permissionDecision: "deny", permissionDecisionReason: "R" }],
] as const)("%s is told to %s", (name, kind, fields) => {
  expect(said(name, { kind, reason: "R" })).toEqual({
    hookSpecificOutput: { hookEventName: "PreToolUse", ...fields },
  });
});

test("claude gets every field of its input back beside the changed command", () => {
  expect(said("claude", { kind: "instead", command: "ces trash put x", reason: "R" })).toEqual({
    hookSpecificOutput: {
      hookEventName: "PreToolUse",
      updatedInput: { command: "ces trash put x", description: "d", timeout: 5000, run_in_background: false },
    },
  });
});

test("codex has no `ask`, so it is refused with the way to a person; a changed input needs its `allow`", () => {
  expect(said("codex", { kind: "ask", reason: "R" })).toMatchObject({
    hookSpecificOutput: { permissionDecision: "deny", permissionDecisionReason: expect.stringContaining("person") },
  });
  expect(said("codex", { kind: "instead", command: "c", reason: "R" })).toEqual({
    hookSpecificOutput: { hookEventName: "PreToolUse", permissionDecision: "allow", updatedInput: { command: "c" } },
  });
});

test("gemini refuses what it cannot ask, and merges a changed command", () => {
  expect(said("gemini", { kind: "deny", reason: "R" })).toEqual({ decision: "deny", reason: "R" });
  expect(said("gemini", { kind: "ask", reason: "R" })).toMatchObject({ decision: "deny" });
  expect(said("gemini", { kind: "instead", command: "c", reason: "R" })).toEqual({
    hookSpecificOutput: { hookEventName: "BeforeTool", tool_input: { command: "c" } },
  });
});

test.each(["cursor", "copilot"] as const)(
  "%s is refused with the text that may run, since it changes no input",
  (name) => {
    expect(JSON.stringify(said(name, { kind: "instead", command: "ces trash put x", reason: "R" }))).toMatch(
      /deny.*Run this instead: ces trash put x/,
    );
    expect(JSON.stringify(said(name, { kind: "ask", reason: "R" }))).toMatch(/"ask"/);
  },
);

test("opencode's plugin is told to refuse, to pass, or to put another command in", () => {
  expect(said("opencode", { kind: "deny", reason: "R" })).toEqual({ decision: "deny", reason: "R" });
  expect(said("opencode", { kind: "ask", reason: "R" })).toMatchObject({ decision: "deny" });
  expect(said("opencode", { kind: "instead", command: "c", reason: "R" })).toEqual({
    decision: "instead",
    command: "c",
  });
});

describe("tools that touch files", () => {
  const tool = (name: HostName, tool_name: string, tool_input: object): unknown => {
    const event = shellEvents[name]("x");
    const forms: Readonly<Record<HostName, object>> = {
      claude: { ...event, tool_name, tool_input },
      codex: { ...event, tool_name, tool_input },
      gemini: { ...event, tool_name, tool_input },
      cursor: { ...event, hook_event_name: "preToolUse", tool_name, tool_input },
      copilot: { ...event, toolName: tool_name, toolArgs: JSON.stringify(tool_input) },
      opencode: { ...event, tool: tool_name, args: tool_input },
    };
    const call = host(name).readCall(bytes(forms[name]));
    return call.kind === "files" ? call.touches.map(({ verb, path }) => `${verb} ${path}`) : call.kind;
  };

  test.each([
    ["claude", "Write", { file_path: "/a", content: "x" }, ["write /a"]],
    ["claude", "Edit", { file_path: "/a" }, ["write /a"]],
    ["claude", "NotebookEdit", { notebook_path: "/a.ipynb" }, ["write /a.ipynb"]],
    ["claude", "Read", { file_path: "/a" }, ["read /a"]],
    ["claude", "Grep", { pattern: "x", path: "/a" }, ["read /a"]],
    ["claude", "Grep", { pattern: "x" }, "other"],
    ["claude", "Write", { content: "x" }, "malformed"],
    ["claude", "Agent", { prompt: "rm -rf /" }, "other"],
    ["claude", "Monitor", { command: "tail -f x" }, "shell"],
    ["claude", "PowerShell", { command: "Remove-Item x" }, "foreign"],
    ["claude", "mcp__box__run_command", { command: "ls" }, "shell"],
    ["claude", "mcp__box__executeShell", { script: "ls" }, "shell"],
    ["claude", "mcp__notes__search", { command: "view" }, "other"],
    ["claude", "mcp__filesystem__write_file", { path: "/a", content: "x" }, ["write /a"]],
    ["claude", "mcp__filesystem__move_file", { source: "/a", destination: "~/b" }, ["write /a", "write ~/b"]],
    ["claude", "mcp__filesystem__read_multiple_files", { paths: ["/a", "b"] }, ["read /a"]],
    ["claude", "mcp__files__deleteFile", { uri: "file:///a" }, ["delete /a"]],
    ["claude", "mcp__github__create_or_update_file", { path: "src/a.ts" }, "other"],
    ["claude", "WebSearch", { query: "/etc" }, "other"],
    ["codex", "apply_patch", { command: patch() }, ["write a.txt", "write b/c.txt", "write d.txt", "delete e.txt"]],
    ["codex", "apply_patch", { command: "nothing" }, "malformed"],
    ["codex", "view_image", { path: "/a.png" }, ["read /a.png"]],
    ["codex", "write_stdin", { chars: "rm x\n" }, "malformed"],
    ["gemini", "write_file", { file_path: "/a", content: "" }, ["write /a"]],
    ["gemini", "replace", { file_path: "/a" }, ["write /a"]],
    ["gemini", "read_many_files", { include: ["/a", "/b"] }, ["read /a", "read /b"]],
    ["gemini", "google_web_search", { query: "x" }, "other"],
    ["cursor", "Write", { file_path: "/a" }, ["write /a"]],
    ["cursor", "Delete", { path: "/a" }, ["delete /a"]],
    ["cursor", "Read", { path: "/a" }, ["read /a"]],
    ["cursor", "Shell", { command: "ls" }, "shell"],
    ["copilot", "create", { path: "/a", file_text: "x" }, ["write /a"]],
    ["copilot", "view", { path: "/a" }, ["read /a"]],
    ["copilot", "powershell", { command: "rm x" }, "foreign"],
    ["opencode", "edit", { filePath: "/a" }, ["write /a"]],
    ["opencode", "read", { filePath: "/a" }, ["read /a"]],
    ["opencode", "webfetch", { url: "http://x.invalid" }, "other"],
  ] as const)("%s %s %j", (name, toolName, input, expected) => {
    expect(tool(name, toolName, input)).toEqual(expected);
  });

  test("a command as a list of words is exactly these words", () => {
    const event = { ...shellEvents.codex("x"), tool_name: "shell", tool_input: { command: ["rm", "a b", "it's"] } };
    expect(host("codex").readCall(bytes(event))).toMatchObject({ kind: "shell", command: "rm 'a b' 'it'\\''s'" });
  });

  test("gemini's folder of a command, and opencode's, is where it runs", () => {
    const gemini = { ...shellEvents.gemini("x"), tool_input: { command: "x", directory: "sub" } };
    expect(host("gemini").readCall(bytes(gemini))).toMatchObject({ cwd: "/work/sub" });
    const opencode = { ...shellEvents.opencode("x"), args: { command: "x", workdir: "/other" } };
    expect(host("opencode").readCall(bytes(opencode))).toMatchObject({ cwd: "/other" });
  });
});

function patch(): string {
  return [
    "*** Begin Patch",
    "*** Add File: a.txt",
    "+*** Delete File: not-a-header.txt",
    "*** Update File: b/c.txt",
    "*** Move to: d.txt",
    "@@",
    "-x",
    "+y",
    "  *** Delete File: e.txt  ",
    "*** End Patch",
  ].join("\n");
}

test("a name that is no host", () => {
  for (const name of ["", "Claude", "toString", "__proto__"]) expect(hostOf(name)).toBeUndefined();
});
