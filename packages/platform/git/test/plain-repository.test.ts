import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isPlainSha1, plainHead } from "../src/plain-repository.ts";

function repository(...init: readonly string[]) {
  const root = mkdtempSync(join(realpathSync(tmpdir()), "ces-plain-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const git = (...args: readonly string[]) =>
    spawnSync("git", ["-C", root, "-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
      encoding: "utf8",
    }).stdout.trim();
  git("init", "-q", "-b", "main", ...init);
  const dir = join(root, ".git");
  const commit = () => (git("commit", "-q", "--allow-empty", "-m", "x"), git("rev-parse", "HEAD"));
  return { root, dir, git, commit };
}

test("a loose branch is read as git reads it, and follows commits and switches", () => {
  const { dir, git, commit } = repository();
  expect(plainHead(dir, dir)).toBeUndefined();
  const first = commit();
  expect(plainHead(dir, dir)).toEqual({ ref: "refs/heads/main", commit: first });
  git("switch", "-q", "-c", "topic/one");
  const second = commit();
  expect(plainHead(dir, dir)).toEqual({ ref: "refs/heads/topic/one", commit: second });
});

test("what is not plain is left to git: packed, detached, symbolic, another format, extensions", () => {
  const { dir, git, commit } = repository();
  commit();
  expect(isPlainSha1(dir)).toBe(true);
  git("symbolic-ref", "refs/heads/alias", "refs/heads/main");
  git("symbolic-ref", "HEAD", "refs/heads/alias");
  expect(plainHead(dir, dir)).toBeUndefined();
  git("symbolic-ref", "HEAD", "refs/heads/main");
  git("pack-refs", "--all");
  expect(plainHead(dir, dir)).toBeUndefined();
  git("switch", "-q", "--detach");
  expect(plainHead(dir, dir)).toBeUndefined();
  git("config", "extensions.worktreeConfig", "true");
  expect(isPlainSha1(dir)).toBe(false);
  expect(isPlainSha1(repository("--object-format=sha256").dir)).toBe(false);
  expect(isPlainSha1(join(dir, "objects"))).toBe(false);
});
