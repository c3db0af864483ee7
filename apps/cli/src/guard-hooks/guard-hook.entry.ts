// The hook as a process of its own: one call in, one answer out. Small and quick: it stands before every tool of a session.
// Started from this file, or from a snapshot that `ces guard install` made of it (install/hook-snapshot.ts).
import { lstatSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import {
  answerInput,
  type EntryStamp,
  type HookAnswer,
  MAX_INPUT,
  proveGuard,
  readInputSync,
  SNAPSHOT_HOOK,
  type SnapshotParts,
  warmGuard,
} from "@ces/hooks";
import { hookParts, programsOf } from "./hook-parts.ts";

let stamp: EntryStamp | undefined;

function main(): never {
  const [, entry = "", host = ""] = process.argv;
  const input = readInputSync(0, MAX_INPUT);
  if (stamp !== undefined && !isStill(entry, stamp)) return say(askFile(entry, host, input));
  const dist = dirname(entry);
  return say(
    answerInput(host, input, {
      around: { env: process.env, programs: programsOf(dist) },
      parts: hookParts(process.env, dist),
    }),
  );
}

// CES was built anew since the snapshot was made: its rules may be others. Slower, and right.
function isStill(entry: string, { size, mtime }: EntryStamp): boolean {
  const now = lstatSync(entry, { throwIfNoEntry: false });
  return now?.size === size && now.mtimeMs === mtime;
}

function askFile(entry: string, host: string, input: Uint8Array | string): HookAnswer {
  const { spawnSync } = process.getBuiltinModule("node:child_process");
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, host], {
    input: typeof input === "string" ? "" : input,
    encoding: "utf8",
    env: process.env,
  });
  if (status === 0) return { stdout, stderr, exit: 0 };
  return {
    stdout: "",
    stderr: stderr || "ces guard: the guard could not be asked, so nothing runs [HOOK_FAULT]\n",
    exit: 2,
  };
}

// INVARIANT: an answer that did not arrive whole must not end with 0.
function say({ stdout, stderr, exit }: HookAnswer): never {
  try {
    writeAll(1, stdout);
    writeAll(2, stderr);
  } catch {
    process.exit(2);
  }
  process.exit(exit);
}

function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text, "utf8");
  for (let at = 0; at < bytes.length;) at += writeSome(fd, bytes.subarray(at));
}

// A pipe of the host's may be full and not block: wait for it; the line that started us ends the wait.
function writeSome(fd: number, bytes: Uint8Array): number {
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    return 0;
  }
}

const builder: unknown = Reflect.get(globalThis, SNAPSHOT_HOOK);
const snapshot: SnapshotParts = { main, prove: proveGuard, warm: warmGuard, of: (given) => void (stamp = given) };
if (typeof builder === "function") builder(snapshot);
else main();
