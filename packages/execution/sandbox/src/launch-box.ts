// bwrap with an empty environment, everything it needs on descriptors it closes itself, up to the moment when the first
// process inside waits for `go`.
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Duplex, Readable, Writable } from "node:stream";
import { CesError, isCesError } from "@ces/kernel";
import { hoist, hoistCommand } from "./hoist.ts";
import type { Hoisted } from "./hoist.ts";
import { pause } from "./pause.ts";
import { CHANNEL } from "./plan.ts";
import type { BoxPlan } from "./plan.ts";
import { planArgs, planCommand } from "./plan-args.ts";
import { isAlive, isFiltered, processHandle } from "./process-facts.ts";
import type { ProcessHandle } from "./process-facts.ts";
import { seccompProgram } from "./seccomp-program.ts";

// bwrap on its way. `status` reads what it has told so far, as JSON lines.
type LaunchedBox = { readonly child: ChildProcess; readonly ready: Duplex; readonly status: () => string };

/** Descriptors of ours that the command is given instead of streams to us; closed by whoever opened them, after the start. */
export type BoxEnds = { readonly stdin?: number; readonly stdout?: number };

/** A box whose first process waits; `report` is what the start script found. */
export type ReadyBox = {
  readonly child: ChildProcess;
  readonly status: () => string;
  readonly report: string;
  readonly handle: ProcessHandle;
  /** Where the start line goes when the plan says so. */
  readonly channel: Writable;
  readonly init: ProcessHandle;
};

const SETUP_MS = 20_000;

const NSENTER = "/usr/bin/nsenter";

const TRIES = 3;

/**
 * Starts bwrap for a checked plan whose files and mount points exist, and waits until the first process waits. A descriptor
 * that another thread of ours had open for an instant (node loading certificates) may have come along: that box is dropped and
 * another one tried; one that stays is refused (S14). Throws CesError `BOX_SETUP_FAILED`, `BOX_DESCRIPTOR_LEAKED`, `BOX_LIMIT_REFUSED`.
 */
export async function buildBox(plan: BoxPlan, ends: BoxEnds): Promise<ReadyBox> {
  const hoisted = hoist(plan);
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      return await readyBox(launchBox(hoisted, ends));
    } catch (error) {
      if (left === 0 || !isCesError(error, "BOX_DESCRIPTOR_LEAKED")) throw error;
      await pause(20);
    }
  }
}

function launchBox({ plan, moves }: Hoisted, ends: BoxEnds): LaunchedBox {
  const bwrap = [...enterRoom(plan), plan.bwrap, "--args", `${CHANNEL.args}`, "--", ...planCommand(plan)];
  const [program = plan.bwrap, ...args] = moves.length === 0 ? bwrap : hoistCommand(moves, plan.user, bwrap);
  const drop = process.geteuid?.() === 0 && moves.length === 0 ? plan.user : {};
  // A file, not a pipe: with our end gone, bwrap would die writing it between clone and go-ahead, and leave a half-built
  // first process that waits for ever (S18). Nothing inside can reach it: bwrap keeps the descriptor to itself.
  const statusFile = join(plan.root, "status");
  const status = openSync(statusFile, "w", 0o600);
  const shell = plan.startShell === undefined ? undefined : openSync("/bin/sh", "r");
  const stdin = plan.goOn === undefined ? "pipe" : (ends.stdin ?? "ignore");
  const sealed = (plan.sealed ?? []).map((): "pipe" => "pipe");
  // SECURITY: S01. An empty environment; paths and files travel on descriptors. S02: never real uid 0 (libuv also clears the groups).
  const child = spawn(program, args, {
    ...drop,
    env: {},
    cwd: "/",
    detached: true,
    stdio: [stdin, ends.stdout ?? "pipe", "pipe", "pipe", "pipe", status, "pipe", shell ?? "ignore", ...sealed],
  });
  closeSync(status);
  if (shell !== undefined) closeSync(shell);
  child.on("error", () => undefined); // told again by the missing pid
  // A box that fails early closes its ends; what matters then is its status, not our EPIPE.
  for (const stream of child.stdio) stream?.on("error", () => undefined);
  hand(child, plan);
  const ready = stdio(child, CHANNEL.ready) as Duplex;
  return { child, ready, status: () => readFileSync(statusFile, "utf8") };
}

