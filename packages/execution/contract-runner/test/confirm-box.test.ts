// A box that is not what was judged never starts anything: the race between the look and the mount is lost by whoever swaps (F-02, F-30).
import { copyFileSync, mkdirSync, renameSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { boxUser, DEFAULT_LIMITS, handOver, prepareBoxRoot, startBox, type BoxPlan } from "@ces/sandbox";
import { bwrapOrSkip } from "../../../../test/support/requirements.ts";
import { boxSystem } from "../src/box-system.ts";
import { confirmBox } from "../src/confirm-box.ts";
import { readProgramFile } from "../src/program-file.ts";
import { runInBoxes } from "../src/run-in-box.ts";
import { put, scratchRoot } from "./scratch-run.ts";

function plan(root: string, places: BoxPlan["places"]): BoxPlan {
  const run = `confirm-${process.pid}`;
  const user = boxUser(run);
  const seat = prepareBoxRoot(join(root, "boxes"), run, user);
  return {
    run,
    root: seat.path,
    user,
    bwrap: "/usr/bin/bwrap",
    system: boxSystem(),
    tools: [{ source: "/usr/bin/touch", inside: "/usr/bin/touch" }],
    command: ["/usr/bin/touch", `${root}/w/ran`],
    cwd: "/",
    env: {},
    envStart: "bare",
    home: { kind: "none" },
    ...(places === undefined ? {} : { places }),
    files: {},
    masks: [],
    gates: [],
    lock: seat.lock,
    keepOut: [],
    goOn: "channel",
    startShell: "descriptor",
    limits: { ...DEFAULT_LIMITS, wall_ms: 20_000 },
  };
}

const file = (path: string) => {
  const read = readProgramFile(path);
  if (read === undefined) throw new Error(path);
  return read;
};

describe.skipIf(bwrapOrSkip())("confirming a box", () => {
  test("another folder at a judged place, another program, and an extra link are found", async () => {
    const root = scratchRoot();
    put(root, { "w/": "", "other/": "" });
    const what = plan(root, [{ source: join(root, "w"), inside: join(root, "w"), kind: "dir", access: "write" }]);
    const box = await startBox(what);
    const { dev, ino } = statSync(join(root, "w"), { bigint: true });
    const grant = { inside: join(root, "w"), source: join(root, "w"), kind: "dir", access: "write", dev, ino } as const;
    const touch = file("/usr/bin/touch");
    expect(() => confirmBox(box, { grants: [grant], programs: [touch] })).not.toThrow();
    const wrong = { code: "BOX_UNEXPECTED" };
    const other = statSync(join(root, "other"), { bigint: true });
    expect(() => confirmBox(box, { grants: [{ ...grant, ino: other.ino }], programs: [] })).toThrow(
      expect.objectContaining(wrong),
    );
    expect(() => confirmBox(box, { grants: [], programs: [{ ...touch, ctime: 1n }] })).toThrow(
      expect.objectContaining(wrong),
    );
    expect(() => confirmBox(box, { grants: [], programs: [{ ...touch, path: "/usr/bin/cat" }] })).toThrow(
      expect.objectContaining(wrong),
    );
    await box.kill();
  });

  test("a place that was swapped for a link after it was judged runs nothing", async () => {
    const root = scratchRoot();
    put(root, { "w/": "", "outside/": "" });
    const { dev, ino } = statSync(join(root, "w"), { bigint: true });
    const grant = { inside: join(root, "w"), source: join(root, "w"), kind: "dir", access: "write", dev, ino } as const;
    renameSync(join(root, "w"), join(root, "was"));
    mkdirSync(join(root, "w"));
    const what = plan(root, [{ source: join(root, "w"), inside: join(root, "w"), kind: "dir", access: "write" }]);
    handOver(join(root, "w"), what.user);
    let started = false;
    const run = runInBoxes({
      plans: [what],
      expected: [{ grants: [grant], programs: [] }],
      timeout_ms: 5000,
      keep: { stdout: 10, stderr: 10 },
      beforeStart: () => (started = true),
    });
    await expect(run).rejects.toMatchObject({ code: "BOX_UNEXPECTED" });
    expect([started, statSync(join(root, "w/ran"), { throwIfNoEntry: false })]).toEqual([false, undefined]);
  });

  test("a link where a place was judged is refused by the walls themselves", async () => {
    const root = scratchRoot();
    put(root, { "outside/": "" });
    symlinkSync(join(root, "outside"), join(root, "w/link"));
    const what = plan(root, [
      { source: join(root, "w/link"), inside: join(root, "w/link"), kind: "dir", access: "write" },
    ]);
    await expect(startBox(what)).rejects.toMatchObject({ code: "BIND_ESCAPES" });
  });

  test("a program is known by what was read: a change of it is a change of its digest", () => {
    const root = scratchRoot();
    const copy = join(root, "tool");
    copyFileSync("/usr/bin/true", copy);
    const before = file(copy);
    writeFileSync(copy, "#!/usr/bin/env -S perl -w\n");
    const after = file(copy);
    expect(after.sha256).not.toBe(before.sha256);
    expect(after.interpreter).toEqual(["/usr/bin/env", "-S", "perl", "-w"]);
    expect(readProgramFile(join(root, "none"))).toBeUndefined();
    expect(readProgramFile(root)).toBeUndefined();
  });
});
