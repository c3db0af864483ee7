// What git would lose, read without git: held against git's own answer. A file too many is allowed where nothing can tell, a file
// too few never.
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { byteText, shownText } from "../src/byte-text.ts";
import { readIndexFile } from "../src/git-index-file.ts";
import { worktreeFiles, type WorktreeScope } from "../src/worktree-files.ts";
import { scratch } from "./scratch-trash.ts";

let repo: string;
const env = {
  PATH: process.env["PATH"],
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  HOME: "/nonexistent",
};

function git(...args: string[]): string {
  const identity = ["-c", "user.name=t", "-c", "user.email=t@localhost"];
  const { status, stdout, stderr } = spawnSync("git", [...identity, ...args], { cwd: repo, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout;
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(repo, path, ".."), { recursive: true });
    writeFileSync(join(repo, path), text);
  }
}

const atRisk = (scope: WorktreeScope): string[] => worktreeFiles(byteText(repo), scope).map(shownText).sort();

function commitAll(...init: string[]): void {
  git("init", "-q", ...init);
  write({ a: "1", "src/b": "2", "src/deep/c": "3", "lib/d": "4", ".gitignore": "*.log\nbuild/\n" });
  symlinkSync("a", join(repo, "link"));
  git("add", "-A");
  git("commit", "-q", "-m", "start");
}

beforeEach(() => {
  repo = scratch();
});

describe.each([["sha1"], ["sha256"]])("a %s repository", (format) => {
  test("that is clean has nothing to lose", () => {
    commitAll(`--object-format=${format}`);
    write({ "build/out": "", "x.log": "" });
    expect(atRisk("tracked")).toEqual([]);
    expect(atRisk("untracked")).toEqual([]);
    expect(atRisk("ignored")).toEqual(["build/out", "x.log"]);
  });

  test("edited, deleted, re-moded, new and ignored files", () => {
    commitAll(`--object-format=${format}`);
    write({ "src/b": "edited", "new/e": "5", "build/out": "", "src/deep/x.log": "" });
    rmSync(join(repo, "lib/d"));
    chmodSync(join(repo, "a"), 0o755);
    expect(atRisk("tracked")).toEqual(["a", "lib/d", "src/b"]);
    expect(atRisk("untracked")).toEqual(["a", "lib/d", "new/e", "src/b"]);
    expect(atRisk("ignored")).toEqual(["a", "build/out", "lib/d", "new/e", "src/b", "src/deep/x.log"]);
  });
});

test.each(["2", "3", "4"])("an index of version %s", (version) => {
  commitAll();
  if (version === "3") git("update-index", "--skip-worktree", "src/b");
  git("update-index", "--index-version", version);
  expect(readFileSync(join(repo, ".git/index")).readUInt32BE(4)).toBe(Number(version));
  write({ "src/deep/c": "edited" });
  expect(atRisk("tracked")).toContain("src/deep/c");
  expect(atRisk("tracked")).not.toContain("lib/d");
});

test("what was staged and not committed is at risk, also when the file is as it was staged", () => {
  commitAll();
  write({ "src/b": "staged", "lib/new": "staged too" });
  git("add", "src/b", "lib/new");
  const risk = atRisk("tracked");
  expect(risk).toEqual(expect.arrayContaining(["src/b", "lib/new"]));
  expect(risk).not.toContain("src/deep/c");
  git("commit", "-q", "-m", "next");
  expect(atRisk("tracked")).toEqual([]);
});

test("an edit that keeps size and time is found by its content", () => {
  commitAll();
  utimesSync(join(repo, "a"), 1_000_000_000, 1_000_000_000);
  git("update-index", "--refresh");
  writeFileSync(join(repo, "a"), "2");
  utimesSync(join(repo, "a"), 1_000_000_000, 1_000_000_000);
  expect(atRisk("tracked")).toEqual(["a"]);
});

test("a linked worktree has its own index", () => {
  commitAll();
  git("worktree", "add", "-q", "tree", "-b", "other");
  repo = join(repo, "tree");
  write({ a: "edited", new: "" });
  expect(atRisk("untracked")).toEqual(["a", "new"]);
});

test("no repository, or an index that cannot be read: everything is at risk", () => {
  write({ a: "1", "b/c.log": "2" });
  expect(atRisk("tracked")).toEqual(["a", "b/c.log"]);
  rmSync(join(repo, "b"), { recursive: true });
  commitAll();
  appendFileSync(join(repo, ".git/index"), "x");
  expect(atRisk("tracked")).toEqual([".gitignore", "a", "lib/d", "link", "src/b", "src/deep/c"]);
});

test("a file with an odd mind of its own is only read, never run", () => {
  commitAll();
  write({ ".gitattributes": "* filter=evil\n", a: "edited" });
  git("config", "filter.evil.clean", `touch ${repo}/ran`);
  git("config", "core.fsmonitor", `touch ${repo}/ran`);
  expect(atRisk("untracked")).toEqual([".gitattributes", "a"]);
});

test("an index of any bytes is read or not read; it never throws", () => {
  commitAll();
  const whole = readFileSync(join(repo, ".git/index"));
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, byte, length) => {
      const changed = Buffer.from(whole.subarray(0, length));
      if (at < changed.length) changed[at] = byte;
      // A checksum of zeros is git's own way to have none: nothing else holds the parser then.
      changed.fill(0, Math.max(0, changed.length - 20));
      readIndexFile(changed);
    }),
    { numRuns: 500 },
  );
});

test("nothing that `git reset --hard` and `git clean` take is missing from the list", () => {
  commitAll();
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.constantFrom("a", "src/b", "src/deep/c", "new", "lib/x"),
          fc.constantFrom("write", "add", "remove", "commit"),
        ),
      ),
      (steps) => {
        git("checkout", "-q", "-f", "HEAD");
        git("clean", "-fdq");
        steps.forEach(([path, step], index) => {
          if (step === "write") write({ [path]: `edit ${index}` });
          if (step === "remove") rmSync(join(repo, path), { force: true });
          if (step === "add") git("add", "-A");
          if (step === "commit") git("commit", "-q", "--allow-empty", "-m", "x");
        });
        const status = git("status", "--porcelain", "-z", "--untracked-files=all", "--no-renames").split("\0");
        const losable = status.filter((line) => line !== "" && !/^D /.test(line)).map((line) => line.slice(3));
        expect(atRisk("untracked")).toEqual(expect.arrayContaining(losable));
      },
    ),
    { numRuns: 12 },
  );
});
