// The watch itself must be able to say no: a survivor of a session of its own, whose parent is gone, is seen.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { commandsWith, watchDescendants } from "../../support/e2e/process-watch.ts";

test("a process that outlives its parent is reported alive until it is ended", async () => {
  const parent = spawn("sh", ["-c", "setsid sleep 300.0451 & echo $!; sleep 0.3"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const watch = watchDescendants(parent.pid ?? 0);
  const [printed] = (await once(parent.stdout, "data")) as [Buffer];
  await once(parent, "exit");
  expect(watch.alive()).toEqual([expect.stringContaining("sleep 300.0451")]);
  expect(commandsWith("sleep 300.0451")).toHaveLength(1);
  process.kill(Number(printed.toString()), "SIGKILL");
  await expect.poll(() => watch.alive()).toEqual([]);
  expect(commandsWith("sleep 300.0451")).toEqual([]);
  watch.stop();
});
