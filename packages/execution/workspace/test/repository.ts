// Real repositories in scratch folders for the tests of this package. Tests may use the platform package; sources may not.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import type { GitCheckout } from "@ces/ports";
import { openGit } from "@ces/git";
import { removeTree } from "../src/index.ts";

/** Content of a file: bytes, an executable, or a link. */
export type Content = string | Buffer | { readonly exec: string } | { readonly link: string };

/** A folder with a repository and one commit. */
export type Project = {
  readonly root: string;
  readonly git: GitCheckout;
  readonly commit: string;
  readonly tree: string;
};

const GIT = "/usr/bin/git";
const made: string[] = [];

afterAll(async () => {
  for (const dir of made.splice(0)) await removeTree(dir);
});

/** A new empty folder, removed after the file's tests. */
export function scratch(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "ces-ws-")));
  made.push(dir);
  return dir;
}

/** Writes files below `root`, with their folders. */
export function write(root: string, files: Readonly<Record<string, Content>>): void {
  for (const [path, content] of Object.entries(files)) {
    const full = join(root, path);
    mkdirSync(dirname(full), { recursive: true });
    if (typeof content === "string" || Buffer.isBuffer(content)) writeFileSync(full, content);
    else if ("link" in content) symlinkSync(content.link, full);
    else {
      writeFileSync(full, content.exec);
      chmodSync(full, 0o755);
    }
  }
}

/** Runs git as a person would, in `cwd`. */
export function sh(cwd: string, ...args: readonly string[]): string {
  const identity = ["-c", "user.name=t", "-c", "user.email=t@localhost", "-c", "commit.gpgsign=false"];
  return execFileSync(GIT, [...identity, ...args], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 20_000,
  });
}

/** A repository on `main` whose one commit holds `files`. */
export async function project(files: Readonly<Record<string, Content>>): Promise<Project> {
  const root = join(scratch(), "project");
  mkdirSync(root);
  write(root, files);
  sh(root, "init", "-q", "-b", "main");
  sh(root, "add", "-A", "-f");
  sh(root, "commit", "-q", "--allow-empty", "-m", "base");
  return reopen(root);
}

/** The project as it stands now. */
export async function reopen(root: string): Promise<Project> {
  const git = await openGit({ gitBinary: GIT, gitDir: join(root, ".git") });
  const commit = sh(root, "rev-parse", "HEAD").trim();
  return { root, git, commit, tree: sh(root, "rev-parse", "HEAD^{tree}").trim() };
}
