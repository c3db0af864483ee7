// The other sensors, on the cases that their rules are about (S12, S23).
import { describe, expect, test } from "vitest";
import {
  addedLines,
  changeFacts,
  fileFacts,
  isCheckDefinition,
  isInstructionPath,
  isTestPath,
  removedLines,
  runSensors,
  type ChangeFacts,
  type Sensor,
} from "../src/index.ts";
import { sensor as integrity } from "../src/sensors/check-integrity.ts";
import { sensor as dependencies } from "../src/sensors/dependency-change.ts";
import { sensor as instructions } from "../src/sensors/instruction-files.ts";
import { sensor as scope } from "../src/sensors/scope.ts";
import { sensor as names } from "../src/sensors/sensitive-names.ts";

const judge = (sensor: Sensor, facts: ChangeFacts) => runSensors([sensor], facts)[0];
const titles = (sensor: Sensor, facts: ChangeFacts) =>
  judge(sensor, facts)?.findings.map(({ severity, title }) => `${severity}: ${title}`);

describe("added and removed lines", () => {
  test("a moved line is neither, a second copy is added", () => {
    const file = fileFacts("a", "a\nb\nc\n", "c\na\nb\nb\nd\n");
    expect(addedLines(file)).toEqual([
      { number: 4, text: "b" },
      { number: 5, text: "d" },
    ]);
    expect(removedLines(file)).toEqual([]);
  });
  test("line ends do not matter, but every kind of them ends a line", () => {
    expect(addedLines(fileFacts("a", "a\nb\n", "a\r\nb\r\n"))).toEqual([]);
    expect(addedLines(fileFacts("a", null, "a\rb\u2028c"))).toHaveLength(3);
  });
});

describe("dependency change", () => {
  const manifest = (value: unknown) => JSON.stringify(value, null, 2);
  test.each([
    "dependencies",
    "devDependencies",
    "optionalDependencies",
    "overrides",
    "resolutions",
    "packageManager",
    "workspaces",
    "pnpm",
  ])("%s is one", (block) => {
    expect(
      judge(
        dependencies,
        changeFacts([fileFacts("package.json", manifest({ name: "a" }), manifest({ name: "a", [block]: { x: "1" } }))]),
      )?.outcome,
    ).toBe("failed");
  });
  test.each(["scripts", "name", "version", "exports", "files"])("%s alone is none", (block) => {
    expect(
      judge(
        dependencies,
        changeFacts([
          fileFacts(
            "package.json",
            manifest({ dependencies: { a: "1", b: "2" } }),
            manifest({ [block]: "x", dependencies: { b: "2", a: "1" } }),
          ),
        ]),
      )?.outcome,
    ).toBe("passed");
  });
  test("what cannot be read before nor after may be anything, so the change counts", () => {
    expect(judge(dependencies, changeFacts([fileFacts("package.json", "{ // a", "{ // b")]))?.outcome).toBe("failed");
  });
  test("two spellings of one member are refused, so the change counts", () => {
    expect(
      judge(
        dependencies,
        changeFacts([fileFacts("package.json", "{}", '{"dependencies":{},"dependencies":{"evil":"1"}}')]),
      )?.outcome,
    ).toBe("failed");
  });
  test.each(["yarn.lock", "sub/Cargo.lock", "go.mod", "requirements-dev.txt", "pyproject.toml"])("%s is one", (path) =>
    expect(judge(dependencies, changeFacts([fileFacts(path, "a", "b")]))?.outcome).toBe("failed"),
  );
  test("a new or deleted manifest without dependencies is none", () => {
    expect(
      judge(
        dependencies,
        changeFacts([
          fileFacts("a/package.json", null, '{"type":"module"}'),
          fileFacts("b/package.json", '{"type":"module"}', null),
        ]),
      )?.outcome,
    ).toBe("passed");
  });
});

