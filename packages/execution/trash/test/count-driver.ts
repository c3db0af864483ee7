// A process that marks a line under the lock, many times. argv: folder, how often. Its mark says that it is inside; whoever sees
// the mark of another living process inside has found a clash.
import { appendFileSync, mkdirSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { takeWriterLock } from "../src/writer-lock.ts";

const [dir = "", times = "0"] = process.argv.slice(2);
const clock = { now: () => "", epochMs: () => Date.now(), monotonicMs: () => performance.now() };
const mark = join(dir, "inside", String(process.pid));

for (let i = 0; i < Number(times); i += 1) {
  const lock = takeWriterLock(join(dir, "lock"), { clock, random: (n) => randomBytes(n), wait_ms: 30_000 });
  mkdirSync(mark);
  for (const other of readdirSync(join(dir, "inside")))
    if (other !== String(process.pid) && isAlive(other)) writeFileSync(join(dir, "clash"), `${process.pid} ${other}`);
  appendFileSync(join(dir, "log"), "x\n");
  rmdirSync(mark);
  lock.release();
  if (i === 3) process.stdout.write("begun");
}

function isAlive(pid: string): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
}
