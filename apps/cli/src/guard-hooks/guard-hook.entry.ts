// The hook as a process of its own: one call in, one answer out. Small and quick: it stands before every tool of a session.
// Started from this file, or from a snapshot that `ces guard install` made of it (install/hook-snapshot.ts).
import { closeSync, fstatSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import {
  answerInput,
  type EntryStamp,
  type GuardParts,
  type HookAnswer,
  MAX_INPUT,
  type OpenEntry,
  readInputSync,
  SNAPSHOT_HOOK,
  type SnapshotParts,
  warmGuard,
} from "@ces/hooks";
import { hookParts, programsOf } from "./hook-parts.ts";

let stamp: EntryStamp | undefined;

function main(opened: OpenEntry): never {
  const [, entry = "", host = ""] = process.argv;
  const input = readInputSync(0, MAX_INPUT);
  if (stamp !== undefined) {
    opened.fd = openStill(entry, stamp);
    if (opened.fd === null) return say(askFile(entry, host, input));
  }
  return say(answerFrom(entry, host, input));
}

function answerFrom(entry: string, host: string, input: Uint8Array | string): HookAnswer {
  const dist = dirname(entry);
  const around = { env: process.env, programs: programsOf(dist) };
  return answerInput(host, input, { around, parts: hookParts(process.env, dist) });
}

// With the home and the log of whoever builds the snapshot; nothing is copied aside there.
function warm(entry: string): void {
  const dist = dirname(entry);
  const around = { env: process.env, programs: programsOf(dist) };
  const parts: GuardParts = { ...hookParts(process.env, dist), rescue: () => ({ kind: "kept" }) };
  const nowhere = openSync("/dev/null", "w");
  warmGuard(process.env["HOME"] ?? "/", (host, input) => {
    const answer = answerInput(host, input, { around, parts });
    writeAll(nowhere, answer.stdout);
    return answer;
  });
  closeSync(nowhere);
}

// CES was built anew since the snapshot was made: its rules may be others, and its parts are elsewhere. Slower, and right.
function openStill(entry: string, { size, mtime }: EntryStamp): number | null {
  try {
    const fd = openSync(entry, "r");
    const now = fstatSync(fd);
    if (now.size === size && now.mtimeMs === mtime) return fd;
    closeSync(fd);
    return null;
  } catch {
    return null;
  }
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
const snapshot: SnapshotParts = { main, warm, of: (given) => void (stamp = given) };
if (typeof builder === "function") builder(snapshot);
else main({ fd: null });
