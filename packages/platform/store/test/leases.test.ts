// S33: exclusion is a kernel lock that dies with its holder, driver or box; the fence stops whoever comes back late.
import { spawnSync } from "node:child_process";
import { mkdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openLeases } from "../src/leases.ts";
import { bundleDriver, drive, dropDriver, endAll, start, type Child } from "./child.ts";
import { DELIVERY, driver, openStore, projectAt, remove, scratch, snapshot, step, systemClock } from "./project.ts";
import { testDraft } from "@ces/ledger/testing";

beforeAll(bundleDriver);
afterAll(dropDriver);

let directory: string;
const boxes = () => join(directory, "boxes");
beforeEach(() => {
  directory = scratch();
  mkdirSync(boxes(), { mode: 0o711 });
});
afterEach(() => {
  endAll();
  remove(directory);
});

function open() {
  const store = openStore(projectAt(directory).place);
  const leases = openLeases(store, {
    lock_directory: join(directory, "locks"),
    box_lock_directory: boxes(),
    clock: systemClock,
    pid: process.pid,
  });
  return { store, leases };
}

describe("a lease", () => {
  it("is held once, by name, and given back", () => {
    const { store, leases } = open();
    const first = leases.acquire(DELIVERY, "ada");
    expect(first).toMatchObject({ kind: "held", lease: { delivery_id: DELIVERY, fence: 1 } });
    expect(leases.acquire(DELIVERY, "bob")).toMatchObject({ kind: "busy", holder: { pid: process.pid, who: "ada" } });
    expect(leases.acquire("D-ffffffffffff", "bob")).toMatchObject({ kind: "held", lease: { fence: 2 } });
    if (first.kind === "held") first.lease.release();
    expect(leases.acquire(DELIVERY, "bob")).toMatchObject({ kind: "held", lease: { fence: 3 } });
    store.close();
  });

  it("does not take an id for a path", () => {
    const { store, leases } = open();
    expect(() => leases.acquire("../../etc", "eve")).toThrow(RangeError);
    expect(() => leases.boxLockFile("D-0123456789ab/x")).toThrow(RangeError);
    store.close();
  });

  it("of a race goes to exactly one process", async () => {
    openStore(projectAt(directory).place).close();
    const children = [1, 2, 3, 4].map(() => drive("hold", directory));
    const answers = (await Promise.all(children.map((child) => child.line()))) as { kind: string }[];
    expect(answers.map(({ kind }) => kind).sort()).toEqual(["busy", "busy", "busy", "held"]);
  });

  it("ends with a killed driver", async () => {
    const child = drive("hold", directory);
    expect(await child.line()).toMatchObject({ kind: "held" });
    const { store, leases } = open();
    expect(leases.acquire(DELIVERY, "ada")).toMatchObject({ kind: "busy", holder: { pid: child.process.pid } });
    await child.kill();
    expect(leases.acquire(DELIVERY, "ada")).toMatchObject({ kind: "held" });
    store.close();
  });

  it("of a stopped driver stays its own; once fenced off it loses every commit", async () => {
    const child = drive("hold", directory);
    const taken = (await child.line()) as { fence: number };
    await child.kill("SIGSTOP");
    const { store, leases } = open();
    expect(leases.acquire(DELIVERY, "ada")).toMatchObject({ kind: "busy" });
    const fence = store.grantFence(DELIVERY, driver);
    expect(fence).toBeGreaterThan(taken.fence);
    const ours = step({
      delivery_id: DELIVERY,
      fence,
      snapshot: snapshot(1),
      entries: [testDraft({ delivery_id: DELIVERY })],
    });
    expect(store.commit(ours)).toMatchObject({ kind: "committed" });
    await child.kill("SIGCONT");
    child.process.stdin?.write("go\n");
    expect(await child.line()).toMatchObject({ kind: "refused", code: "FENCE_LOST" });
    expect(store.entryCount()).toBe(1);
    store.close();
  });
});

describe("a box that is still alive", () => {
  const bwrap = (lockFile: string): Child =>
    start("bwrap", [
      "--ro-bind",
      "/usr",
      "/usr",
      "--symlink",
      "usr/lib64",
      "/lib64",
      "--symlink",
      "usr/lib",
      "/lib",
      "--symlink",
      "usr/bin",
      "/bin",
      "--proc",
      "/proc",
      "--unshare-all",
      "--die-with-parent",
      "--ro-bind",
      lockFile,
      "/run/lock-file",
      "--lock-file",
      "/run/lock-file",
      "/bin/sh",
      "-c",
      'echo "{}"; exec sleep 60',
    ]);

  it("keeps the next driver out until it is dead", async () => {
    expect(spawnSync("bwrap", ["--version"]).status, "bubblewrap is needed for this test").toBe(0);
    const { store, leases } = open();
    const path = leases.boxLockFile(DELIVERY);
    expect(statSync(path).mode & 0o777).toBe(0o644);
    const box = bwrap(path);
    expect(await box.line()).toEqual({});
    expect(leases.acquire(DELIVERY, "ada")).toEqual({ kind: "box_alive" });
    expect(leases.acquire("D-ffffffffffff", "ada")).toMatchObject({ kind: "held" });
    await box.kill();
    await expect.poll(() => leases.acquire(DELIVERY, "ada").kind, { timeout: 5000 }).toBe("held");
    store.close();
  });

  it("is not looked for through a planted link", () => {
    const { store, leases } = open();
    symlinkSync("/etc/passwd", join(boxes(), `${DELIVERY}.box`));
    expect(() => leases.acquire(DELIVERY, "ada")).toThrow("is not a lock file of ours");
    store.close();
  });
});
