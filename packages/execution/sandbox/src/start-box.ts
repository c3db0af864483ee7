// Starts one box and holds it: bwrap with an empty environment, everything it needs on descriptors it closes itself, and a
// first process that waits for `go`. What is handed back can be recorded before anything of the command has run (S18).
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { CesError } from "@ces/kernel";
import { checkPlan } from "./bind-source.ts";
import { boundLimits } from "./bound-limits.ts";
import type { BoundLimit } from "./bound-limits.ts";
import { writeBoxFiles } from "./box-root.ts";
import { hoist, hoistCommand } from "./hoist.ts";
import { bindableProtected, makeMountPoints, protectedInWritable, removeMountPoints } from "./mount-points.ts";
import type { MadePlace } from "./mount-points.ts";
import { CHANNEL } from "./plan.ts";
import type { BoxPlan } from "./plan.ts";
import { planArgs, planCommand } from "./plan-args.ts";
import { killExactly } from "./kill-exactly.ts";
import { isAlive, isFiltered, processHandle } from "./process-facts.ts";
import type { ProcessHandle } from "./process-facts.ts";
import { seccompProgram } from "./seccomp-program.ts";
import { startBoxWatch } from "./watch-box.ts";
import type { StopReason } from "./watch-box.ts";
import { GO_LINE } from "./start-script.ts";

/** How a box ended. `code` is 128+n when the command died of signal n; `signaled` is bwrap itself, killed by somebody else. */
export type BoxEnd =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "signaled"; readonly signal: string }
  | { readonly kind: "setup_failed"; readonly detail: string }
  | { readonly kind: "stopped"; readonly reason: StopReason };

/** A box whose first process waits. Its streams are socket pairs: nothing inside can re-open them (threats, "ten things" 10). */
export type Box = {
  /** bwrap's process, for the run record: kill it and everything inside dies. */
  readonly handle: ProcessHandle;
  /** The first process of the inner pid name space, as the host sees it. */
  readonly init: ProcessHandle;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly limits: readonly BoundLimit[];
  /** Protected paths in writable places that do not exist or are links: only the merge holds them. */
  readonly unprotected: readonly string[];
  /** Lets the command start. Call once, after the handle is committed. */
  readonly go: () => void;
  /** Ends everything; resolves when no process is left. */
  readonly kill: (reason?: StopReason) => Promise<void>;
  /** Resolves once, when no process is left. */
  readonly exited: Promise<BoxEnd>;
};

const SETUP_MS = 20_000;

type Running = {
  readonly child: ChildProcess;
  readonly status: Readable;
  readonly ready: Readable;
  readonly made: readonly MadePlace[];
};

/**
 * Builds the walls of `plan` and starts the waiting first process. Throws CesError of `checkPlan` and `makeMountPoints`, or
 * `BOX_SETUP_FAILED` (what bwrap said), `BOX_DESCRIPTOR_LEAKED` (S14), `BOX_LIMIT_REFUSED`. Nothing is left behind then.
 */
export async function startBox(asked: BoxPlan): Promise<Box> {
  checkPlan(asked);
  const made = makeMountPoints(asked);
  try {
    const kept = keepExisting(asked);
    writeBoxFiles(kept);
    const running = launch(kept, made);
    return await ready(running, asked, kept);
  } catch (error) {
    removeMountPoints(made);
    throw error;
  }
}

function keepExisting(plan: BoxPlan): BoxPlan {
  return plan.tree === undefined ? plan : { ...plan, tree: { ...plan.tree, protect: bindableProtected(plan.tree) } };
}

function launch(asked: BoxPlan, made: readonly MadePlace[]): Running {
  const { plan, moves } = hoist(asked);
  const bwrap = [plan.bwrap, "--args", `${CHANNEL.args}`, "--", ...planCommand(plan)];
  const [program = plan.bwrap, ...args] = moves.length === 0 ? bwrap : hoistCommand(moves, plan.user, bwrap);
  const drop = process.geteuid?.() === 0 && moves.length === 0 ? plan.user : {};
  // SECURITY: S01. An empty environment; paths and files travel on descriptors. S02: never real uid 0 (libuv also clears the groups).
  const child = spawn(program, args, {
    ...drop,
    env: {},
    cwd: "/",
    detached: true,
    stdio: ["pipe", "pipe", "pipe", "pipe", "pipe", "pipe", "pipe"],
  });
  child.on("error", () => undefined); // told again by the missing pid
  // A box that fails early closes its ends; what matters then is its status, not our EPIPE.
  for (const stream of child.stdio) stream?.on("error", () => undefined);
  input(child, CHANNEL.args).end(
    planArgs(plan)
      .map((arg) => `${arg}\0`)
      .join(""),
  );
  input(child, CHANNEL.seccomp).end(seccompProgram(process.arch));
  return { child, status: output(child, CHANNEL.status), ready: output(child, CHANNEL.ready), made };
}

