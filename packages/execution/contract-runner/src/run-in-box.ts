// One command in its boxes: a box per segment, joined by pipes of the kernel, one clock, one bound on memory, one look before and after.
// Order is everything here: nothing is started before all of it stands, was compared, and the approval is spent.
import {
  openResourceGroup,
  processTree,
  startBox,
  type Box,
  type BoxEnd,
  type BoxPlan,
  type ResourceGroup,
} from "@ces/sandbox";
import { captureStreams, type Captured } from "./capture-stream.ts";
import { EXIT } from "./command-outcome.ts";
import { confirmBox, type Expected } from "./confirm-box.ts";
import { closePipes, kernelPipes, type KernelPipe } from "./kernel-pipe.ts";

/** The boxes of a command and what must be in each of them. */
export type BoxedCommand = {
  readonly plans: readonly BoxPlan[];
  readonly expected: readonly Expected[];
  readonly timeout_ms: number;
  /** Bytes kept of standard output and standard error. */
  readonly keep: { readonly stdout: number; readonly stderr: number };
  /** Called once, when all boxes wait. A throw ends them, and nothing was started. */
  readonly beforeStart: () => void;
  readonly signal?: AbortSignal;
};

/** How the segments ended. `why` is set when the runner ended them. */
export type BoxedEnd = {
  readonly codes: readonly number[];
  readonly why?: string;
  readonly stdout: Captured;
  readonly stderr: Captured;
  readonly held: readonly string[];
  readonly not_held: readonly string[];
};

/** Runs them. Throws CesError as `startBox` and `confirmBox`, and whatever `beforeStart` throws. */
export async function runInBoxes(command: BoxedCommand): Promise<BoxedEnd> {
  const pipes = kernelPipes(command.plans.length - 1);
  const boxes: Box[] = [];
  const group = groupFor(command.plans);
  try {
    await startAll(command.plans, pipes, boxes);
    boxes.forEach((box, at) => confirmBox(box, command.expected[at] ?? { grants: [], programs: [] }));
    // The innermost process is the one that becomes the command; everything it starts is in the group as well.
    for (const box of boxes) group.join(processTree(box.init.pid).at(-1) ?? box.init.pid);
    command.beforeStart();
    return await runToEnd(boxes, group, command);
  } finally {
    await Promise.all(boxes.map((box) => box.kill()));
    await group.close();
  }
}

function groupFor(plans: readonly BoxPlan[]): ResourceGroup {
  const [first] = plans;
  const limits = first?.limits ?? { memory_bytes: 0, processes: 0 };
  return openResourceGroup(first?.run ?? "none", {
    memory_bytes: limits.memory_bytes,
    processes: limits.processes * plans.length,
  });
}

async function startAll(plans: readonly BoxPlan[], pipes: readonly KernelPipe[], boxes: Box[]): Promise<void> {
  try {
    for (const [at, plan] of plans.entries()) {
      const [before, after] = [pipes[at - 1], pipes[at]];
      boxes.push(
        await startBox(plan, {
          ...(before === undefined ? {} : { stdin: before.read }),
          ...(after === undefined ? {} : { stdout: after.write }),
        }),
      );
    }
  } finally {
    // From now on a pipe ends when the boxes at its ends do.
    closePipes(pipes);
  }
}

async function runToEnd(boxes: readonly Box[], group: ResourceGroup, command: BoxedCommand): Promise<BoxedEnd> {
  const stdout = captureStreams(
    boxes.slice(-1).map((box) => box.stdout),
    command.keep.stdout,
  );
  const stderr = captureStreams(
    boxes.map((box) => box.stderr),
    command.keep.stderr,
  );
  let why: string | undefined;
  const stop = (reason: string): void => {
    why ??= reason;
    for (const box of boxes) void box.kill();
  };
  const timer = setTimeout(() => stop(TIMED_OUT), command.timeout_ms);
  const aborted = (): void => stop(INTERRUPTED);
  command.signal?.addEventListener("abort", aborted, { once: true });
  // The reader waits before the writer writes.
  for (const box of boxes.toReversed()) box.go();
  const ends = await Promise.all(boxes.map((box) => box.exited));
  clearTimeout(timer);
  command.signal?.removeEventListener("abort", aborted);
  await Promise.all([stdout.done, stderr.done]);
  why ??= ends.map(stopReason).find((reason) => reason !== undefined);
  const codes = ends.map((end) => exitOf(end, why));
  if (why === undefined && group.memoryKills() > 0) why = "the command used more memory than it may";
  const limits = boxes[0]?.limits ?? [];
  return {
    codes,
    ...(why === undefined ? {} : { why }),
    stdout: stdout.captured(),
    stderr: stderr.captured(),
    held: [
      ...limits.filter(({ held_by }) => held_by === "kernel").map(({ name }) => name),
      ...group.held.map((name) => `${name} of all processes together`),
    ],
    not_held: [
      ...limits
        .filter(({ name, held_by }) => held_by === "watcher" && !(name === "memory_bytes" && group.held.includes(name)))
        .map(({ name }) => `${name}: watched, and ended when passed`),
      ...(group.held.length === 0 ? ["memory and processes of all together: no control group can be made here"] : []),
    ],
  };
}

/** What the receipt says of a command that took too long. */
export const TIMED_OUT = "the command ran longer than it may";

/** What the receipt says when the person gave up. */
export const INTERRUPTED = "the run was interrupted";

function stopReason(end: BoxEnd): string | undefined {
  if (end.kind === "stopped")
    return end.reason === "wall"
      ? TIMED_OUT
      : end.reason === "killed"
        ? undefined
        : `the command was ended: ${end.reason}`;
  return end.kind === "signaled" ? `the box was ended from outside by ${end.signal}` : undefined;
}

function exitOf(end: BoxEnd, why: string | undefined): number {
  if (end.kind === "exited") return end.code;
  if (why === TIMED_OUT) return EXIT.timeout;
  return why === INTERRUPTED ? EXIT.interrupted : EXIT.killed;
}
