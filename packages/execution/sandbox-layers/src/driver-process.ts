// Starting a layer's own program: by absolute path, without a shell, with an environment from nothing, ended with its whole group.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";

/** What is started. */
export interface DriverCall {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeout_ms: number;
}

/** How it ended. `stdout` and `stderr` are the beginnings; the digests cover everything. */
export interface DriverEnd {
  readonly exit_code: number | null;
  readonly signal: string | null;
  readonly timed_out: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly stdout_digest: string;
  readonly stderr_digest: string;
  readonly duration_ms: number;
}

const KEPT_BYTES = 256 * 1024;

/** Runs it to its end. Never throws: a program that cannot be started ends with 127. */
export function runDriver({ program, args, cwd, env, timeout_ms }: DriverCall): Promise<DriverEnd> {
  const begun = performance.now();
  const child = spawn(program, [...args], { cwd, env: { ...env }, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  let timed_out = false;
  const timer = setTimeout(() => {
    timed_out = true;
    endGroup(child.pid);
  }, timeout_ms);
  return new Promise((resolve) => {
    const settle = (exit_code: number | null, signal: string | null): void => {
      clearTimeout(timer);
      resolve({
        exit_code,
        signal,
        timed_out,
        stdout: stdout.text(),
        stderr: stderr.text(),
        stdout_digest: stdout.digest(),
        stderr_digest: stderr.digest(),
        duration_ms: Math.round(performance.now() - begun),
      });
    };
    child.on("error", () => settle(127, null));
    child.on("close", settle);
  });
}

interface Collected {
  readonly text: () => string;
  readonly digest: () => string;
}

function collect(stream: NodeJS.ReadableStream): Collected {
  const hash = createHash("sha256");
  const kept: Buffer[] = [];
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    hash.update(chunk);
    if (size < KEPT_BYTES) kept.push(chunk.subarray(0, KEPT_BYTES - size));
    size += chunk.length;
  });
  return { text: () => Buffer.concat(kept).toString("utf8"), digest: () => `sha256:${hash.copy().digest("hex")}` };
}

// The whole group: a layer that supervises has children of its own.
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}

/** The first line of what a program said. */
export function firstLine(text: string): string {
  return text.trim().split("\n")[0]?.slice(0, 200) || "it says nothing";
}
