// From start to end: nothing runs before `go`, nothing outlives its driver, and only the recorded process is ever killed.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { bwrapOrSkip } from "../../../../test/support/requirements.ts";
import { bootId, isAlive, killRecordedBox, processHandle, startBox } from "../src/index.ts";
import { boxProcesses, isInside, sweepBox } from "../src/box-strays.ts";
import { processTree } from "../src/process-facts.ts";
import { finish, readAll, runBox, scratchFolder, scratchPlan } from "./scratch-box.ts";

describe.skipIf(bwrapOrSkip())("the life of a box", () => {
  test.each([
    ["exit 0", { kind: "exited", code: 0 }],
    ["exit 7", { kind: "exited", code: 7 }],
    ["kill -9 $$", { kind: "exited", code: 137 }],
    ["exec /nowhere", { kind: "exited", code: 127 }],
  ])("`%s` ends as %j", async (script, end) => {
    expect((await runBox(scratchPlan(script))).end).toEqual(end);
  });

  test("limits are read back, and all of them hold", async () => {
    const box = await startBox(
      scratchPlan("ulimit -c; ulimit -n; ulimit -f; ulimit -c unlimited 2>/dev/null; ulimit -c"),
    );
    expect(box.limits.filter((limit) => !limit.bound)).toEqual([]);
    expect(box.limits.map((limit) => `${limit.name} ${limit.held_by}`)).toEqual([
      "core_bytes kernel",
      "file_bytes kernel",
      "open_files kernel",
      "processes kernel",
      "tmp_bytes kernel",
      "shm_bytes kernel",
      "wall_ms watcher",
      "disk_bytes watcher",
      "disk_inodes watcher",
      "disk_free_bytes watcher",
      "memory_free_bytes watcher",
      "memory_bytes watcher",
    ]);
    expect((await finish(box)).out).toBe("0\n4096\n2097152\n0\n");
  });

  test("before go nothing of the command has run; what follows the line belongs to the command", async () => {
    const plan = scratchPlan('touch ran; read -r line; echo "$line"', { cwd: "/home/agent" });
    const box = await startBox(plan);
    const out = readAll(box.stdout);
    expect(spawnSync("ls", [join(plan.root, "home")], { encoding: "utf8" }).stdout).toBe("");
    box.go();
    box.stdin.write("first line\n");
    expect([await box.exited, await out]).toEqual([{ kind: "exited", code: 0 }, "first line\n"]);
  });

  test("end of file instead of go ends it", async () => {
    const box = await startBox(scratchPlan("echo started"));
    const out = readAll(box.stdout);
    box.stdin.end();
    expect([await box.exited, await out]).toEqual([{ kind: "exited", code: 125 }, ""]);
  });

  test("what bwrap cannot build is an error with its words, and leaves nothing", async () => {
    const plan = scratchPlan("true", { cwd: "/not/there" });
    await expect(startBox(plan)).rejects.toMatchObject({
      code: "BOX_SETUP_FAILED",
      message: expect.stringContaining("Can't chdir"),
    });
    expect(boxProcesses(plan.root)).toEqual([]);
  });

  test("a bwrap that is not there is an error too", async () => {
    await expect(startBox(scratchPlan("true", { bwrap: "/nowhere/bwrap" }))).rejects.toMatchObject({
      code: "BOX_SETUP_FAILED",
    });
  });

  test("kill ends daemons, double forks and sessions, and says why", async () => {
    const plan = scratchPlan(
      'for i in 1 2 3 4 5 6; do setsid sh -c "sleep 60 & sleep 60" & done; trap "" TERM INT HUP; sleep 60; sleep 60',
    );
    const box = await startBox(plan);
    box.go();
    while (processTree(box.init.pid).length < 14) await new Promise((resolve) => void setTimeout(resolve, 5));
    await box.kill("halted");
    expect([await box.exited, isAlive(box.handle), isAlive(box.init), boxProcesses(plan.root)]).toEqual([
      { kind: "stopped", reason: "halted" },
      false,
      false,
      [],
    ]);
  });

  test("when the command ends, what it left in the background ends too", async () => {
    const plan = scratchPlan("setsid sleep 60 & exit 3");
    expect((await runBox(plan)).end).toEqual({ kind: "exited", code: 3 });
    expect(boxProcesses(plan.root)).toEqual([]);
  });

  test("somebody else's SIGKILL of bwrap is told as a signal", async () => {
    const box = await startBox(scratchPlan("sleep 60"));
    box.go();
    process.kill(box.handle.pid, "SIGKILL");
    expect(await box.exited).toEqual({ kind: "signaled", signal: "SIGKILL" });
  });

  test("the box runs in a session of its own, so a terminal's Ctrl-C reaches the driver only", async () => {
    const box = await startBox(scratchPlan("true"));
    const group = readFileSync(`/proc/${box.handle.pid}/stat`, "utf8").split(") ")[1]?.split(" ")[2];
    expect(Number(group)).toBe(box.handle.pid);
    await box.kill();
  });

  test("S18, S33: the lock is held while the box lives, and free when it is gone", async () => {
    const plan = scratchPlan("sleep 60");
    const box = await startBox(plan);
    box.go();
    expect(canLock(plan.lock)).toBe(false);
    await box.kill();
    expect(canLock(plan.lock)).toBe(true);
  });

  test("S33: a recorded box is killed, twice is gone, and a number that is somebody else's is spared", async () => {
    const plan = scratchPlan("sleep 60");
    const box = await startBox(plan);
    box.go();
    expect(await killRecordedBox(box.handle, plan.root)).toBe("killed");
    await box.exited;
    expect(await killRecordedBox(box.handle, plan.root)).toBe("gone");
    const bystander = spawn("sleep", ["60"]);
    const real = processHandle(bystander.pid ?? 0);
    expect(
      await killRecordedBox({ pid: bystander.pid ?? 0, start_ticks: box.handle.start_ticks - 1, boot_id: bootId() }),
    ).toBe("not_ours");
    expect(
      await killRecordedBox({
        ...box.handle,
        pid: bystander.pid ?? 0,
        boot_id: "00000000-0000-0000-0000-000000000000",
      }),
    ).toBe("gone");
    expect(real !== undefined && isAlive(real)).toBe(true);
    bystander.kill("SIGKILL");
  });

  test("S18: a driver killed 0 to 20 ms after the spawn leaves nothing that runs, and nothing at all after the sweep", async () => {
    const folder = scratchFolder();
    const rounds = Array.from({ length: 21 }, (_, ms) => ms);
    const roots = rounds.map((ms) => join(folder, `${ms}/boxes/killed-${ms}-${process.pid}`));
    await Promise.all(
      [0, 1, 2].map(async (lane) => {
        for (const ms of rounds) if (ms % 3 === lane) await killedDriver(dirname(dirname(roots[ms] ?? "")), ms);
      }),
    );
    await new Promise((resolve) => void setTimeout(resolve, 1000));
    expect(roots.flatMap((root) => boxProcesses(root).filter((stray) => isInside(stray, root)))).toEqual([]);
    // bwrap itself may die between its clone and the word to go ahead: within microseconds, so hardly ever.
    expect(roots.flatMap((root) => boxProcesses(root)).length).toBeLessThanOrEqual(1);
    for (const root of roots) await sweepBox(root);
    expect(roots.flatMap((root) => boxProcesses(root))).toEqual([]);
  });
});

// The driver says `spawning` right before it starts the box; then it is killed after so many milliseconds.
async function killedDriver(folder: string, ms: number): Promise<void> {
  mkdirSync(folder, { mode: 0o711 });
  const driver = spawn(
    process.execPath,
    [join(import.meta.dirname, "killed-driver.ts"), folder, `killed-${ms}-${process.pid}`],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  await new Promise((resolve) => void driver.stdout.once("data", resolve));
  const until = performance.now() + ms;
  while (performance.now() < until);
  driver.kill("SIGKILL");
  await new Promise((resolve) => void driver.once("exit", resolve));
}

// The write lock a second driver would take, over the whole file as SQLite's exclusive lock is.
function canLock(file: string): boolean {
  const script =
    'use Fcntl; open(my $f, "+<", $ARGV[0]) or die; my $l = pack("s s x4 q q i x4", F_WRLCK, 0, 0, 0, 0); exit(fcntl($f, F_SETLK, $l) ? 0 : 1)';
  return spawnSync("/usr/bin/perl", ["-e", script, file]).status === 0;
}
