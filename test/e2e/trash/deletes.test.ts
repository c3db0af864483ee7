// The built program in the place of rm: build scripts, find, git, many at once, killed in the middle. What went comes back.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { root } from "../../../scripts/workspace.ts";

const ces = join(root, "bin/ces");

interface Place {
  readonly home: string;
  readonly work: string;
  readonly env: Record<string, string>;
}

/** A home, a folder to work in, and a PATH on which `rm` is ours. */
function place(): Place {
  if (!existsSync(join(root, "apps/cli/dist/main.js"))) throw new Error("ces is not built; run: npx -y pnpm@12 build");
  const home = mkdtempSync(join(tmpdir(), "ces-deletes-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const work = join(home, "work");
  mkdirSync(work);
  mkdirSync(join(home, "bin"));
  writeFileSync(join(home, "bin/rm"), `#!/bin/sh\nexec '${ces}' trash put "$@"\n`, { mode: 0o755 });
  return {
    home,
    work,
    env: { HOME: home, PATH: `${home}/bin:${process.env["PATH"] ?? ""}`, CES_SESSION_ID: "session" },
  };
}

function run({ work, env }: Place, line: string): { status: number | null; out: string } {
  const { status, stdout, stderr } = spawnSync("sh", ["-c", line], { cwd: work, env, encoding: "utf8" });
  return { status, out: stdout + stderr };
}

function write({ work }: Place, ...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(join(work, path, ".."), { recursive: true });
    writeFileSync(join(work, path), path);
  }
}

const tree = ({ work }: Place): string[] =>
  readdirSync(work, { recursive: true, encoding: "utf8" })
    .filter((path) => !/^\.git(\/|$)/.test(path))
    .sort();

test("a build script's clean, twice, quiet, and back", () => {
  const at = place();
  write(at, "build/out.o", "build/deep/x", "main.c", "a.o", "b.o");
  writeFileSync(join(at.work, "clean.sh"), "set -e\nrm -rf build dist\nrm -f *.o\n");
  const before = tree(at);
  expect(run(at, "sh clean.sh")).toEqual({ status: 0, out: "" });
  expect(run(at, "sh clean.sh")).toEqual({ status: 0, out: "" });
  expect(tree(at)).toEqual(["clean.sh", "main.c"]);
  expect(run(at, `'${ces}' undo --session session`)).toMatchObject({ status: 0 });
  expect(tree(at)).toEqual(before);
});

test("find's deletes, and what git does not track", () => {
  const at = place();
  write(at, "src/a.c", "src/a.tmp", "cache/x/y.tmp", "new");
  run(at, "git init -q && git add src/a.c");
  const before = tree(at);
  const find = `find . -path ./.git -prune -o -depth`;
  expect(run(at, `${find} -name '*.tmp' -exec '${ces}' trash put --as find -- {} +`).status).toBe(0);
  expect(run(at, `find cache -depth -exec '${ces}' trash put --as find -- {} +`).status).toBe(0);
  expect(run(at, `git ls-files -z --others | '${ces}' trash put --from0 -f`).status).toBe(0);
  expect(tree(at)).toEqual(["src", "src/a.c"]);
  expect(run(at, `'${ces}' undo --session session`)).toMatchObject({ status: 0 });
  expect(tree(at)).toEqual(before);
});

test("many at once are all in the journal", () => {
  const at = place();
  const names = Array.from({ length: 12 }, (_, index) => `same/${index}/name`);
  write(at, ...names);
  const before = tree(at);
  expect(run(at, `printf '%s\\n' same/*/name | xargs -P 6 -n 1 rm`)).toEqual({ status: 0, out: "" });
  expect(tree(at).filter((path) => path.endsWith("name"))).toEqual([]);
  run(at, `'${ces}' undo --session session`);
  expect(tree(at)).toEqual(before);
});

test("killed in the middle, the next command finds everything", async () => {
  const at = place();
  write(at, ...Array.from({ length: 800 }, (_, index) => `many/f${index}`));
  const before = tree(at);
  for (const delay of [60, 90, 120, 160]) {
    const child = spawn(ces, ["trash", "put", "-r", "--", ...before.filter((path) => path !== "many")], {
      cwd: at.work,
      env: at.env,
    });
    const ended = new Promise((resolve) => child.on("close", resolve));
    await setTimeout(delay);
    child.kill("SIGKILL");
    await ended;
    expect(run(at, `'${ces}' undo`).status).toBe(0);
    expect(tree(at)).toEqual(before);
  }
});
