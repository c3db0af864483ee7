// Fakes on PATH in every place an agent or a repository could have put them (S24): passed over with a reason, never run.
import { chmodSync, chownSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { resolveTool } from "../src/index.ts";
import { scratchFolder } from "./scratch-box.ts";

function program(folder: string, name = "git"): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), "#!/bin/sh\nexit 66\n", { mode: 0o755 });
  return folder;
}

test.each([
  ["inside the project", "project/bin", "inside a project"],
  ["in a node_modules/.bin", "elsewhere/node_modules/.bin", "in a node_modules folder"],
])("a fake %s is passed over", (_name, at, why) => {
  const base = scratchFolder();
  const folder = program(join(base, at));
  const found = resolveTool("git", { path: `${folder}:/usr/bin`, forbiddenRoots: [join(base, "project")] });
  expect(found).toMatchObject({
    kind: "found",
    tool: { path: realpathSync("/usr/bin/git") },
    skipped: [{ path: join(folder, "git"), why }],
  });
});

test("relative and empty entries of PATH are passed over", () => {
  // Whatever the test's own folder holds stands for a fake in `.`.
  const found = resolveTool("vitest.config.ts", { path: ".::bin", forbiddenRoots: [] });
  expect(found).toEqual({
    kind: "missing",
    skipped: [
      { path: "./vitest.config.ts", why: "the path is relative" },
      { path: "./vitest.config.ts", why: "the path is relative" },
    ],
  });
});

test("a folder that others can write is passed over, wherever it stands on the way", () => {
  const base = scratchFolder();
  const folder = program(join(base, "open/bin"));
  chmodSync(join(base, "open"), 0o777);
  expect(resolveTool("git", { path: folder, forbiddenRoots: [] })).toMatchObject({
    kind: "missing",
    skipped: [{ why: expect.stringContaining("can be written by others") }],
  });
});

test("a link in a good place that leads into the project is passed over, and so is one in the project that leads out", () => {
  const base = scratchFolder();
  program(join(base, "project/tools"));
  mkdirSync(join(base, "bin"));
  symlinkSync(join(base, "project/tools/git"), join(base, "bin/git"));
  symlinkSync("/usr/bin/env", join(base, "project/env"));
  const search = { path: `${join(base, "bin")}:${join(base, "project")}`, forbiddenRoots: [join(base, "project")] };
  expect([resolveTool("git", search).kind, resolveTool("env", search).kind]).toEqual(["missing", "missing"]);
});

test("an override is judged by the same rules and never replaced by the search", () => {
  const base = scratchFolder();
  const folder = program(join(base, "project"));
  const judged = (override: string): string =>
    resolveTool("git", { path: "/usr/bin", forbiddenRoots: [folder], override }).kind;
  expect([
    judged(join(folder, "git")),
    judged("./git"),
    judged("/nowhere/git"),
    judged("/etc/passwd"),
    judged("/usr/bin"),
  ]).toEqual(["missing", "missing", "missing", "missing", "missing"]);
  expect(judged("/usr/bin/git")).toBe("found");
});

test.skipIf(process.geteuid?.() !== 0)("a program of another user is passed over", () => {
  const folder = program(join(scratchFolder(), "bin"));
  chownSync(join(folder, "git"), 12_345, 12_345);
  expect(resolveTool("git", { path: folder, forbiddenRoots: [] })).toMatchObject({
    kind: "missing",
    skipped: [{ why: expect.stringContaining("belongs to somebody else") }],
  });
});

test("the digest is of the real file", async () => {
  const folder = program(join(scratchFolder(), "bin"));
  const found = resolveTool("git", { path: folder, forbiddenRoots: [] });
  expect(found.kind === "found" && (await found.tool.sha256())).toBe(
    "eeb5802c83c476930353c849d194322289f58860a434af9c1822f5e2979868d3",
  );
});

test("an entry of PATH that cannot be looked into is passed over by name, and the search goes on", () => {
  const base = scratchFolder();
  symlinkSync(join(base, "round"), join(base, "round"));
  const path = [join(base, "round"), join(base, "x".repeat(300)), "/usr/bin"].join(":");
  const found = resolveTool("git", { path, forbiddenRoots: [] });
  expect(found).toMatchObject({ kind: "found", tool: { path: realpathSync("/usr/bin/git") } });
  expect(found.skipped.map(({ why }) => why)).toEqual([
    "cannot be looked at (ELOOP)",
    "cannot be looked at (ENAMETOOLONG)",
  ]);
});
