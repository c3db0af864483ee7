// S12, S37: checks are found by reading data, sealed with what decides them, and counted from the runner's own words.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CheckSpec } from "@ces/records";
import {
  checkClosure,
  detectChecks,
  freeze,
  laidOver,
  materialize,
  parseCheckOutput,
  protectionOf,
  sourceAndTestRoots,
} from "../src/index.ts";
import { project, scratch, sh, write, type Content } from "./repository.ts";

const json = (value: unknown): string => `${JSON.stringify(value)}\n`;

async function found(
  files: Readonly<Record<string, Content>>,
): Promise<readonly (readonly [string, string, string])[]> {
  const base = await project(files);
  const checks = await detectChecks({ git: base.git, baseTree: base.tree });
  for (const check of checks) expect(CheckSpec.parse(check)).toEqual(check);
  return checks.map((check) => [check.check_id, check.argv.join(" "), check.summary_format]);
}

describe("finding checks", () => {
  test.each<readonly [string, Readonly<Record<string, Content>>, readonly (readonly [string, string, string])[]]>([
    [
      "a plain node script is taken apart",
      { "package.json": json({ scripts: { test: "node --test test/" } }) },
      [["test", "node --test test/", "node-test"]],
    ],
    [
      "a script with a glob stays npm's",
      { "package.json": json({ scripts: { test: "node --test test/*.js" } }) },
      [["test", "npm run --silent test", "node-test"]],
    ],
    [
      "a script with hooks stays npm's",
      { "package.json": json({ scripts: { pretest: "x", test: "node --test" } }) },
      [["test", "npm run --silent test", "node-test"]],
    ],
    [
      "a script of two commands stays npm's",
      { "package.json": json({ scripts: { test: "node --test; curl x" } }) },
      [["test", "npm run --silent test", "exit"]],
    ],
    [
      "all scripts, runners by name",
      {
        "package.json": json({
          scripts: { test: "vitest run", lint: "eslint .", typecheck: "tsc --noEmit", build: "tsc", deploy: "x" },
        }),
      },
      [
        ["test", "npm run --silent test", "vitest"],
        ["lint", "npm run --silent lint", "exit"],
        ["typecheck", "npm run --silent typecheck", "exit"],
        ["build", "npm run --silent build", "exit"],
      ],
    ],
    ["jest", { "package.json": json({ scripts: { test: "jest --ci" } }) }, [["test", "npm run --silent test", "jest"]]],
    ["mocha", { "package.json": json({ scripts: { test: "mocha" } }) }, [["test", "npm run --silent test", "mocha"]]],
    [
      "npm's placeholder is none",
      { "package.json": json({ scripts: { test: 'echo "Error: no test specified" && exit 1' } }) },
      [],
    ],
    ["a broken manifest is none", { "package.json": "{" }, []],
    ["hostile scripts are none", { "package.json": '{"scripts":{"__proto__":"x","test":["node"]}}' }, []],
    [
      "a manifest that is a link is not read",
      { "package.json": { link: "other.json" }, "other.json": json({ scripts: { test: "node --test" } }) },
      [],
    ],
    [
      "pytest by its table",
      { "pyproject.toml": "[tool.pytest.ini_options]\n" },
      [["pytest", "python3 -m pytest", "pytest"]],
    ],
    [
      "unittest by its files",
      { "tests/test_a.py": "" },
      [["unittest", "python3 -m unittest discover -s tests", "unittest"]],
    ],
    ["go", { "go.mod": "module x\n" }, [["go-test", "go test -json ./...", "go-test"]]],
    ["cargo", { "Cargo.toml": "", "Cargo.lock": "" }, [["cargo-test", "cargo test --offline --locked", "cargo-test"]]],
    ["a literal target", { Makefile: "X := $(shell id)\ntest: all\n\tfalse\n" }, [["make-test", "make test", "exit"]]],
    ["a variable is no target", { Makefile: "test := 1\n" }, []],
    ["nothing", { "a.txt": "x" }, []],
  ])("%s", async (_what, files, expected) => {
    expect(await found(files)).toEqual(expected);
  });

  test("runs nothing of the project (S37)", async () => {
    const canary = join(scratch(), "ran");
    const touch = `require('fs').writeFileSync(${JSON.stringify(canary)}, '')`;
    const files = {
      Makefile: `X := $(shell touch ${canary})\ntest:\n`,
      "package.json": json({ scripts: { preinstall: `touch ${canary}`, test: "vitest" } }),
      "vitest.config.ts": touch,
      "jest.config.js": touch,
      "conftest.py": `open(${JSON.stringify(canary)}, 'w')`,
      "setup.py": `open(${JSON.stringify(canary)}, 'w')`,
      "build.rs": "",
    };
    const base = await project(files);
    execFileSync("make", ["-pnq", "test", "-C", base.root], { stdio: "ignore", timeout: 20_000 });
    expect(existsSync(canary)).toBe(true);
    execFileSync("rm", [canary]);
    expect(await detectChecks({ git: base.git, baseTree: base.tree })).not.toEqual([]);
    expect(await sourceAndTestRoots({ git: base.git, baseTree: base.tree })).toEqual(["**"]);
    expect(existsSync(canary)).toBe(false);
  });

  test("no source of this package starts a process or evaluates text", () => {
    const folder = join(import.meta.dirname, "../src");
    const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    for (const source of sources)
      expect(source).not.toMatch(/child_process|worker_threads|node:vm|\beval\(|new Function|import\(/);
  });
});

describe("the closure of a check", () => {
  test("is every file that decides it, and changes of it are named", async () => {
    const base = await project({
      "package.json": json({ scripts: { test: "node --test" } }),
      ".npmrc": "",
      "src/a.js": "a",
      "test/a.test.js": "t",
      "test/b.test.js": "t",
      ".github/workflows/ci.yml": "",
    });
    const closure = await checkClosure({ git: base.git, baseTree: base.tree });
    expect(closure.map((file) => file.path)).toEqual([
      ".github/workflows/ci.yml",
      ".npmrc",
      "package.json",
      "test/a.test.js",
      "test/b.test.js",
    ]);
    const worktree = join(scratch(), "w");
    await materialize({ git: base.git, tree: base.tree, into: worktree });
    write(worktree, {
      "test/a.test.js": "weaker",
      "test/new.test.js": "n",
      "vitest.config.ts": "x",
      "src/GNUmakefile": "x",
      "src/a.js": "b",
    });
    execFileSync("rm", [join(worktree, "test/b.test.js")]);
    const scope = { affected: () => true, forbidden: () => false };
    const { candidateTree } = await freeze({
      git: base.git,
      baseTree: base.tree,
      worktree,
      scope,
      baseIgnored: () => false,
    });
    const laid = await laidOver({
      git: base.git,
      candidateTree,
      baseTree: base.tree,
      paths: closure.map((file) => file.path),
    });
    expect(sh(base.root, "diff-tree", "-r", "--name-status", base.tree, laid)).toBe(
      "M\tsrc/a.js\nA\ttest/new.test.js\n",
    );
  });

  test("the base's version wins where the candidate put a file over a folder or a folder over a file", async () => {
    const base = await project({ "test/a.test.js": "t", "package.json": "{}", "src/a.js": "a" });
    const oid = await base.git.writeBlob(Buffer.from("x"));
    const candidateTree = await base.git.writeTree([
      { path: "test", mode: "100644", oid },
      { path: "package.json/index", mode: "100644", oid },
      { path: "src/b.js", mode: "100644", oid },
    ]);
    const laid = await laidOver({
      git: base.git,
      candidateTree,
      baseTree: base.tree,
      paths: ["test/a.test.js", "package.json"],
    });
    expect(sh(base.root, "ls-tree", "-r", "--name-only", laid)).toBe("package.json\nsrc/b.js\ntest/a.test.js\n");
  });
});

describe("counting tests", () => {
  test.each<readonly [Parameters<typeof parseCheckOutput>[0], string, ReturnType<typeof parseCheckOutput>]>([
    [
      "node-test",
      "# tests 5\n# suites 0\n# pass 3\n# fail 1\n# cancelled 0\n# skipped 1\n# todo 0\n",
      { passed: 3, failed: 1, skipped: 1 },
    ],
    [
      "node-test",
      "\u001b[34m\u2139 tests 2\u001b[39m\n\u001b[34m\u2139 pass 2\u001b[39m\n\u2139 fail 0\n\u2139 cancelled 0\n\u2139 skipped 0\n\u2139 todo 0\n",
      { passed: 2, failed: 0, skipped: 0 },
    ],
    ["tap", "TAP version 13\nok 1 - a\nnot ok 2 - b\nok 3 # SKIP\n1..3\n", { passed: 1, failed: 1, skipped: 1 }],
    ["tap", "ok 1 - a\n1..2\n", null],
    [
      "vitest",
      "\n Test Files  1 failed | 2 passed (3)\n      Tests  2 failed | 5 passed | 1 skipped (8)\n",
      { passed: 5, failed: 2, skipped: 1 },
    ],
    ["vitest", "      Tests  5 passed (5)\n", { passed: 5, failed: 0, skipped: 0 }],
    [
      "jest",
      "Test Suites: 1 failed, 1 passed, 2 total\nTests:       1 failed, 1 skipped, 5 passed, 7 total\n",
      { passed: 5, failed: 1, skipped: 1 },
    ],
    ["mocha", "\n  5 passing (10ms)\n  1 pending\n  2 failing\n\n", { passed: 5, failed: 2, skipped: 1 }],
    ["pytest", "===== 1 failed, 2 passed, 1 skipped, 1 error in 0.12s =====\n", { passed: 2, failed: 2, skipped: 1 }],
    ["pytest", "3 passed in 0.01s\n", { passed: 3, failed: 0, skipped: 0 }],
    ["pytest", "===== no tests ran in 0.01s =====\n", { passed: 0, failed: 0, skipped: 0 }],
    ["unittest", "Ran 3 tests in 0.001s\n\nOK (skipped=1)\n", { passed: 2, failed: 0, skipped: 1 }],
    [
      "unittest",
      "Ran 4 tests in 0.001s\n\nFAILED (failures=1, errors=1, expected failures=1)\n",
      { passed: 1, failed: 2, skipped: 1 },
    ],
    ["unittest", "Ran 4 tests in 0.001s\n", null],
    [
      "go-test",
      '{"Action":"run","Test":"A"}\n{"Action":"pass","Package":"p","Test":"A"}\n{"Action":"skip","Package":"p","Test":"B"}\n{"Action":"pass","Package":"p"}\n',
      { passed: 1, failed: 0, skipped: 1 },
    ],
    ["go-test", '{"Action":"pass","Package":"p","Test":"A"}\n', null],
    [
      "cargo-test",
      "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured\ntest result: FAILED. 1 passed; 2 failed; 0 ignored;\n",
      { passed: 4, failed: 2, skipped: 1 },
    ],
    ["exit", "10 passed", null],
    ["node-test", "all good\n", null],
    ["vitest", "", null],
    ["jest", "Tests: many", null],
    ["mocha", "passing", null],
    ["pytest", "100 passed", null],
  ])("%s %j", (format, text, expected) => {
    expect(parseCheckOutput(format, text)).toEqual(expected);
  });

  test("of the real runners of this machine", () => {
    const dir = scratch();
    write(dir, {
      "a.test.mjs":
        "import test from 'node:test'; test('x', () => {}); test('y', () => { throw 1 }); test.skip('z', () => {});",
      "quit.test.mjs": "import test from 'node:test'; test('x', () => {}); process.exit(0);",
      "test_a.py":
        "import unittest\nclass T(unittest.TestCase):\n  def test_a(self): pass\n  def test_b(self): self.fail()\n  @unittest.skip('s')\n  def test_c(self): pass\n",
      "quit/test_q.py": "import os,unittest\nclass T(unittest.TestCase):\n  def test_a(self): os._exit(0)\n",
    });
    const output = (cwd: string, program: string, ...args: readonly string[]): string => {
      const { stdout, stderr } = spawnSync(program, args, {
        cwd,
        encoding: "utf8",
        timeout: 20_000,
        env: { PATH: process.env["PATH"] },
      });
      return `${stdout}${stderr}`;
    };
    for (const reporter of ["spec", "tap"])
      expect(
        parseCheckOutput(
          "node-test",
          output(dir, process.execPath, "--test", `--test-reporter=${reporter}`, "a.test.mjs"),
        ),
      ).toEqual({ passed: 1, failed: 1, skipped: 1 });
    expect(parseCheckOutput("unittest", output(dir, "python3", "-m", "unittest"))).toEqual({
      passed: 1,
      failed: 1,
      skipped: 1,
    });
    expect(parseCheckOutput("unittest", output(join(dir, "quit"), "python3", "-m", "unittest"))).toBe(null);
  });

  test("ten megabytes on one line are answered", () => {
    for (const format of [
      "node-test",
      "vitest",
      "jest",
      "mocha",
      "pytest",
      "unittest",
      "go-test",
      "cargo-test",
    ] as const)
      expect(parseCheckOutput(format, `1 passed, ${"1 a, ".repeat(2_000_000)}`)).toBe(null);
  });
});

describe("the default scope", () => {
  test.each<readonly [string, Readonly<Record<string, Content>>, readonly string[]]>([
    [
      "source and test roots",
      { "src/a.js": "", "test/a.test.js": "", "package.json": "{}", ".github/x.yml": "", "docs/x.md": "" },
      ["src/**", "test/**"],
    ],
    ["a root file by name", { "src/a.js": "", "index.js": "" }, ["index.js", "src/**"]],
    ["a flat project", { "cart.py": "", "test_cart.py": "", "setup.py": "" }, ["*.py", "cart.py", "test_cart.py"]],
    [
      "packages of a monorepo",
      {
        "packages/a/src/x.ts": "",
        "packages/a/test/x.test.ts": "",
        "packages/b/index.js": "",
        "packages/a/package.json": "{}",
      },
      ["packages/a/src/**", "packages/a/test/**", "packages/b/**"],
    ],
    ["a named package folder", { "shop/cart.py": "", "tests/test_cart.py": "" }, ["shop/**", "tests/**"]],
    ["nothing yet", { "README.md": "", ".gitignore": "" }, ["**"]],
    ["a folder with glob characters", { "a[b]/x.js": "" }, ["a[[]b]/**"]],
  ])("of %s", async (_what, files, expected) => {
    const base = await project(files);
    expect(await sourceAndTestRoots({ git: base.git, baseTree: base.tree })).toEqual(expected);
  });

  test.each([
    "package.json",
    "a/package-lock.json",
    ".github/workflows/ci.yml",
    "x/.gitattributes",
    ".gitmodules",
    ".npmrc",
    ".claude/settings.json",
    "a/.codex/rules/x",
    "AGENTS.md",
    "CLAUDE.md",
    ".mcp.json",
    "ces/policy.yaml",
    ".ces/x",
    "a/.ces/y",
    ".env",
    ".env.local",
    ".husky/pre-commit",
    "Makefile",
    "vitest.config.ts",
    "conftest.py",
    "a/b/tsconfig.build.json",
  ])("%s is protected", (path) => {
    expect(protectionOf(path)?.why).toBeTypeOf("string");
  });

  test.each(["src/a.js", "README.md", "src/environment.js", "process/x.js", "docs/ces.md", "src/package.ts"])(
    "%s is not",
    (path) => {
      expect(protectionOf(path)).toBe(undefined);
    },
  );
});
