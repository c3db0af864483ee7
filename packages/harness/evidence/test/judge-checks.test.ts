// What the runs of a check mean together (S05, S12).
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CheckExecution } from "@ces/records";
import { closureChanges, judgeChecks } from "../src/index.ts";
import { at, deltaFile, execution, oid, spec, tree } from "./facts.ts";

const judge = (executions: readonly CheckExecution[], more: Partial<Parameters<typeof judgeChecks>[0]> = {}) =>
  judgeChecks({ spec, candidate_tree: tree, executions, closure_changed: [], finished_at: at, ...more });
const all = (
  asIs: Partial<CheckExecution> = {},
  laid: Partial<CheckExecution> = {},
  base: Partial<CheckExecution> = {},
) => [execution("as_is", asIs), execution("base_laid_over", laid), execution("base", base)];
const counts = (passed: number, failed = 0, skipped = 0) => ({ counts: { passed, failed, skipped } });

test("three green runs pass", () =>
  expect(judge(all())).toEqual({
    check_id: "npm-test",
    argv: ["npm", "test"],
    candidate_tree: tree,
    executions: all(),
    outcome: "passed",
    touched: [],
    finished_at: at,
  }));
test("added tests are welcome", () => expect(judge(all(counts(9))).outcome).toBe("passed"));
test("a repaired base is fine", () =>
  expect(judge(all({}, {}, { outcome: "failed", exit_code: 1, ...counts(4, 1) })).outcome).toBe("passed"));

describe("failed", () => {
  test.each([
    ["red", { outcome: "failed", exit_code: 1 }],
    ["timed out", { outcome: "timed_out", exit_code: null }],
    ["says passed with exit 1", { exit_code: 1 }],
    ["killed", { exit_code: null }],
    ["exit 0 with failed tests (conftest.py rewrote the status)", counts(4, 1)],
  ] as const)("%s", (_name, asIs) => expect(judge(all(asIs as Partial<CheckExecution>)).outcome).toBe("failed"));
  test("a touched closure does not soften a failure", () =>
    expect(judge(all({ outcome: "failed", exit_code: 1 }), { closure_changed: ["package.json"] }).outcome).toBe(
      "failed",
    ));
});

describe("touched", () => {
  test.each([
    ["a changed definition", all(), ["package.json"], "`package.json` defines this check and was changed"],
    [
      "the base tests fail",
      all({}, { outcome: "failed", exit_code: 1 }),
      [],
      "the run with the base's definitions and tests ended failed",
    ],
    [
      "the base tests hang",
      all({}, { outcome: "timed_out", exit_code: null }),
      [],
      "the run with the base's definitions and tests ended timed_out",
    ],
    ["the second run is missing", [execution("as_is")], [], "the run with the base's definitions is missing"],
    ["fewer tests than the base", all(counts(4)), [], "4 tests were executed, the base has 5"],
    ["zero tests", all(counts(0), counts(0), counts(0)), [], "no test was executed"],
    ["more skipped", all(counts(5, 0, 1)), [], "1 tests are skipped, the base skips 0"],
    [
      "no summary (process.exit in a test)",
      all({ outcome: "no_summary", counts: null }),
      [],
      "the run ended without its summary",
    ],
    ["passed, but nothing was counted", all({ counts: null }), [], "the run ended without its summary"],
  ] as const)("%s", (_name, executions, closure_changed, why) => {
    const run = judge(executions, { closure_changed });
    expect(run.outcome).toBe("touched");
    expect(run.touched).toContain(why);
  });
});

describe("not run", () => {
  test("nothing, or nothing on this tree", () => {
    expect(judge([]).outcome).toBe("not_run");
    expect(judge([execution("as_is", { outcome: "not_run", exit_code: null })]).outcome).toBe("not_run");
    expect(judge([execution("base_laid_over")]).outcome).toBe("not_run");
  });
  test("a run on another tree is no run (S05)", () => expect(judge(all({ tree: oid("9") })).outcome).toBe("not_run"));
});

test("a command without a summary is judged by its status alone", () => {
  const lint = { ...spec, summary_format: "exit" as const };
  expect(judge(all({ counts: null }, { counts: null }, { counts: null }), { spec: lint }).outcome).toBe("passed");
  expect(judge(all({ counts: null, outcome: "failed", exit_code: 2 }), { spec: lint }).outcome).toBe("failed");
});

test("what changes the closure", () => {
  const changed = (path: string, more = {}) => closureChanges(spec, [deltaFile(path, more)]);
  expect(changed("src/users.js")).toEqual([]);
  expect(changed("test/new.test.js", { change: "added", before: null })).toEqual([]);
  expect(changed("test/users.test.js", { deleted_lines: 0 })).toEqual([]);
  expect(changed("test/users.test.js", { deleted_lines: 1 })).toEqual(["test/users.test.js"]);
  expect(changed("test/users.test.js", { change: "deleted", after: null, deleted_lines: 0 })).toEqual([
    "test/users.test.js",
  ]);
  expect(changed("test/users.test.js", { change: "mode", deleted_lines: 0 })).toEqual(["test/users.test.js"]);
  expect(changed("test/users.test.js", { mode: "120000", deleted_lines: 0 })).toEqual(["test/users.test.js"]);
  expect(changed("package.json")).toEqual(["package.json"]);
  expect(changed("tools/run.js", { deleted_lines: 0 })).toEqual(["tools/run.js"]);
  for (const path of [
    "GNUmakefile",
    ".npmrc",
    "vitest.config.ts",
    "test/conftest.py",
    "test/.mocharc.json",
    ".github/workflows/ci.yml",
  ])
    expect(changed(path, { change: "added", before: null })).toEqual([path]);
});

test("law: doubt never improves an outcome", () => {
  const order = ["passed", "touched", "failed", "not_run"];
  const some = fc.record({
    outcome: fc.constantFrom<CheckExecution["outcome"]>("passed", "failed", "no_summary", "timed_out"),
    exit_code: fc.constantFrom(0, 1, null),
    counts: fc.option(fc.record({ passed: fc.nat(6), failed: fc.nat(1), skipped: fc.nat(2) })),
  });
  fc.assert(
    fc.property(some, some, some, (asIs, laid, base) => {
      const [clean, doubted] = [
        judge(all(asIs, laid, base)),
        judge(all(asIs, laid, base), { closure_changed: ["package.json"] }),
      ];
      expect(order.indexOf(doubted.outcome)).toBeGreaterThanOrEqual(order.indexOf(clean.outcome));
      expect(doubted.outcome).not.toBe("passed");
      if (clean.outcome === "passed")
        expect([asIs.outcome, asIs.exit_code, laid.outcome, laid.exit_code]).toEqual(["passed", 0, "passed", 0]);
    }),
  );
});
