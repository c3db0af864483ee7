// Who holds a lock, so that the next one can see whether that still runs: boot, name space of process ids, thread and its start. A thread,
// not a process: of two workers of one process only one may write, and a worker that was ended blocks nobody.
import { readFileSync, readlinkSync } from "node:fs";

/** A thread as others can look it up. `task` is `<pid>/task/<tid>` below `/proc`; `started` in clock ticks since the boot. */
export type LockOwner = {
  readonly task: string;
  readonly started: string;
  readonly boot: string;
  /** The name space that the numbers are of. */
  readonly space: string;
};

/** The thread that runs this. */
export function thisThread(): LockOwner {
  // A synchronous call is made by the thread that runs the script, whatever pool node has besides.
  const task = readlinkSync("/proc/thread-self");
  return { task, started: startOf(task) ?? "", boot: bootId(), space: processSpace() };
}

/** The owner that a lock names; undefined for an empty or damaged one, which nobody holds. */
export function readLockOwner(path: string): LockOwner | undefined {
  try {
    const read: Partial<LockOwner> = JSON.parse(readFileSync(path, "utf8"));
    const { task = "", started = "", boot = "", space = "" } = read;
    return /^\d+\/task\/\d+$/.test(task) ? { task, started, boot, space } : undefined;
  } catch {
    return undefined;
  }
}

/** `dead` for sure, `alive` for sure, or in another name space, where nobody here can look. */
export function lifeOf(owner: LockOwner): "alive" | "dead" | "out_of_sight" {
  if (owner.boot !== bootId()) return "dead";
  if (owner.space !== processSpace()) return "out_of_sight";
  return startOf(owner.task) === owner.started ? "alive" : "dead";
}

function bootId(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}

function processSpace(): string {
  return readlinkSync("/proc/self/ns/pid");
}

// proc(5): field 22, counted behind the command's closing parenthesis. A zombie has ended.
function startOf(task: string): string | undefined {
  try {
    const text = readFileSync(`/proc/${task}/stat`, "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
