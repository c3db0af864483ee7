// Every threat that this version closes has a test, and the test that the table names exists.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { coverageTable, coveredThreats, heldThreats } from "./coverage.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const later = new Set(["S27"]);
const numbered = (letter: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `${letter}${String(at + 1).padStart(2, "0")}`);

test("S01 to S26, S28 to S40 and the ten that held: each is there once", () => {
  expect(coveredThreats.map(({ id }) => id)).toEqual(numbered("S", 40).filter((id) => !later.has(id)));
  expect(heldThreats.map(({ id }) => id)).toEqual(numbered("H", 10));
});

test.each([...coveredThreats, ...heldThreats].map((threat) => [threat.id, threat] as const))(
  "%s is proved by tests that exist",
  (_id, { tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    for (const [file, name] of tests) expect(titlesOf(file), `${file} › ${name}`).toContain(name);
  },
);

test("the table names every one of them", () => {
  for (const { id } of [...coveredThreats, ...heldThreats]) expect(coverageTable()).toContain(`| ${id} |`);
});

// A title stands in the file as a literal, of a test, a group or a row of a table.
function titlesOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/(["'`])((?:\\.|(?!\1)[^\\\n])*)\1/g)].map(([, , title = ""]) =>
    title.replaceAll(/\\(["'`])/g, "$1"),
  );
}