// SECURITY: the loopback of a net room is joined as the user the box runs as; it makes the box's own name spaces inside it.
function enterRoom({ network }: BoxPlan): readonly string[] {
  if (network?.kind !== "room") return [];
  return [NSENTER, "--user", "--net", "--preserve-credentials", "--target", `${network.pid}`, "--"];
}

// Each was asked for as a pipe; the types know the first five only.
function stdio(child: ChildProcess, fd: number): unknown {
  return child.stdio[fd];
}

function hand(child: ChildProcess, plan: BoxPlan): void {
  const input = (fd: number): Writable => stdio(child, fd) as Writable;
  const args = planArgs(plan).map((arg) => `${arg}\0`);
  input(CHANNEL.args).end(args.join(""));
  input(CHANNEL.seccomp).end(seccompProgram(process.arch));
  plan.sealed?.forEach((file, at) => input(CHANNEL.first_sealed + at).end(file.bytes));
}

async function readyBox(launched: LaunchedBox): Promise<ReadyBox> {
  const { child, status } = launched;
  const report = collectText(launched.ready);
  const timer = setTimeout(() => killGroup(child), SETUP_MS);
  // Right after `exit` node throws away what nobody has listened for; a box that stands keeps its words for the caller.
  const complaint = lazily(() => collectText(child.stderr as Readable));
  child.once("exit", complaint);
  await report.said;
  clearTimeout(timer);
  if (!report.text().endsWith("ready\n")) return refuse(child, report.text(), complaint());
  child.off("exit", complaint);
  const init = processHandle(Number(/"child-pid":\s*(\d+)/.exec(status())?.[1]));
  const handle = processHandle(child.pid ?? 0);
  if (init === undefined || handle === undefined) return refuse(child, report.text(), complaint());
  // Its filter is the last thing the inner first process sets: by then it holds the lock and dies with bwrap.
  while (!isFiltered(init.pid) && isAlive(init)) await pause(1);
  return { child, status, report: report.text(), handle, init, channel: launched.ready };
}

async function refuse(child: ChildProcess, report: string, said: CollectedText): Promise<never> {
  killGroup(child);
  child.stdin?.destroy();
  await said.done;
  const refused = /^refused (.*)$/m.exec(report)?.[1];
  const detail = refused ?? (said.text().trim().slice(0, 2000) || "no answer from bwrap");
  throw new CesError(refusalCode(refused), `the box could not be set up: ${detail}`, { remedy: "ces doctor" });
}

function refusalCode(refused: string | undefined): string {
  if (refused === undefined) return "BOX_SETUP_FAILED";
  return refused.startsWith("descriptor") ? "BOX_DESCRIPTOR_LEAKED" : "BOX_LIMIT_REFUSED";
}

// bwrap leads a group of its own; a first process that is not finished is still in it. Not reaped yet, so the number is ours.
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nobody left.
  }
}

// `done`: the stream is closed. `said`: it is, or the last line so far is `ready`.
type CollectedText = {
  readonly text: () => string;
  readonly said: Promise<void>;
  readonly done: Promise<void>;
};

function lazily<Of>(make: () => Of): () => Of {
  let made: Of | undefined;
  return () => (made ??= make());
}

function collectText(stream: Readable): CollectedText {
  let text = "";
  const done = new Promise<void>((resolve) => void (stream.closed ? resolve() : stream.once("close", resolve)));
  const ready = new Promise<void>((resolve) => {
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      if (text.length < 65_536) text += chunk;
      if (text.endsWith("ready\n")) resolve();
    });
  });
  return { text: () => text, said: Promise.race([ready, done]), done };
}
