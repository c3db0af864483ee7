// The one place where CES starts git (S03, S35): an absolute binary, an environment made from nothing, an explicit git
// directory as cwd and argument. Plumbing only: no worktree, no discovery, no hook, filter, monitor, pager or transport.
import { spawn } from "node:child_process";
import { CesError } from "@ces/kernel";

/** A git binary tied to one git directory. Both are absolute. */
export type GitProcess = { readonly binary: string; readonly gitDir: string };

/** How one process ended. `stderr` is cut at 4 KiB. */
export type GitExit = { readonly status: number | null; readonly stdout: Buffer; readonly stderr: string };

/** What a call adds: bytes for standard input, a private index file, a limit on the answer. */
export type GitCall = {
  readonly stdin?: Uint8Array | string;
  readonly indexFile?: string;
  readonly maxBytes?: number;
};

// SECURITY: GIT_ALLOW_PROTOCOL beats every `protocol.*.allow` of a hostile config, so that a promisor remote such as
// `ext::sh -c …` cannot run while an object is missing. The command line beats the repository's own config for the rest.
const ENVIRONMENT: Readonly<Record<string, string>> = {
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_ATTR_NOSYSTEM: "1",
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_NO_LAZY_FETCH: "1",
  GIT_ALLOW_PROTOCOL: "none",
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_COMMITTER_NAME: "CES",
  GIT_COMMITTER_EMAIL: "ces@localhost",
  HOME: "/nonexistent",
  PATH: "/nonexistent",
  LC_ALL: "C",
  TZ: "UTC",
};

const SETTINGS = [
  "safe.bareRepository=explicit",
  "protocol.allow=never",
  "submodule.recurse=false",
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.untrackedCache=false",
  "core.attributesFile=/dev/null",
  "core.alternateRefsCommand=false",
  "core.splitIndex=false",
  "gc.auto=0",
  "maintenance.auto=false",
].flatMap((setting) => ["-c", setting]);

const MAX_ANSWER = 512 * 1024 * 1024;

/** Runs one plumbing command and waits. Throws CesError `GIT_UNUSABLE` when git cannot start or answers too much. */
export function runGit(git: GitProcess, args: readonly string[], call: GitCall = {}): Promise<GitExit> {
  const env = call.indexFile === undefined ? ENVIRONMENT : { ...ENVIRONMENT, GIT_INDEX_FILE: call.indexFile };
  const child = spawn(git.binary, [...SETTINGS, `--git-dir=${git.gitDir}`, "--no-pager", ...args], {
    cwd: git.gitDir,
    env: { ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const out: Buffer[] = [];
  const max = call.maxBytes ?? MAX_ANSWER;
  let size = 0;
  let stderr = "";
  return new Promise((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > max) child.kill("SIGKILL");
      else out.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      if (stderr.length < 4096) stderr += chunk.toString("latin1").slice(0, 4096);
    });
    child.on("error", (cause) => reject(unusable(`cannot start \`${git.binary}\``, cause)));
    child.on("close", (status) => {
      if (size > max) reject(unusable(`\`git ${args[0] ?? ""}\` answered more than ${max} bytes`));
      else resolve({ status, stdout: Buffer.concat(out), stderr });
    });
    // A process that ends early closes its input; its status tells the story.
    child.stdin.on("error", () => undefined);
    child.stdin.end(call.stdin ?? "");
  });
}

/** As `runGit`, for commands that must succeed. Throws CesError `GIT_FAILED`. */
export async function git(process: GitProcess, args: readonly string[], call: GitCall = {}): Promise<Buffer> {
  const exit = await runGit(process, args, call);
  if (exit.status === 0) return exit.stdout;
  throw new CesError("GIT_FAILED", `\`git ${args[0] ?? ""}\` failed: \`${exit.stderr.trim()}\``, {
    remedy: "run `git fsck` in the repository",
  });
}

function unusable(message: string, cause?: unknown): CesError {
  return new CesError("GIT_UNUSABLE", message, { remedy: "install git 2.39 or newer, then `ces doctor`", cause });
}
