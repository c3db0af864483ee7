// S19: the agent's git directory is not the user's.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exportBase } from "../src/index.ts";
import { GIT, open, repository, scratch, sh, write } from "./repository.ts";

function hasCanary(dir: string): boolean {
  return readdirSync(dir, { withFileTypes: true, recursive: true }).some(
    (entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes("CANARY"),
  );
}

// Every place of a repository where a secret can stand, CANARY in each.
function userRepository(): string {
  const root = repository({ "old.txt": "CANARY in history\n" });
  write(root, { "old.txt": "clean\n", "src/a.js": "a\n", "run.sh": "#!/bin/sh\n" });
  sh(root, ["add", "-A"]);
  sh(root, ["commit", "-q", "-m", "clean"]);
  sh(root, ["checkout", "-q", "-b", "secret-branch"]);
  write(root, { "s.txt": "CANARY on a branch\n" });
  sh(root, ["add", "-A"]);
  sh(root, ["commit", "-q", "-m", "CANARY message"]);
  sh(root, ["checkout", "-q", "main"]);
  write(root, { "old.txt": "CANARY stash\n" });
  sh(root, ["stash", "-q"]);
  sh(root, ["hash-object", "-w", "--stdin"], "CANARY dangling\n");
  sh(root, ["remote", "add", "origin", "https://x-access-token:CANARY@localhost/r.git"]);
  sh(root, ["config", "http.extraheader", "AUTHORIZATION: basic CANARY"]);
  sh(root, ["tag", "-a", "v1", "-m", "CANARY tag"]);
  write(root, {
    ".git/hooks/pre-commit": "# CANARY\n",
    ".git/info/exclude": "CANARY\n",
    ".git/description": "CANARY\n",
  });
  sh(root, ["pack-refs", "--all"]);
  return root;
}

describe("the run's private git directory", () => {
  test("holds the base commit and no canary of the user's repository", async () => {
    const root = userRepository();
    expect(hasCanary(join(root, ".git"))).toBe(true);
    const git = await open(root);
    const { commit } = await git.head();
    const to = join(scratch(), "git");
    await exportBase(GIT, { from: git, base_commit: commit ?? "", to_dir: to });
    expect(hasCanary(to)).toBe(false);
    const objects = sh(to, ["--git-dir", to, "cat-file", "--batch-all-objects", "--batch"]);
    expect(objects).not.toContain("CANARY");
    expect(sh(to, ["--git-dir", to, "for-each-ref", "--format=%(refname)"])).toBe("refs/heads/ces-base\n");
    const { tree } = await git.commit(commit ?? "");
    const names = sh(root, ["ls-tree", "-r", "-t", "--format=%(objectname)", tree]).trim().split("\n");
    const held = sh(to, ["--git-dir", to, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)"])
      .trim()
      .split("\n");
    expect(new Set(held)).toEqual(new Set([...names, tree, commit]));
  });

  test("status is clean, diff and log work in a worktree, with the objects packed or loose, deep or first commit", async () => {
    for (const root of [userRepository(), repository({ "src/a.js": "a\n", "x/y/z": "" }), repository({})]) {
      const git = await open(root);
      const { commit } = await git.head();
      const worktree = join(scratch(), "worktree");
      mkdirSync(worktree);
      execFileSync("sh", ["-c", `'${GIT}' archive HEAD | tar -x -C '${worktree}'`], { cwd: root });
      const to = join(scratch(), "git");
      await exportBase(GIT, { from: git, base_commit: commit ?? "", to_dir: to });
      renameSync(to, join(worktree, ".git"));
      expect(sh(worktree, ["status", "--porcelain"])).toBe("");
      expect(sh(worktree, ["log", "--format=%H"]).trim()).toBe(commit);
      write(worktree, { "new.txt": "n\n" });
      sh(worktree, ["add", "-N", "new.txt"]);
      expect(sh(worktree, ["diff", "--name-only"])).toBe("new.txt\n");
      sh(worktree, ["fsck", "--strict"]);
    }
  });

  test("works for sha256 and from a linked worktree", async () => {
    const root = repository({ "a.txt": "x" }, "sha256");
    sh(root, ["worktree", "add", "-q", "-b", "side", join(root, "../linked")]);
    const git = await open(root);
    const to = join(scratch(), "git");
    await exportBase(GIT, {
      from: { ...git, git_dir: join(root, ".git/worktrees/linked") },
      base_commit: (await git.head()).commit ?? "",
      to_dir: to,
    });
    expect(sh(to, ["--git-dir", to, "ls-files"])).toBe("a.txt\n");
    sh(to, ["--git-dir", to, "fsck", "--strict"]);
  });

  test.runIf(process.getuid?.() === 0)("as root, it is given to the run's user", async () => {
    const git = await open(repository({ "a.txt": "x" }));
    const to = join(scratch(), "git");
    await exportBase(GIT, {
      from: git,
      base_commit: (await git.head()).commit ?? "",
      to_dir: to,
      owner: { uid: 65534, gid: 65534 },
    });
    expect(readdirSync(to, { recursive: true }).map((name) => statSync(join(to, String(name))).uid)).not.toContain(0);
  });
});
