// Starts a real client on the host from its runtime's launch plan, in a scratch folder and without a box.
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Readable, Writable } from "node:stream";

/** The part of a launch plan that a start on the host needs. */
interface Plan {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly emptyDirs: readonly string[];
  readonly mounts: readonly { readonly host: string; readonly inside: string }[];
}

/** A scratch folder with a worktree and a HOME. Not under /tmp, where codex refuses to live. */
export interface Scratch {
  readonly root: string;
  readonly repo: string;
  readonly home: string;
  readonly remove: () => void;
}

/** Makes a scratch folder. The caller removes it. */
export function makeScratch(): Scratch {
  const root = mkdtempSync("/var/tmp/ces-lab-");
  const scratch = {
    root,
    repo: join(root, "repo"),
    home: join(root, "home"),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
  mkdirSync(scratch.repo);
  mkdirSync(scratch.home);
  return scratch;
}

/** A running client. */
export interface Client {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Status or signal, after the end of all streams. */
  readonly ended: Promise<number | string>;
  readonly stderr: () => string;
}

/**
 * Writes the plan's files where nothing is (outside /etc) and starts the program. Without a box nothing is read-only:
 * what the repository brings of its own stays, which is what the dialect's tests want to see.
 */
export function startClient(plan: Plan, scratch: Scratch): Client {
  for (const [path, content] of Object.entries(plan.files))
    if (path.startsWith(scratch.root)) writeMissing(path, content);
  for (const path of plan.emptyDirs) if (path.startsWith(scratch.home)) mkdirSync(path, { recursive: true });
  const [program = "", ...args] = plan.argv;
  const child = spawn(hostPath(plan, program), args, {
    cwd: scratch.repo,
    env: { ...plan.env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.on("error", () => {}); // A client that is gone is seen at its end of file.
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<number | string>((resolve) =>
    child.on("close", (code, signal) => resolve(code ?? signal ?? "none")),
  );
  return { child, ended, stderr: () => stderr };
}

function writeMissing(path: string, content: string): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function hostPath(plan: Plan, program: string): string {
  const mount = plan.mounts.find(({ inside }) => program === inside || program.startsWith(`${inside}/`));
  return mount ? mount.host + program.slice(mount.inside.length) : program;
}
