// What a running `ces … --jsonl` tells, line by line, with what a test does the moment it hears something.
import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { type ProcessWatch, watchDescendants } from "./process-watch.ts";

/** One line of `--jsonl`: an event, or the document at the end. */
export type Told = { readonly kind?: string; readonly [name: string]: unknown };

export interface Watched {
  readonly child: ChildProcess;
  /** Everything told so far. */
  readonly told: readonly Told[];
  readonly family: ProcessWatch;
  /** Resolves at the first line that fits; rejects when the process ends before. */
  hear(fits: (told: Told) => boolean): Promise<Told>;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null; readonly stderr: string }>;
}

type Listener = {
  readonly fits: (told: Told) => boolean;
  readonly resolve: (told: Told) => void;
  readonly reject: (error: Error) => void;
};

/** Follows a started `ces … --jsonl` and its descendants. */
export function follow(child: ChildProcess): Watched {
  const told: Told[] = [];
  const listeners = new Set<Listener>();
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  if (child.stdout === null) throw new Error("its output is not a pipe");
  createInterface({ input: child.stdout }).on("line", (line) => {
    const one = parsed(line);
    told.push(one);
    for (const each of [...listeners].filter(({ fits }) => fits(one))) {
      listeners.delete(each);
      each.resolve(one);
    }
  });
  const family = watchDescendants(child.pid ?? 0);
  const ended = new Promise<Awaited<Watched["ended"]>>((resolve) => {
    child.once("close", (code, signal) => {
      family.stop();
      for (const { reject } of listeners)
        reject(
          new Error(`it ended (${code ?? signal}) before it was heard: ${stderr}\n${JSON.stringify(told.slice(-5))}`),
        );
      resolve({ code, signal, stderr });
    });
  });
  const hear: Watched["hear"] = async (fits) => {
    const before = told.find(fits);
    return before ?? (await new Promise((resolve, reject) => void listeners.add({ fits, resolve, reject })));
  };
  return { child, told, family, hear, ended };
}

// A line that was cut by SIGKILL is no JSON.
function parsed(line: string): Told {
  try {
    return JSON.parse(line) as Told;
  } catch {
    return { kind: "cut" };
  }
}

/**
 * SIGKILL the moment a line fits, or null when the process ends by itself before: a driver goes on while its last line is on
 * the way to us, so what is awaited may have been done by the driver that was killed before.
 */
export async function killIfHeard(
  child: ChildProcess,
  fits: (told: Told) => boolean,
  delay_ms = 0,
): Promise<Watched | null> {
  try {
    return await killWhen(child, fits, delay_ms);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("it ended (0)")) return null;
    throw error;
  }
}

/** SIGKILL the moment a line fits, `delay_ms` later; resolves when the process is gone. */
export async function killWhen(child: ChildProcess, fits: (told: Told) => boolean, delay_ms = 0): Promise<Watched> {
  const watched = follow(child);
  const heard = watched.hear(fits);
  await heard;
  if (delay_ms > 0) await new Promise((resolve) => setTimeout(resolve, delay_ms));
  child.kill("SIGKILL");
  await watched.ended;
  return watched;
}

/** What is still alive of a family at the deadline; empty as soon as all are dead. */
export async function aliveAfter(family: ProcessWatch, ms: number): Promise<readonly string[]> {
  const deadline = performance.now() + ms;
  for (;;) {
    const alive = family.alive();
    if (alive.length === 0 || performance.now() > deadline) return alive;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Fits a journalled step by name. */
export const step =
  (name: string) =>
  (told: Told): boolean =>
    told.kind === "step" && told["name"] === name;

/** Fits a box of a purpose in a status. */
export const box =
  (purpose: string, status: string) =>
  (told: Told): boolean =>
    told.kind === "run" && told["purpose"] === purpose && told["status"] === status;
