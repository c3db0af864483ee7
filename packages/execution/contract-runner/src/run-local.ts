// Local mode: what was declared is judged before the start, and nothing is enforced afterwards. What a runner without walls can still do,
// it does: a session of its own for each process, an end for the whole group, no reading beyond the deadline (F-10).
import { spawn, type ChildProcess } from "node:child_process";
import { constants } from "node:os";
import type { Readable } from "node:stream";
import { captureStreams, type Captured } from "./capture-stream.ts";
import { EXIT } from "./command-outcome.ts";
import { closePipes, kernelPipes } from "./kernel-pipe.ts";
import { INTERRUPTED, TIMED_OUT } from "./run-in-box.ts";

/** One process to start: the file, the name it was asked for by, and its arguments. */
export type LocalSegment = { readonly file: string; readonly argv: readonly string[] };

/** A command without walls. */
export type LocalCommand = {
  readonly segments: readonly LocalSegment[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeout_ms: number;
  readonly keep: { readonly stdout: number; readonly stderr: number };
  readonly beforeStart: () => void;
  readonly signal?: AbortSignal;
};

/** How the segments ended; a signal is its negative number, as in the reference. */
export type LocalEnd = {
  readonly codes: readonly number[];
  readonly why?: string;
  readonly stdout: Captured;
  readonly stderr: Captured;
};

/** Longest wait for streams that a process outside the group still holds. */
const LINGER_MS = 500;

/** Runs them. Throws whatever `beforeStart` throws. */
export async function runLocally(command: LocalCommand): Promise<LocalEnd> {
  const pipes = kernelPipes(command.segments.length - 1);
  command.beforeStart();
  const children = command.segments.map((segment, at) => {
    const [before, after] = [pipes[at - 1], pipes[at]];
    return start(segment, command, [before?.read ?? "ignore", after?.write ?? "pipe", "pipe"]);
  });
  closePipes(pipes);
  const stdout = captureStreams(
    children.slice(-1).flatMap(({ stdout: out }) => streamOf(out)),
    command.keep.stdout,
  );
  const stderr = captureStreams(
    children.flatMap(({ stderr: err }) => streamOf(err)),
    command.keep.stderr,
  );
  let why: string | undefined;
  const stop = (reason: string): void => {
    why ??= reason;
    for (const child of children) killGroup(child);
    for (const capture of [stdout, stderr]) capture.stop();
  };
  const timer = setTimeout(() => stop(TIMED_OUT), command.timeout_ms);
  const aborted = (): void => stop(INTERRUPTED);
  command.signal?.addEventListener("abort", aborted, { once: true });
  const ends = await Promise.all(children.map(ended));
  clearTimeout(timer);
  command.signal?.removeEventListener("abort", aborted);
  const linger = setTimeout(() => [stdout, stderr].forEach((capture) => capture.stop()), LINGER_MS);
  await Promise.all([stdout.done, stderr.done]);
  clearTimeout(linger);
  const codes = ends.map((code) => (why === TIMED_OUT ? EXIT.timeout : why === INTERRUPTED ? EXIT.interrupted : code));
  return { codes, ...(why === undefined ? {} : { why }), stdout: stdout.captured(), stderr: stderr.captured() };
}

type Ends = [number | "ignore", number | "pipe", "pipe"];

function start({ file, argv }: LocalSegment, { cwd, env }: LocalCommand, stdio: Ends): ChildProcess {
  const [argv0 = file, ...args] = argv;
  const child = spawn(file, args, { argv0, cwd, env, stdio, detached: true });
  child.on("error", () => undefined); // told by `ended`
  return child;
}

function streamOf(stream: Readable | null): readonly Readable[] {
  return stream === null ? [] : [stream];
}

// When the first process of a group has ended, what it left in the group ends too: nobody is there to account for it.
function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once("error", (error: NodeJS.ErrnoException) =>
      resolve(error.code === "ENOENT" ? EXIT.notFound : EXIT.notExecutable),
    );
    child.once("exit", (code, signal) => {
      killGroup(child);
      resolve(code ?? -(signal === null ? 0 : constants.signals[signal]));
    });
  });
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nobody left.
  }
}
