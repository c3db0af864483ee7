// One at a time, although Node has no file locks: a lock is a folder of numbered files, the highest of which names who holds it, and the next
// one is taken by linking the next number into place. A dead owner is found by its thread, start and boot, so SIGKILL blocks nobody.
import { linkSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { CesError } from "@ces/kernel";
import { lifeOf, readLockOwner, thisThread } from "./lock-owner.ts";
import { ownedDirectory } from "./owned-directory.ts";

/** How long others may hold it before the one who waits gives up; 30 s unless told. */
export type LockPatience = { readonly wait_ms?: number };

/** An owner in another name space of processes cannot be looked at; after this long it is taken for dead. */
const OUT_OF_SIGHT_MS = 600_000;

/** Runs `work` alone among all processes and threads that name this folder (absolute; made if missing, 0700). Throws CesError `STATE_BUSY`, `STATE_UNSAFE`, and what `work` throws. */
export function withOwnerLock<T>(folder: string, work: () => T, { wait_ms = 30_000 }: LockPatience = {}): T {
  ownedDirectory(folder);
  const held = take(folder, Date.now() + wait_ms);
  try {
    return work();
  } finally {
    release(held);
  }
}

function take(folder: string, until: number): string {
  for (let pause = 1; ; pause = Math.min(pause * 2, 20)) {
    const taken = tryOnce(folder);
    if (taken !== undefined) return taken;
    if (Date.now() >= until)
      throw new CesError("STATE_BUSY", `\`${folder}\` has been held by another command for too long`, {
        remedy: "wait for it to end, then run the command again",
      });
    // Not all at once again.
    sleep(pause * (0.5 + Math.random()));
  }
}

// INVARIANT: the highest number is never removed, so whoever links a lower one late sees a higher one and gives way.
function tryOnce(folder: string): string | undefined {
  const highest = Math.max(0, ...numbers(folder));
  if (highest > 0 && isHeld(join(folder, String(highest)))) return undefined;
  const mine = highest + 1;
  const path = join(folder, String(mine));
  if (!linkOwner(folder, path)) return undefined;
  // Twice: a listing may miss a number that comes while another one goes.
  const now = [...numbers(folder), ...numbers(folder)];
  if (now.some((n) => n > mine)) {
    rmSync(path, { force: true });
    return undefined;
  }
  for (const n of now) if (n < mine) rmSync(join(folder, String(n)), { force: true });
  return path;
}

// Emptied, so that the number stays taken. If even that fails, our end frees it.
function release(path: string): void {
  try {
    truncateSync(path, 0);
  } catch {
    rmSync(path, { force: true });
  }
}

function numbers(folder: string): readonly number[] {
  return readdirSync(folder).flatMap((name) => (/^\d{1,15}$/.test(name) ? [Number(name)] : []));
}

// The owner's words appear with the name, by a link: an empty lock can only be a released one.
function linkOwner(folder: string, path: string): boolean {
  const own = join(folder, `.${randomBytes(8).toString("hex")}`);
  try {
    writeFileSync(own, JSON.stringify(thisThread()), { flag: "wx", mode: 0o600 });
    linkSync(own, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function isHeld(path: string): boolean {
  const owner = readLockOwner(path);
  if (owner === undefined) return false;
  const life = lifeOf(owner);
  if (life !== "out_of_sight") return life === "alive";
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < OUT_OF_SIGHT_MS;
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
