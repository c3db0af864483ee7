// Everything that fills up, from inside (S29): the box ends with its reason, the host keeps its reserve.
import { symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bwrapOrSkip } from "../../../../test/support/requirements.ts";
import { DEFAULT_LIMITS } from "../src/index.ts";
import type { BoxLimits, TreePlan } from "../src/index.ts";
import { measureFolders } from "../src/folder-usage.ts";
import { runBox, scratchPlan, scratchTree } from "./scratch-box.ts";

const MB = 1 << 20;
const LIMITS: BoxLimits = { ...DEFAULT_LIMITS, wall_ms: 20_000, disk_free_bytes: MB, memory_free_bytes: MB };

function all(): TreePlan {
  return { source: scratchTree({}), writable: [{ kind: "dir", path: "" }], protect: [], dependencies: [], scratch: [] };
}

describe.skipIf(bwrapOrSkip())("watching a box", () => {
  test.each<[string, string, Partial<BoxLimits>, string]>([
    ["sleeps", "sleep 30", { wall_ms: 300 }, "wall"],
    [
      "fills the tree",
      "while :; do dd if=/dev/zero of=$((i=i+1)) bs=1M count=4; done 2>/dev/null",
      { disk_bytes: 32 * MB },
      "disk_bytes",
    ],
    [
      "fills HOME",
      "cd; while :; do dd if=/dev/zero of=$((i=i+1)) bs=1M count=4; done 2>/dev/null",
      { disk_bytes: 32 * MB },
      "disk_bytes",
    ],
    ["makes many files", "while :; do mkdir $((i=i+1)); : >$i/f; done", { disk_inodes: 200 }, "disk_inodes"],
    ["digs too deep to be counted", "while mkdir d; do cd d; done 2>/dev/null; sleep 30", {}, "disk_hidden"],
    [
      "hides files in a locked folder",
      "mkdir d; cd d; chmod 0 .; sleep 30",
      {},
      process.geteuid?.() === 0 ? "wall" : "disk_hidden",
    ],
    ["leaves too little disk", "sleep 30", { disk_free_bytes: 2 ** 60 }, "disk_free"],
    ["leaves too little memory", "sleep 30", { memory_free_bytes: 2 ** 50 }, "memory_free"],
    ["eats memory", `exec perl -e '$x = "x" x (300 << 20); sleep 30'`, { memory_bytes: 100 * MB }, "memory"],
    [
      "eats memory in children",
      `for i in 1 2 3 4; do perl -e '$x = "x" x (40 << 20); sleep 30' & done; wait`,
      { memory_bytes: 100 * MB },
      "memory",
    ],
  ])("a box that %s is stopped", async (_name, script, limits, reason) => {
    const wall = reason === "wall" ? { wall_ms: 1000 } : {};
    const run = await runBox(scratchPlan(script, { tree: all(), limits: { ...LIMITS, ...wall, ...limits } }));
    expect(run.end).toEqual({ kind: "stopped", reason });
  });

  test("one file, /tmp, /dev/shm and a memory HOME are bounded by the kernel", async () => {
    const limits = { ...LIMITS, file_bytes: 2 * MB, tmp_bytes: 4 * MB, shm_bytes: MB };
    const script =
      "fill() { i=0; while [ $i -lt 12 ]; do dd if=/dev/zero of=$1/$i bs=1M count=1 || break; i=$((i+1)); done 2>/dev/null; du -sk $1 | cut -f1; rm -f $1/*; }; dd if=/dev/zero of=big bs=1M count=8 2>/dev/null; stat -c %s big; fill /tmp; fill /dev/shm; fill /home/agent";
    const run = await runBox(scratchPlan(script, { tree: all(), limits, home: { kind: "tmpfs", bytes: 3 * MB } }));
    expect(run.out.trim().split("\n").map(Number)).toEqual([2 * MB, 4096, 1024, 3072]);
  });

  test("counting follows no link and stops once it knows enough", async () => {
    const source = scratchTree({ "a/one": "x".repeat(5000), "b/two": "y" });
    symlinkSync("/usr", `${source}/usr`);
    const whole = await measureFolders([source], { disk_bytes: 2 ** 40, disk_inodes: 2 ** 30 });
    expect([whole.inodes, whole.hidden]).toEqual([5, 0]);
    expect((await measureFolders([source], { disk_bytes: 2 ** 40, disk_inodes: 1 })).inodes).toBe(2);
    expect((await measureFolders([`${source}/usr`], { disk_bytes: 2 ** 40, disk_inodes: 2 ** 30 })).inodes).toBe(0);
  });
});
