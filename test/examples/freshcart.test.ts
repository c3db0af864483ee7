// The example shop is a real one, and its cassettes do what they say: the demo and the end-to-end tests stand on both.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { classify } from "../../packages/harness/classification/src/index.ts";
import { inferAcceptance } from "../../packages/harness/intake/src/index.ts";
import { changeFacts, fileFacts, runSensors, sensors } from "../../packages/harness/sensors/src/index.ts";
import { readCassette, type Cassette, type CassetteStep } from "../../packages/execution/runtimes/src/index.ts";

const shop = join(import.meta.dirname, "../../examples/freshcart");
const names = readdirSync(join(shop, "cassettes"))
  .filter((name) => name.endsWith(".cassette.json"))
  .map((name) => name.replace(".cassette.json", ""));
const load = (name: string): Cassette =>
  readCassette(JSON.parse(readFileSync(join(shop, "cassettes", `${name}.cassette.json`), "utf8")));

let copy: string;
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), "ces-freshcart-"));
  cpSync(shop, copy, { recursive: true });
});
afterEach(() => rmSync(copy, { recursive: true }));

describe("FreshCart", () => {
  it("passes its own tests as it stands", () => {
    expect(runTests(copy)).toMatchObject({ status: 0, passed: 18, failed: 0 });
  });

  it("fails on a search without a category: the fault that a cassette repairs", () => {
    const script = `import { createApp } from "./src/app.js"; console.log((await createApp().handle({ method: "GET", url: "/products" })).status)`;
    expect(node(copy, ["--input-type=module", "--eval", script]).stdout.trim()).toBe("500");
  });

  it("has no dependencies and no scripts but `start` and `test`", () => {
    const { scripts, dependencies, devDependencies } = JSON.parse(readFileSync(join(shop, "package.json"), "utf8"));
    expect({ scripts, dependencies, devDependencies }).toEqual({
      scripts: { start: "node src/server.js", test: "node --test" },
      dependencies: undefined,
      devDependencies: undefined,
    });
  });
});

describe("the cassettes", () => {
  it("are these", () => {
    expect(names.toSorted()).toEqual([
      "checkout",
      "discount-that-lies",
      "jwt-migration",
      "out-of-scope-and-after-the-key",
      "register-validation",
      "search-category",
    ]);
  });

  it.each(names)("%s: is named like its file, and its reviews look at each file that it changes", (name) => {
    const { name: own, reviews, steps } = load(name);
    const files = changedFiles(steps).toSorted();
    expect(own).toBe(name);
    for (const review of Object.values(reviews))
      expect(review.examined.map(({ path }) => path).toSorted()).toEqual(files);
  });

  it.each(names)("%s: claims in the words of the contract, and every file that it edits in scope", (name) => {
    const { request, steps } = load(name);
    const claim = claimOf(steps);
    expect(claim.criteria_satisfied.map(({ criterion }) => criterion)).toEqual(inferAcceptance(request));
    expect(claim.files_changed.toSorted()).toEqual(changedFiles(steps).toSorted());
  });

  it.each(names.filter((name) => name !== "discount-that-lies"))("%s: its tests pass, as many as it claims", (name) => {
    const { steps } = load(name);
    const before = snapshot(copy);
    apply(copy, steps);
    const { status, passed, failed, output } = runTests(copy);
    expect({ status, failed, output: failed === 0 ? "" : output }).toEqual({ status: 0, failed: 0, output: "" });
    expect(claimOf(steps).verification_commands[0]?.summary).toBe(`${passed} passed, 0 failed`);
    // The second run of every check has the base's tests laid over it: none of them may be edited.
    for (const [path, text] of before)
      if (path.startsWith("test/"))
        expect({ path, text: readFileSync(join(copy, path), "utf8") }).toEqual({ path, text });
  });

  it("discount-that-lies: breaks exactly one test and claims that it passes", () => {
    const { steps } = load("discount-that-lies");
    apply(copy, steps);
    const { status, passed, failed, output } = runTests(copy);
    expect({ status, passed, failed }).toEqual({ status: 1, passed: 17, failed: 1 });
    expect(output).toMatch(/(not ok \d+ - |✖ )a cart adds up, delivery included/);
    expect(claimOf(steps).verification_commands).toEqual([
      { command: "npm test", exit_code: 0, summary: "18 passed, 0 failed" },
    ]);
  });

  it.each(names)("%s: no sensor finds anything grave in what it edits in scope", (name) => {
    const before = snapshot(copy);
    const { steps } = load(name);
    apply(copy, steps);
    const facts = changedFiles(steps).map((path) =>
      fileFacts(path, before.get(path) ?? null, readFileSync(join(copy, path), "utf8")),
    );
    const observed = runSensors(sensors, changeFacts(facts));
    expect(observed.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
  });

  it.each([
    ["register-validation", "B"],
    ["discount-that-lies", "B"],
    ["out-of-scope-and-after-the-key", "B"],
    ["search-category", "B"],
    ["checkout", "A"],
    ["jwt-migration", "A"],
  ])("%s: its request is tier %s", (name, tier) => {
    const { request } = load(name);
    const at = "2026-01-01T00:00:00.000Z";
    expect(classify({ request, caller: "build", classifier_id: "test", at }).risk_tier).toBe(tier);
  });
});

type Edit = Extract<CassetteStep, { readonly tool: "Write" | "Edit" }>;
const inScope = /^(src|test)\//;
const edits = (steps: readonly CassetteStep[]): readonly Edit[] =>
  steps.filter(
    (step): step is Edit =>
      "tool" in step && (step.tool === "Write" || step.tool === "Edit") && inScope.test(step.path),
  );
const changedFiles = (steps: readonly CassetteStep[]): string[] => [...new Set(edits(steps).map(({ path }) => path))];

function claimOf(steps: readonly CassetteStep[]) {
  const last = steps.at(-1);
  if (last === undefined || !("claim" in last)) throw new Error("the last step is no claim");
  return last.claim;
}

function snapshot(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (path) => inScope.test(path) && path.endsWith(".js"),
  );
  return new Map(files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

// What the player does, without the player: a text is replaced only where it stands exactly once.
function apply(folder: string, steps: readonly CassetteStep[]): void {
  const text = (value: string | readonly string[]): string =>
    typeof value === "string" ? value : `${value.join("\n")}\n`;
  for (const step of edits(steps)) {
    const path = join(folder, step.path);
    if (step.tool === "Write") {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text(step.content));
      continue;
    }
    const parts = readFileSync(path, "utf8").split(text(step.old));
    expect({ path: step.path, found: parts.length - 1 }).toEqual({ path: step.path, found: 1 });
    writeFileSync(path, parts.join(text(step.new)));
  }
}

function runTests(folder: string) {
  const { status, stdout, stderr } = node(folder, ["--test"]);
  const count = (word: string): number => Number(new RegExp(`^(?:#|\u2139) ${word} (\\d+)$`, "m").exec(stdout)?.[1]);
  return { status, passed: count("pass"), failed: count("fail"), output: `${stdout}${stderr}` };
}

function node(cwd: string, args: readonly string[]) {
  return spawnSync(process.execPath, args, {
    cwd,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], NO_COLOR: "1" },
  });
}
