// What the agent says against what was measured.
import { describe, expect, test } from "vitest";
import type { CheckRun, Claim, Delta } from "@ces/records";
import { compareClaim } from "../src/index.ts";
import { checkRun, claim, deltaFile, execution, facts } from "./facts.ts";

const { manifest } = facts.manifest;
const compare = (change: Partial<Claim>, checks: CheckRun[] = [checkRun()], delta: Partial<Delta> = {}) =>
  compareClaim({ claim: { ...claim, ...change }, manifest, delta: { ...facts.candidate.delta, ...delta }, checks });
const command = (text: string, exit_code = 0) => ({
  verification_commands: [{ command: text, exit_code, summary: "" }],
});

test("an honest claim is confirmed, line by line", () => {
  expect(compare({})).toEqual({
    verdict: "confirmed",
    checks: [
      { subject: "npm test", claimed: "exit 0", measured: "npm-test passed", verdict: "confirmed" },
      { subject: "src/users.js", claimed: "changed", measured: "modified", verdict: "confirmed" },
      { subject: "emails are validated", claimed: "satisfied", measured: "not measurable", verdict: "unmeasured" },
    ],
  });
});

describe("a claimed pass that CES measured as a failure is a contradiction", () => {
  test.each([
    "npm test",
    "  npm   run test",
    "npm t",
    "cd /workspace && npm test",
    "node --test",
    "npx vitest run",
    "npm test -- test/users.test.js",
    "pytest -q",
  ])("%s", (text) => expect(compare(command(text), [checkRun("failed")]).verdict).toBe("contradicted"));
  test("a check that did not finish is not a pass", () =>
    expect(
      compare({}, [checkRun("failed", { executions: [execution("as_is", { outcome: "timed_out", exit_code: null })] })])
        .verdict,
    ).toBe("contradicted"));
  test("an honest failure is none", () =>
    expect(compare({ ...command("npm test", 1), files_changed: [] }, [checkRun("failed")]).checks[0]?.verdict).toBe(
      "unmeasured",
    ));
  test("a command that CES did not measure counts for nothing", () => {
    expect(compare({ ...command("node demo.js"), files_changed: [] }).verdict).toBe("unclaimed");
    expect(
      compare({ ...command("npm test"), files_changed: [] }, [checkRun("not_run", { executions: [] })]).checks[0],
    ).toMatchObject({ verdict: "unmeasured", measured: "npm-test not_run" });
  });
  test("a touched check whose run as it is passed does not make a liar", () =>
    expect(compare({}, [checkRun("touched")]).verdict).toBe("confirmed"));
});

describe("files", () => {
  test.each(["./src/users.js", "/workspace/src/users.js", " src/users.js "])("%j is the same file", (path) =>
    expect(compare({ files_changed: [path] }).verdict).toBe("confirmed"),
  );
  test("a claimed file that did not change", () =>
    expect(compare({ files_changed: ["src/users.js", "src/ghost.js"] }).checks).toContainEqual({
      subject: "src/ghost.js",
      claimed: "changed",
      measured: "not changed",
      verdict: "contradicted",
    }));
  test("a changed file that was not mentioned is listed", () =>
    expect(
      compare({}, [checkRun()], { in_scope: [deltaFile("src/users.js"), deltaFile("src/b.js")] }).checks,
    ).toContainEqual({ subject: "src/b.js", claimed: "nothing", measured: "modified", verdict: "unclaimed" }));
});

test("leaving the scope in silence is a contradiction, admitting it is not", () => {
  const left = { out_of_scope: [deltaFile("etc/x")] };
  expect(compare({}, [checkRun()], left).verdict).toBe("contradicted");
  expect(compare({ scope_deviations: ["etc/x"] }, [checkRun()], left).verdict).toBe("confirmed");
});

test("no claim is unclaimed, with every check named", () => {
  expect(compareClaim({ claim: null, manifest, delta: facts.candidate.delta, checks: [checkRun()] })).toEqual({
    verdict: "unclaimed",
    checks: [{ subject: "npm test", claimed: "nothing", measured: "passed", verdict: "unclaimed" }],
  });
});
