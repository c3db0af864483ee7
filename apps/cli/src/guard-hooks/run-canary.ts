// Asks a host's hook the way the host would: its own line, its own form of a call, a shell.
import { spawn } from "node:child_process";
import { canaryEvent, type HostName, meaningOfAnswer } from "@ces/hooks";

/** What came of it; `took_ms` is wall time. */
export interface CanaryAnswer {
  readonly meaning: "refused" | "asked" | "runs";
  readonly took_ms: number;
  readonly said: string;
}

const MAX_SAID = 4096;

/** Starts `words` with the call on standard input. Only the named variables reach it, as a host would pass on its own. */
export function runCanary(
  words: readonly string[],
  call: { readonly host: HostName; readonly command: string; readonly cwd: string },
  env: NodeJS.ProcessEnv,
): Promise<CanaryAnswer> {
  const began = performance.now();
  const [program = "/bin/sh", ...args] = words;
  const child = spawn(program, args, {
    cwd: "/",
    env,
    stdio: ["pipe", "pipe", "pipe"],
    timeout: 15_000,
    killSignal: "SIGKILL",
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.on("error", () => {}); // A hook that is gone is seen by its answer.
  child.stdin.end(canaryEvent(call.host, call.command, call.cwd));
  return new Promise((done) => {
    const end = (exit: number | null): void =>
      done({
        meaning: meaningOfAnswer(call.host, { stdout, stderr, exit }),
        took_ms: Math.round(performance.now() - began),
        said: `${stdout}${stderr}`.slice(0, MAX_SAID),
      });
    child.on("error", () => end(null));
    child.on("close", (code) => end(code));
  });
}
