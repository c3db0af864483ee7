// What the frozen delta makes of a classification, whatever the request said (S20).
import { changeFacts, fileFacts, type FileFacts } from "@ces/sensors";
import type { Classification, Delta, DeltaFile } from "@ces/records";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { classify, hazardContents, raised, reclassify } from "../src/index.ts";

const at = "2026-01-01T00:00:00.000Z";
const file = (path: string, more: Partial<DeltaFile> = {}): DeltaFile => ({
  path,
  change: "modified",
  before: "a".repeat(40),
  after: "b".repeat(40),
  mode: "100644",
  bytes: 10,
  added_lines: 1,
  deleted_lines: 0,
  binary: false,
  ...more,
});
const delta = (...in_scope: DeltaFile[]): Delta => ({
  base_tree: "c".repeat(40),
  in_scope,
  out_of_scope: [],
  left_behind: [],
  blockers: [],
});
const typo = (): Classification =>
  classify({ request: "Fix typo in UI string", caller: "build", classifier_id: "x", at });
const after = (path: string, added: string): Classification =>
  reclassify({ previous: typo(), delta: delta(file(path)), contents: [fileFacts(path, "old\n", `old\n${added}\n`)] });
const axes = ({ risk_tier, behavior_confidence, change_class }: Classification) => [
  risk_tier,
  behavior_confidence,
  change_class,
];

test("a harmless change stays what it was", () => {
  const next = after("src/page.js", 'const title = "Welcome"');
  expect(next).toEqual(typo());
  expect(raised(typo(), next)).toBe(false);
});

describe("hazards of content, on added lines only", () => {
  test.each(hazardContents.map((hazard) => [hazard.rule, hazard] as const))("%s", (rule, hazard) => {
    const next = after("src/page.js", hazard.matches);
    expect(next.hazards.map((found) => found.rule)).toContain(rule);
    expect(raised(typo(), next)).toBe(true);
    expect(after("src/page.js", hazard.spares).hazards.map((found) => found.rule)).not.toContain(rule);
  });
  test.each([
    "const found = EMAIL.exec(text)",
    "import { randomUUID } from 'node:crypto'",
    "const id = crypto.randomUUID()",
  ])("%s is ordinary", (line) => {
    expect(after("src/page.js", line).hazards).toEqual([]);
  });
  test.each([
    "import { randomUUID, createHmac } from 'node:crypto'",
    "exec(command)",
    "const c = await import('node:crypto')",
    "crypto.subtle.sign(a)",
  ])("%s is not", (line) => {
    expect(after("src/page.js", line).risk_tier).toBe("A");
  });
  test("a line that was there, moved or removed, says nothing", () => {
    const contents = [fileFacts("a.js", "eval(x)\nb\n", "b\neval(x)\n"), fileFacts("b.js", "eval(x)\n", "")];
    expect(reclassify({ previous: typo(), delta: delta(file("a.js"), file("b.js")), contents })).toEqual(typo());
  });
});

describe("size", () => {
  test("500 lines are not many, 501 are", () => {
    expect(axes(reclassify({ previous: typo(), delta: delta(file("a.js", { added_lines: 500 })) }))).toEqual([
      "C",
      "BC1",
      "Class 2",
    ]);
    expect(
      axes(reclassify({ previous: typo(), delta: delta(file("a.js", { added_lines: 500, deleted_lines: 1 })) })),
    ).toEqual(["B", "BC2", "Class 2"]);
  });
  test("six folders are many", () => {
    const folders = (count: number) => delta(...Array.from({ length: count }, (_, index) => file(`d${index}/a.js`)));
    expect(reclassify({ previous: typo(), delta: folders(5) }).hazards).toEqual([]);
    expect(reclassify({ previous: typo(), delta: folders(6) }).hazards.map(({ rule }) => rule)).toEqual([
      "size_modules",
    ]);
  });
});

test("a symbolic link is a surface", () =>
  expect(reclassify({ previous: typo(), delta: delta(file("a", { mode: "120000" })) }).risk_tier).toBe("A"));

describe("S20: eighteen harmless-looking texts over dangerous deltas", () => {
  const { vectors }: { vectors: readonly { text: string }[] } = JSON.parse(
    readFileSync(new URL("./vectors/oracle.json", import.meta.url), "utf8"),
  );
  const dangerous = [
    ["src/auth/check.js", "A"],
    [".github/workflows/ci.yml", "A"],
    ["package-lock.json", "B"],
    ["migrations/2.js", "A"],
    [".gitattributes", "A"],
    ["scripts/postinstall.sh", "A"],
  ] as const;
  test.each(vectors)("$text", ({ text }) => {
    for (const [path, floor] of dangerous) {
      const previous = classify({ request: text, caller: "build", classifier_id: "x", at });
      const next = reclassify({ previous, delta: delta(file(path)) });
      expect(floor === "A" ? ["A"] : ["A", "B"]).toContain(next.risk_tier);
      expect(raised(next, previous)).toBe(false);
    }
  });
});

test("law: no axis is ever lower than before, and reclassifying again changes nothing", () => {
  const paths = fc.constantFrom(
    "src/a.js",
    "src/auth/b.js",
    "ces/policy.yaml",
    "package.json",
    "db/x.sql",
    "AGENTS.md",
  );
  const lines = fc.constantFrom("x", "eval(x)", "DROP TABLE a", "fetch(u)", "const a = 1");
  const requests = fc.constantFrom(
    "Fix typo in UI string",
    "Drop the users table",
    "Retire public API version",
    "anything",
  );
  const facts = (path: string, text: string): FileFacts => fileFacts(path, "old\n", `old\n${text}\n`);
  fc.assert(
    fc.property(requests, fc.array(fc.tuple(paths, lines)), fc.nat(2000), (request, changes, size) => {
      const previous = classify({ request, caller: "build", classifier_id: "x", at });
      const change = delta(...changes.map(([path]) => file(path, { added_lines: size })));
      const { files: contents } = changeFacts(changes.map(([path, text]) => facts(path, text)));
      const next = reclassify({ previous, delta: change, contents });
      expect(raised(next, previous)).toBe(false);
      expect(reclassify({ previous: next, delta: change, contents })).toEqual(next);
    }),
  );
});

test("ten megabytes on one line are judged like any other", () => {
  const text = "compile( Math.random() drop table_ ".repeat(300_000);
  const next = reclassify({ previous: typo(), delta: delta(file("a.js")), contents: [fileFacts("a.js", null, text)] });
  expect(next.risk_tier).toBe("C");
});
