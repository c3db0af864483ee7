import { spawn } from "node:child_process";
import { linkSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { createOnce, openRecordFolder, readOwned, withOwnerLock } from "@ces/files";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { codeOf, remove, scratch } from "./folder.ts";

const driver = join(import.meta.dirname, "owner-driver.ts");
let [folder, lock, counter] = ["", "", ""];
beforeEach(() => {
  folder = scratch();
  [lock, counter] = [join(folder, "lock"), join(folder, "counter")];
  writeFileSync(counter, "0");
});
afterEach(() => remove(folder));
const count = () => Number(readFileSync(counter, "utf8"));
const ended = (one: { on: (event: "exit", done: (code: number | null) => void) => unknown }) =>
  new Promise<number | null>((resolve) => one.on("exit", resolve));

describe("withOwnerLock", () => {
  it("lets one process or thread in at a time", async () => {
    const processes = Array.from({ length: 6 }, () =>
      spawn(process.execPath, [driver, lock, counter, "40"], { stdio: "inherit" }),
    );
    const threads = Array.from({ length: 4 }, () => new Worker(driver, { workerData: [lock, counter, "40"] }));
    expect(await Promise.all([...processes, ...threads].map(ended))).toEqual(Array.from({ length: 10 }, () => 0));
    expect(count()).toBe(400);
    expect(readdirSync(lock)).toHaveLength(1);
  });

  it.each(["process", "thread"])("a dead %s holds nothing", async (kind) => {
    const holder =
      kind === "process"
        ? spawn(process.execPath, [driver, lock, counter, "hold"])
        : new Worker(driver, { workerData: [lock, counter, "hold"], stdout: true });
    while (!statSync(join(lock, "1"), { throwIfNoEntry: false })) await new Promise((go) => setTimeout(go, 5));
    expect(codeOf(() => withOwnerLock(lock, () => 1, { wait_ms: 50 }))).toBe("STATE_BUSY");
    await ("kill" in holder ? (holder.kill("SIGKILL"), ended(holder)) : holder.terminate());
    expect(withOwnerLock(lock, () => 1, { wait_ms: 2000 })).toBe(1);
  });

  it.each([
    ["of another boot", { boot: "0" }],
    ["whose number another thread has now", { started: "1" }],
    ["that is damaged", { task: "no" }],
  ])("an owner %s holds nothing", (_, other) => {
    withOwnerLock(lock, () => {
      const file = join(lock, "1");
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), ...other }));
      expect(withOwnerLock(lock, () => 2, { wait_ms: 100 })).toBe(2);
    });
  });

  it("an owner out of sight is waited for", () => {
    withOwnerLock(lock, () => {
      const file = join(lock, "1");
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), space: "pid:[1]" }));
      expect(codeOf(() => withOwnerLock(lock, () => 2, { wait_ms: 50 }))).toBe("STATE_BUSY");
    });
  });

  it("is free again after a throw, and is no link", () => {
    expect(() =>
      withOwnerLock(lock, () => {
        throw new Error("x");
      }),
    ).toThrow("x");
    expect(withOwnerLock(lock, () => 3)).toBe(3);
    symlinkSync(lock, join(folder, "link"));
    expect(codeOf(() => withOwnerLock(join(folder, "link"), () => 3))).toBe("STATE_UNSAFE");
  });
});

describe("what a killed writer leaves", () => {
  it("a second name of our own making is taken away, any other is refused", () => {
    const file = join(folder, "a.json");
    createOnce(file, "one");
    linkSync(file, join(folder, ".a.json.0123456789abcdef"));
    expect(Buffer.from(readOwned(file)!).toString()).toBe("one");
    expect(readdirSync(folder)).not.toContain(".a.json.0123456789abcdef");
    linkSync(file, join(folder, "b.json"));
    expect(codeOf(() => readOwned(file))).toBe("STATE_UNSAFE");
  });

  it("a temporary file of somebody who still writes is left alone", () => {
    const file = join(folder, "a.json");
    createOnce(file, "one");
    writeFileSync(join(folder, ".a.json.fedcba9876543210"), "half");
    linkSync(file, join(folder, ".a.json.0123456789abcdef"));
    readOwned(file);
    expect(readdirSync(folder)).toContain(".a.json.fedcba9876543210");
  });

  it("goes when the folder is written to next", () => {
    const records = openRecordFolder(join(folder, "records"), { maxBytes: 100 });
    expect(records.names()).toEqual([]);
    mkdirSync(records.path, { mode: 0o700 });
    writeFileSync(join(records.path, ".x.fedcba9876543210"), "half");
    expect(records.alone(() => records.create("x", "1"))).toBe(true);
    expect(records.alone(() => records.create("x", "2"))).toBe(false);
    expect([records.names(), Buffer.from(records.read("x")!).toString()]).toEqual([["x"], "1"]);
    expect(readdirSync(records.path).toSorted()).toEqual([".lock", "x"]);
  });
});
