// One writer at a time, over processes; a dead one blocks nobody.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { takeWriterLock } from "../src/writer-lock.ts";
import { putAside } from "../src/put-aside.ts";
import { listTrash } from "../src/list-trash.ts";
import { rm, scratch, scratchHome, words } from "./scratch-trash.ts";

const home = scratchHome;
const counter = join(import.meta.dirname, "count-driver.ts");

test("held once; released, it is free", () => {
  const { clock, random } = home().trash;
  const dir = scratch();
  const first = takeWriterLock(dir, { clock, random, wait_ms: 0 });
  expect(() => takeWriterLock(dir, { clock, random, wait_ms: 30 })).toThrow(
    expect.objectContaining({ code: "TRASH_BUSY" }),
  );
  first.release();
  takeWriterLock(dir, { clock, random, wait_ms: 0 }).release();
  expect(readdirSync(dir)).toHaveLength(1);
});

test("a dead owner, or one of an earlier boot, is none", () => {
  const { clock, random } = home().trash;
  for (const owner of [
    {
      pid: 2 ** 22 + 1,
      started: "1",
      boot: readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim(),
      space: "here",
    },
    { pid: process.pid, started: "1", boot: "another", space: "here" },
  ]) {
    const dir = scratch();
    const here = { ...owner, space: owner.boot === "another" ? "here" : pidSpace() };
    writeFileSync(join(dir, "trash-lock.7"), JSON.stringify(here));
    takeWriterLock(dir, { clock, random, wait_ms: 0 }).release();
    expect(readdirSync(dir)).toEqual(["trash-lock.8"]);
  }
});

test("never two inside, although some are killed", async () => {
  const dir = scratch();
  mkdirSync(join(dir, "inside"));
  mkdirSync(join(dir, "lock"));
  const started = ["60", "60", "60", "60", "100000", "100000"].map((times) =>
    spawn(process.execPath, [counter, dir, times], { stdio: ["ignore", "pipe", "inherit"] }),
  );
  const ended = started.map((child) => new Promise((resolve) => child.on("close", resolve)));
  const victims = started.slice(4);
  // Each victim has begun before it is killed.
  await Promise.all(victims.map((child) => new Promise((resolve) => child.stdout.once("data", resolve))));
  for (const victim of victims) victim.kill("SIGKILL");
  const ends = await Promise.all(ended);
  expect(ends).toEqual([0, 0, 0, 0, null, null]);
  expect(readFileSync(join(dir, "log"), "utf8").trim().split("\n").length).toBeGreaterThanOrEqual(4 * 60 + 2 * 4);
  // Nobody ever saw somebody else inside.
  expect(readdirSync(dir)).not.toContain("clash");
});

test("deletes at the same time are all in the journal", () => {
  const { trash, work } = scratchHome();
  for (const name of ["a", "b"]) writeFileSync(join(work, name), name);
  putAside(trash, words("a"), rm());
  putAside(trash, words("b"), rm());
  expect(listTrash(trash)).toHaveLength(2);
});

function pidSpace(): string {
  const [owner] = [JSON.parse(lockText())];
  return owner.space;
}

function lockText(): string {
  const { clock, random } = home().trash;
  const dir = scratch();
  const lock = takeWriterLock(dir, { clock, random, wait_ms: 0 });
  const text = readFileSync(join(dir, "trash-lock.1"), "utf8");
  lock.release();
  return text;
}
