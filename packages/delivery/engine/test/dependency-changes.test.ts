// Which acts of an agent speak for a change of dependencies, and what the person is told to type.
import type { Claim, DeltaFile, ToolVerdict } from "@ces/records";
import { expect, test } from "vitest";
import { dependencyBlockers, dependencyCommand, wishedDependencies } from "../src/dependency-changes.ts";

const file = (path: string): DeltaFile => ({
  path,
  change: "added",
  mode: "100644",
  before: null,
  after: "a".repeat(40),
  bytes: 1,
  added_lines: 1,
  deleted_lines: 0,
  binary: false,
});
const verdict = (call: Partial<ToolVerdict["call"]>, decision: ToolVerdict["decision"]): ToolVerdict => ({
  schema: "ces.decision/v1",
  run_id: "R-1",
  seq: 0,
  prev: null,
  call: {
    call_id: "c",
    kind: "edit",
    tool: "Write",
    command: null,
    paths: [],
    input_sha256: "a".repeat(64),
    agent_id: null,
    ...call,
  },
  decision,
  verdict: decision,
  reasons: [],
  answered_by: null,
  observed_by: "client",
  policy_hash: "a".repeat(64),
  at: "2026-01-01T00:00:00.000Z",
});
const claim = (files_changed: readonly string[]): Claim => ({
  task_id: "M-1",
  summary: "",
  files_changed: [...files_changed],
  criteria_satisfied: [],
  open_questions: [],
  scope_deviations: [],
  verification_commands: [],
});
const nothing = { in_scope: [] };

test("a file outside the scope that decides what is installed is a blocker of its own", () => {
  expect(dependencyBlockers({ out_of_scope: [file("src/app.js"), file("lib/go.mod")] })).toEqual([
    {
      code: "DEPENDENCY_CHANGE",
      text: "files that decide what is installed were changed: `lib/go.mod`",
      held_by: "merge",
    },
  ]);
  expect(dependencyBlockers({ out_of_scope: [file(".github/workflows/ci.yml")] })).toEqual([]);
});

test.each([
  ["a denied edit", [verdict({ paths: ["/workspace/package.json"] }, "deny")], null, "`package.json`"],
  ["a claimed file", [], claim(["./package-lock.json"]), "`package-lock.json`"],
  [
    "a command that installs",
    [verdict({ kind: "command", command: "cd a && npm install left-pad@1; ls" }, "allow")],
    null,
    "`npm install left-pad@1`",
  ],
])("%s is a wish", (_, decisions, said, named) => {
  expect(wishedDependencies(decisions, said, nothing)).toEqual([
    { code: "DEPENDENCY_CHANGE", text: `the agent wanted other dependencies and may not change them: ${named}` },
  ]);
});

test.each([
  ["an edit that was allowed", [verdict({ paths: ["package.json"] }, "allow")], null, nothing],
  ["a denied edit of something else", [verdict({ paths: [".github/workflows/ci.yml"] }, "deny")], null, nothing],
  [
    "installing what is already named",
    [verdict({ kind: "command", command: "npm install --offline; npm install" }, "allow")],
    null,
    nothing,
  ],
  ["a claimed file that was changed", [], claim(["package.json"]), { in_scope: [file("package.json")] }],
])("%s is none", (_, decisions, said, delta) => {
  expect(wishedDependencies(decisions, said, delta)).toEqual([]);
});

test("the command carries the change out where CES can, and never names what the agent named", () => {
  const id = "D-0123456789ab";
  const commandFor = (text: string): string | null => dependencyCommand([{ code: "DEPENDENCY_CHANGE", text }], id);
  const apply = `ces deps apply ${id} <package>@<version>`;
  expect(commandFor("… `pnpm-lock.yaml`")).toBe(apply);
  expect(commandFor("… `npm install evil; rm -rf ~`")).toBe(apply);
  expect(commandFor("… `Cargo.toml`")).toBe(apply);
  expect(commandFor("… `Gemfile.lock`")).toBe('bundle add <package>, commit it, then: ces build "…"');
  expect(commandFor("… `requirements.txt`")).toBe('pip install <package>, commit it, then: ces build "…"');
  expect(commandFor("… `pom.xml`")).toBe('install the dependency yourself, commit it, then: ces build "…"');
  expect(dependencyCommand([{ code: "CHECK_FAILED", text: "`package.json`" }], id)).toBeNull();
});