async function ready(running: Running, asked: BoxPlan, plan: BoxPlan): Promise<Box> {
  const { child } = running;
  const status = collectText(running.status);
  const report = collectText(running.ready);
  const timer = setTimeout(() => void child.kill("SIGKILL"), SETUP_MS);
  await report.done;
  clearTimeout(timer);
  if (!report.text().endsWith("ready\n")) return refuse(child, report.text());
  const init = processHandle(Number(/"child-pid":\s*(\d+)/.exec(status.text())?.[1]));
  const handle = processHandle(child.pid ?? 0);
  if (init === undefined || handle === undefined) return refuse(child, report.text());
  // Its filter is the last thing the inner first process sets: by then it holds the lock and dies with bwrap.
  while (!isFiltered(init.pid) && isAlive(init)) await pause(1);
  return hold({ running, asked, plan, status: status.text, report: report.text(), handle, init });
}

type Held = {
  running: Running;
  asked: BoxPlan;
  plan: BoxPlan;
  status: () => string;
  report: string;
  handle: ProcessHandle;
  init: ProcessHandle;
};

function hold(held: Held): Box {
  const { running, handle, init, asked, plan } = held;
  const { child } = running;
  let stopped: StopReason | undefined;
  const kill = async (reason: StopReason = "killed"): Promise<void> => {
    stopped ??= reason;
    child.stdin?.destroy();
    for (const process_ of [handle, init]) killExactly(process_);
    await exited;
  };
  const watch = startBoxWatch(plan, init, (reason) => void kill(reason));
  const exited = ended(child, init).then((signal): BoxEnd => {
    watch.stop();
    removeMountPoints(running.made);
    return boxEnd(held.status(), stopped, signal);
  });
  return {
    handle,
    init,
    limits: boundLimits(plan.limits, held.report),
    exited,
    kill,
    unprotected:
      asked.tree === undefined
        ? []
        : protectedInWritable(asked.tree).filter((path) => plan.tree?.protect.includes(path) !== true),
    stdin: child.stdin as Writable,
    stdout: child.stdout as Readable,
    stderr: child.stderr as Readable, // stdio is all pipes
    go: () => void child.stdin?.write(GO_LINE),
  };
}

function boxEnd(status: string, stopped: StopReason | undefined, signal: string | null): BoxEnd {
  const code = /"exit-code":\s*(\d+)/.exec(status)?.[1];
  if (stopped !== undefined) return { kind: "stopped", reason: stopped };
  if (code !== undefined) return { kind: "exited", code: Number(code) };
  return signal === null
    ? { kind: "setup_failed", detail: "bwrap ended without a status" }
    : { kind: "signaled", signal };
}

// bwrap first, then every process inside: the kernel ends them before the inner first process becomes a zombie.
async function ended(child: ChildProcess, init: ProcessHandle): Promise<string | null> {
  const signal = await new Promise<string | null>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.signalCode);
    else child.once("exit", (_code, why) => resolve(why));
  });
  while (isAlive(init)) await pause(1);
  return signal;
}

async function refuse(child: ChildProcess, report: string): Promise<never> {
  const said = child.stderr === null ? undefined : collectText(child.stderr);
  child.kill("SIGKILL");
  child.stdin?.destroy();
  await said?.done;
  const refused = /^refused (.*)$/m.exec(report)?.[1];
  const detail = refused ?? (said?.text().trim().slice(0, 2000) || "no answer from bwrap");
  const code =
    refused?.startsWith("descriptor") === true
      ? "BOX_DESCRIPTOR_LEAKED"
      : refused === undefined
        ? "BOX_SETUP_FAILED"
        : "BOX_LIMIT_REFUSED";
  throw new CesError(code, `the box could not be set up: ${detail}`, { remedy: "ces doctor" });
}

function collectText(stream: Readable): { readonly text: () => string; readonly done: Promise<void> } {
  let text = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    if (text.length < 65_536) text += chunk;
  });
  return {
    text: () => text,
    done: new Promise((resolve) => void (stream.closed ? resolve() : stream.once("close", () => resolve()))),
  };
}

function input(child: ChildProcess, fd: number): Writable {
  return child.stdio[fd] as Writable; // asked for as a pipe
}

function output(child: ChildProcess, fd: number): Readable {
  return child.stdio[fd] as Readable; // asked for as a pipe
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
