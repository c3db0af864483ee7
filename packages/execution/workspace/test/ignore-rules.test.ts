// The own matcher against git itself, and against patterns made to take for ever.
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ignoreRules } from "../src/ignore-rules.ts";
import { project, write, type Project } from "./repository.ts";

function gitSays(base: Project, paths: readonly string[]): readonly boolean[] {
  let answer = "";
  try {
    answer = execFileSync("/usr/bin/git", ["check-ignore", "--no-index", "--stdin", "-z"], {
      cwd: base.root,
      input: paths.join("\0"),
      encoding: "utf8",
      timeout: 20_000,
    });
  } catch {
    // Status 1: none is ignored.
  }
  const ignored = new Set(answer.split("\0"));
  return paths.map((path) => ignored.has(path));
}

async function agree(
  base: Project,
  sources: readonly { path: string; text: string }[],
  paths: readonly string[],
): Promise<void> {
  write(base.root, Object.fromEntries(sources.map(({ path, text }) => [path, text])));
  const ignored = ignoreRules(sources);
  expect(paths.map((path) => [path, ignored(path)])).toEqual(gitSays(base, paths).map((yes, i) => [paths[i], yes]));
}

const LINES = [
  "*.log",
  "!keep.log",
  "/build",
  "build/",
  "a/**/z",
  "**/tmp",
  "tmp/**",
  "#x",
  "\\#x",
  "\\!y",
  "a b ",
  "a\\ ",
  "[a-c]?.js",
  "[!a]x",
  "[[:digit:]]*",
  "foo/*",
  "!foo/keep",
  "*/c",
  "a*c*e",
  "**",
  "/**/q",
  "x[",
  "\\",
  "[]]",
  "[^]]y",
  "docs/**/*.md",
  "/",
  "!/",
  "é*",
  "a/",
];
const NAMES = [
  "a.log",
  "keep.log",
  "build",
  "a",
  "z",
  "tmp",
  "#x",
  "!y",
  "a b",
  "a ",
  "b1.js",
  "bx",
  "7up",
  "foo",
  "keep",
  "c",
  "abcde",
  "q",
  "x[",
  "]",
  "ay",
  "docs",
  "m.md",
  "éa",
];

describe("gitignore rules", () => {
  test("say what git says, for any mixture of lines", async () => {
    const base = await project({ x: "x" });
    const path = fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 }).map((names) => names.join("/"));
    const lines = fc.array(fc.constantFrom(...LINES), { maxLength: 6 }).map((all) => `${all.join("\n")}\n`);
    await fc.assert(
      fc.asyncProperty(lines, lines, fc.array(path, { minLength: 5, maxLength: 30 }), async (top, inner, paths) => {
        const sources = [
          { path: ".gitignore", text: top },
          { path: "a/.gitignore", text: inner },
        ];
        // `a` itself is a folder on this disk, which git would look at.
        await agree(
          base,
          sources,
          [...new Set(paths)].filter((name) => name !== "a"),
        );
      }),
      { numRuns: 60 },
    );
  });

  test("understand CRLF, a byte order mark and no last newline", async () => {
    const base = await project({ x: "x" });
    await agree(
      base,
      [{ path: ".gitignore", text: "\ufeff*.log\r\nbuild/\r\n!keep.log" }],
      ["a.log", "keep.log", "build/x", "build"],
    );
  });

  test("answer a pattern made of stars at once", () => {
    const ignored = ignoreRules([{ path: ".gitignore", text: `${"*a".repeat(200)}b\n${"**/a/".repeat(200)}b\n` }]);
    expect(ignored(`${"a".repeat(250)}/${"a/".repeat(500)}c`)).toBe(false);
  });
});
