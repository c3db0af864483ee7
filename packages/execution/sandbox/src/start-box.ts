// Starts one box and holds it until no process of it is left. What is handed back can be recorded before anything of the
// command has run (S18).
import type { ChildProcess } from "node:child_process";
import { Readable, Writable } from "node:stream";
import { checkPlan } from "./bind-source.ts";
import { boundLimits } from "./bound-limits.ts";
import type { BoundLimit } from "./bound-limits.ts";
import { writeBoxFiles } from "./box-root.ts";
import { killExactly } from "./kill-exactly.ts";
import { buildBox } from "./launch-box.ts";
import type { BoxEnds, ReadyBox } from "./launch-box.ts";
import { bindableProtected, makeMountPoints, protectedInWritable, removeMountPoints } from "./mount-points.ts";
import type { MadePlace } from "./mount-points.ts";
import { pause } from "./pause.ts";
import type { BoxPlan } from "./plan.ts";
import { isAlive } from "./process-facts.ts";
import type { ProcessHandle } from "./process-facts.ts";
import { GO_LINE } from "./start-script.ts";
import { startBoxWatch } from "./watch-box.ts";
import type { StopReason } from "./watch-box.ts";

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
  /** Leads nowhere when the plan's `goOn` is set: then the command has its own. */
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

/**
 * Builds the walls of `plan` and starts the waiting first process. Throws CesError of `checkPlan` and `makeMountPoints`, or
 * `BOX_SETUP_FAILED` (what bwrap said), `BOX_DESCRIPTOR_LEAKED` (S14), `BOX_LIMIT_REFUSED`. Nothing is left behind then.
 * `ends` join it to other boxes; its `stdin` needs `goOn: "channel"`.
 */
export async function startBox(asked: BoxPlan, ends: BoxEnds = {}): Promise<Box> {
  checkPlan(asked);
  const made = makeMountPoints(asked);
  try {
    const kept = keepExisting(asked);
    writeBoxFiles(kept);
    return hold({ ready: await buildBox(kept, ends), asked, plan: kept, made });
  } catch (error) {
    removeMountPoints(made);
    throw error;
  }
}

function keepExisting(plan: BoxPlan): BoxPlan {
  return plan.tree === undefined ? plan : { ...plan, tree: { ...plan.tree, protect: bindableProtected(plan.tree) } };
}

type Held = { ready: ReadyBox; asked: BoxPlan; plan: BoxPlan; made: readonly MadePlace[] };

function hold(held: Held): Box {
  const { asked, plan } = held;
  const { child, handle, init } = held.ready;
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
    removeMountPoints(held.made);
    return boxEnd(held.ready.status(), stopped, signal);
  });
  return {
    handle,
    init,
    limits: boundLimits(plan.limits, held.ready.report),
    exited,
    kill,
    unprotected:
      asked.tree === undefined
        ? []
        : protectedInWritable(asked.tree).filter((path) => plan.tree?.protect.includes(path) !== true),
    stdin: child.stdin ?? new Writable({ write: (_chunk, _encoding, done) => done() }),
    stdout: child.stdout ?? Readable.from([]),
    stderr: child.stderr as Readable, // stdio is all pipes
    go: () => {
      if (plan.goOn === undefined) child.stdin?.write(GO_LINE);
      else held.ready.channel.end(GO_LINE);
    },
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
