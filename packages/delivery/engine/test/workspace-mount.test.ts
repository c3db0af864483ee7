import { compileGlob } from "@ces/kernel";
import type { TreeFile } from "@ces/ports";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writeMounts } from "../src/box/workspace-mount.ts";

const tree = (...paths: readonly string[]): readonly TreeFile[] =>
  paths.map((path) => ({ path, mode: "100644", oid: "0".repeat(40) }));
const base = tree(
  "src/a.js",
  "src/deep/b.js",
  "src/.npmrc",
  "test/a.test.js",
  "package.json",
  "README.md",
  "lib/x.txt",
);

describe("what of a tree a box may write (S31)", () => {
  test.each([
    ["a folder", ["src/**"], [{ kind: "dir", path: "src" }]],
    ["an existing file", ["package.json"], [{ kind: "file", path: "package.json" }]],
    ["a new file at the root needs the root", ["new.js"], [{ kind: "dir", path: "" }]],
    ["a new file in a folder needs the folder", ["src/new.js"], [{ kind: "dir", path: "src" }]],
    ["a new folder", ["docs/**"], [{ kind: "dir", path: "docs" }]],
    ["everything", ["**"], [{ kind: "dir", path: "" }]],
    ["the outer of two", ["src/**", "src/deep/**"], [{ kind: "dir", path: "src" }]],
    ["nothing", [], []],
  ] as const)("%s", (_, scope, writable) => expect(writeMounts(scope, [], base).writable).toEqual(writable));

  test("inside a writable folder what the scope leaves out or forbids is read-only again", () => {
    expect(writeMounts(["src/**/*.js"], ["**/.npmrc"], base)).toEqual({
      writable: [{ kind: "dir", path: "src" }],
      protect: ["src/.npmrc"],
    });
    expect(writeMounts(["**"], ["**/package.json"], base).protect).toEqual(["package.json"]);
  });

  test("law: every existing file that the kernel leaves writable is granted and not forbidden", () => {
    const globs = fc.array(
      fc.constantFrom("src/**", "src/*.js", "**/*.js", "test/**", "package.json", "lib/**/*.md", "**", "new/**"),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(globs, globs, (scope, forbidden) => {
        const { writable, protect } = writeMounts(scope, forbidden, base);
        const open = base.filter(
          ({ path }) =>
            !protect.includes(path) &&
            writable.some((root) => root.path === "" || path === root.path || path.startsWith(`${root.path}/`)),
        );
        for (const { path } of open) {
          expect(scope.some((glob) => compileGlob(glob).test(path))).toBe(true);
          expect(forbidden.some((glob) => compileGlob(glob).test(path))).toBe(false);
        }
      }),
    );
  });
});