describe("check integrity: the tamperings of S12", () => {
  const testFile = 'test("a", () => {\n  assert.equal(total([1]), 1)\n  assert.equal(total([]), 0)\n})\n';
  test.each([
    ["skip", testFile.replace("test(", "test.skip("), "high: a test was marked to be skipped or to run alone"],
    [
      "skip option",
      testFile.replace('"a", ', '"a", { skip: true }, '),
      "high: a test was marked to be skipped or to run alone",
    ],
    ["only", testFile.replace("test(", "test.only("), "high: a test was marked to be skipped or to run alone"],
    [
      "removed assertion",
      testFile.replace("  assert.equal(total([]), 0)\n", ""),
      "high: 1 assertions fewer than before",
    ],
    ["process.exit", `process.exit(0)\n${testFile}`, "high: a test may end the run by itself"],
  ])("%s", (_name, after, title) =>
    expect(titles(integrity, changeFacts([fileFacts("test/total.test.js", testFile, after)]))).toEqual([title]),
  );
  test("a deleted test", () =>
    expect(titles(integrity, changeFacts([fileFacts("test/total.test.js", testFile, null)]))).toEqual([
      "high: a test was deleted",
    ]));
  test.each([
    "package.json",
    ".npmrc",
    "GNUmakefile",
    "vitest.config.ts",
    "jest.config.js",
    ".mocharc.json",
    "tests/conftest.py",
    "pytest.ini",
    "go.mod",
    ".cargo/config.toml",
    "tsconfig.json",
    ".github/workflows/ci.yml",
  ])("%s defines checks", (path) =>
    expect(titles(integrity, changeFacts([fileFacts(path, null, "x\n")]))).toEqual([
      "medium: a file that defines a check was changed",
    ]),
  );
  test("added tests and added assertions are welcome", () => {
    const more = fileFacts("test/total.test.js", testFile, `${testFile}test("b", () => assert.ok(true))\n`);
    expect(
      judge(
        integrity,
        changeFacts([more, fileFacts("test/new.test.js", null, testFile)], { check_closure: ["test/total.test.js"] }),
      ),
    ).toMatchObject({ outcome: "passed", findings: [] });
  });
});

test("what a path is, by name", () => {
  expect(["test/a.js", "src/a.test.ts", "a_test.go", "tests/test_a.py", "Spec/x.rb"].every(isTestPath)).toBe(true);
  expect(["src/latest.js", "src/contest/a.js", "attest.ts"].some(isTestPath)).toBe(false);
  expect(["src/package.js", "makefile.md", "src/config.ts"].some(isCheckDefinition)).toBe(false);
});

describe("instruction files", () => {
  test.each([
    "AGENTS.md",
    "sub/Claude.md",
    ".claude/settings.json",
    "a/.codex/config.toml",
    ".agents/skills/x/SKILL.md",
    ".cursor/rules/a.mdc",
    ".cursorrules",
    ".mcp.json",
    ".github/copilot-instructions.md",
    "ＡＧＥＮＴＳ.md",
  ])("%s", (path) => {
    expect(isInstructionPath(path)).toBe(true);
    expect(judge(instructions, changeFacts([fileFacts(path, null, "x")]))).toMatchObject({
      outcome: "passed",
      findings: [{ category: "INSTRUCTION_FILE", severity: "high" }],
    });
  });
  test.each(["docs/agents.html", "src/claude.ts", "claude/x.md"])("not %s", (path) =>
    expect(isInstructionPath(path)).toBe(false),
  );
});

test("scope: out of scope and forbidden fail, ignored is ordinary, a path is told once", () => {
  const file = {
    path: "a",
    change: "added",
    before: null,
    after: "a".repeat(40),
    mode: "100644",
    bytes: 1,
    added_lines: 1,
    deleted_lines: 0,
    binary: false,
  } as const;
  const facts = changeFacts([], {
    out_of_scope: [file],
    left_behind: [
      { path: "a", why: "out_of_scope", bytes: 1 },
      { path: "dist/x", why: "ignored", bytes: 1 },
      { path: "b", why: "out_of_scope", bytes: 1 },
    ],
  });
  expect(judge(scope, facts)?.findings.map(({ path, severity }) => [path, severity])).toEqual([
    ["a", "high"],
    ["b", "low"],
  ]);
});

test("sensitive names: examples are allowed, removal is welcome", () => {
  const found = (path: string) => judge(names, changeFacts([fileFacts(path, null, "x")]))?.outcome;
  expect([".env", ".ENV", "a/.env.local", "key.pem", ".npmrc", "x/.ssh/config", "id_ed25519"].map(found)).toEqual(
    Array.from({ length: 7 }, () => "failed"),
  );
  expect([".env.example", "src/env.ts", "id_rsa.md", "pem.js"].map(found)).toEqual(
    Array.from({ length: 4 }, () => "passed"),
  );
});

test("at most 200 findings are kept, the gravest of them", () => {
  const files = [
    ...Array.from({ length: 300 }, (_, index) => fileFacts(`test/a${index}.test.js`, "x", null)),
    fileFacts("package.json", "{}", '{"a":1}'),
  ];
  const observation = judge(integrity, changeFacts(files));
  expect(observation?.findings).toHaveLength(200);
  expect(observation?.detail).toBe("200 findings, 101 more not listed");
});
