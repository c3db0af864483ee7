// Real repositories in scratch folders, made with git as a person would use it.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import type { GitCheckout } from "@ces/ports";
import { openGit } from "../src/index.ts";

export const GIT = "/usr/bin/git";
const made: string[] = [];

afterAll(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** A new empty folder, removed after the file's tests. */
export function scratch(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "ces-git-")));
  made.push(dir);
  return dir;
}

/** Writes files below `root`, with their folders. */
export function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** Runs git in `cwd` with the plain environment of the tests. */
export function sh(cwd: string, args: readonly string[], input: string | Buffer = ""): string {
  const identity = ["-c", "user.name=t", "-c", "user.email=t@localhost", "-c", "commit.gpgsign=false"];
  return execFileSync(GIT, [...identity, ...args], {
    cwd,
    input,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "pipe"],
    timeout: 20_000,
  });
}

/** A repository on `main` whose one commit holds `files`. */
export function repository(files: Readonly<Record<string, string>>, format = "sha1"): string {
  const root = join(scratch(), "project");
  mkdirSync(root);
  write(root, files);
  sh(root, ["init", "-q", "-b", "main", `--object-format=${format}`]);
  sh(root, ["add", "-A", "-f"]);
  sh(root, ["commit", "-q", "--allow-empty", "-m", "base"]);
  return root;
}

/** The repository through the port. */
export function open(root: string): Promise<GitCheckout> {
  return openGit({ gitBinary: GIT, gitDir: join(root, ".git") });
}
