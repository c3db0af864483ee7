// One writer of the journal, although Node has no file locks: a lock is a file `trash-lock.<n>` that names its owner, and the
// next one is taken by linking `<n+1>` into place. A dead owner is found by process, start and boot, so SIGKILL blocks nobody.
import { closeSync, linkSync, readFileSync, readdirSync, readlinkSync, rmSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { CesError, type Clock, type Random } from "@ces/kernel";
import { byteText } from "./byte-text.ts";
import { codeOf, createAt, openAbsolute, writeWhole } from "./open-below.ts";

/** A lock that is held. */
export type WriterLock = { readonly release: () => void };

/** What waiting needs. `wait_ms`: how long somebody else may hold it. */
export type LockWait = { readonly clock: Clock; readonly random: Random; readonly wait_ms: number };

type Owner = { readonly pid: number; readonly started: string; readonly boot: string; readonly space: string };

const PREFIX = "trash-lock.";
/** An owner in another process name space cannot be looked at; after this long it is taken for dead. */
const FOREIGN_OWNER_MS = 600_000;

/** Takes the lock of a folder of ours. Throws CesError TRASH_BUSY when somebody else holds it for too long. */
export function takeWriterLock(directory: string, wait: LockWait): WriterLock {
  const until = wait.clock.monotonicMs() + wait.wait_ms;
  for (let pause = 1; ; pause = Math.min(pause * 2, 20)) {
    const taken = tryOnce(directory, wait);
    if (taken !== undefined) return { release: () => release(taken) };
    if (wait.clock.monotonicMs() >= until) throw busy();
    sleep(pause);
  }
}

// INVARIANT: the highest number is never removed, so whoever links a lower one late sees a higher one and gives way.
function tryOnce(directory: string, wait: LockWait): string | undefined {
  const highest = Math.max(0, ...generations(directory));
  if (highest > 0 && isHeld(join(directory, `${PREFIX}${highest}`), wait.clock)) return undefined;
  const mine = highest + 1;
  const path = join(directory, `${PREFIX}${mine}`);
  if (!linkOwner(directory, path, wait.random)) return undefined;
  // Twice: a listing may miss a number that comes while another one goes.
  const now = [...generations(directory), ...generations(directory)];
  if (now.some((n) => n > mine)) {
    rmSync(path, { force: true });
    return undefined;
  }
  for (const n of now) if (n < mine) tidy(join(directory, `${PREFIX}${n}`));
  return path;
}

// Emptied, so that the number stays taken. If even that fails, our end frees it.
function release(path: string): void {
  try {
    truncateSync(path, 0);
  } catch {
    tidy(path);
  }
}

// What is left behind is removed by the next one.
function tidy(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Nothing depends on it.
  }
}

function generations(directory: string): readonly number[] {
  return readdirSync(directory).flatMap((name) => {
    const digits = /^trash-lock\.(\d{1,15})$/.exec(name)?.[1];
    return digits === undefined ? [] : [Number(digits)];
  });
}

// The owner's words appear with the name, by a link: an empty lock file can only be a released one.
function linkOwner(directory: string, path: string, random: Random): boolean {
  const name = `.lock-${Buffer.from(random(8)).toString("hex")}`;
  const folder = openAbsolute(byteText(directory));
  try {
    const fd = createAt({ folder, name: byteText(name) }, 0o600);
    writeWhole(fd, Buffer.from(JSON.stringify(ourselves())));
    closeSync(fd);
    linkSync(join(directory, name), path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    closeSync(folder);
    tidy(join(directory, name));
  }
}

function isHeld(path: string, clock: Clock): boolean {
  const owner = readOwner(path);
  if (owner === undefined || owner.boot !== bootId()) return false;
  if (owner.space === processSpace()) return startOf(owner.pid) === owner.started;
  const age = clock.epochMs() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return age < FOREIGN_OWNER_MS;
}

function readOwner(path: string): Owner | undefined {
  try {
    const read: Owner = JSON.parse(readFileSync(path, "utf8"));
    return typeof read.pid === "number" ? read : undefined;
  } catch {
    return undefined;
  }
}

function ourselves(): Owner {
  return { pid: process.pid, started: startOf(process.pid) ?? "", boot: bootId(), space: processSpace() };
}

function bootId(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}

function processSpace(): string {
  return readlinkSync("/proc/self/ns/pid");
}

// proc(5): field 22, counted behind the command's closing parenthesis. A zombie has ended.
function startOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function busy(): CesError {
  return new CesError("TRASH_BUSY", "another command has been writing to the trash for too long", {
    remedy: "wait for it to end, then run the command again",
  });
}
