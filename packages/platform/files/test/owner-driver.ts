// Holds a lock in a process of its own: `node owner-driver.ts FOLDER COUNTER TIMES`, or with TIMES `hold` until it is killed.
import { readFileSync, writeFileSync, writeSync } from "node:fs";
import { workerData } from "node:worker_threads";
import { withOwnerLock } from "@ces/files";

const [folder = "", counter = "", times = "1"] = (workerData as string[] | null) ?? process.argv.slice(2);
if (times === "hold")
  withOwnerLock(folder, () => {
    writeSync(1, "held\n");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
  });
// Not atomic on purpose: two at once would lose one.
for (let i = 0; i < Number(times); i += 1)
  withOwnerLock(folder, () => writeFileSync(counter, String(Number(readFileSync(counter, "utf8")) + 1)));
