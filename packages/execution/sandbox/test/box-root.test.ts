// Who a box is and where it lives: never root, never in a place others can swap.
import { chmodSync, lstatSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { boxUser, handOver, prepareBoxRoot } from "../src/index.ts";
import { freeId } from "../src/box-user.ts";
import { scratchFolder, scratchTree } from "./scratch-box.ts";

test("a box is never root, and an ordinary user stays who he is", () => {
  const user = boxUser("R-1");
  const own = process.geteuid?.() ?? 0;
  expect(user).toEqual(
    own === 0
      ? { uid: freeId("R-1", new Set()), gid: freeId("R-1", new Set()) }
      : { uid: own, gid: process.getegid?.() },
  );
  expect(user.uid).not.toBe(0);
});

test("an id that is taken is passed over, and a full range is an error", () => {
  const first = freeId("R-1", new Set());
  expect(freeId("R-1", new Set([first]))).toBe(first === 65_519 ? 61_184 : first + 1);
  const all = new Set(Array.from({ length: 5000 }, (_, at) => 61_000 + at));
  expect(() => freeId("R-1", all)).toThrow(expect.objectContaining({ code: "BOX_USER_EXHAUSTED" }));
});

test("a box root is private, owned by the box user, and made once", () => {
  const base = join(scratchFolder(), "a/b");
  const user = boxUser("R-1");
  const root = prepareBoxRoot(base, "R-1", user);
  const stat = lstatSync(root.path);
  expect([stat.uid, stat.mode & 0o7777, lstatSync(root.home).uid]).toEqual([user.uid, 0o700, user.uid]);
  expect(() => prepareBoxRoot(base, "R-1", user)).toThrow(expect.objectContaining({ code: "BOX_ROOT_EXISTS" }));
});

test.each(["", ".", "..", "a/b", "../x", "a\0", "-x"])("the run id %j is refused", (run) => {
  expect(() => prepareBoxRoot(scratchFolder(), run, boxUser("R"))).toThrow(
    expect.objectContaining({ code: "BOX_RUN_INVALID" }),
  );
});

test("a parent that is a link or that others can write is refused", () => {
  const folder = scratchFolder();
  mkdirSync(join(folder, "real"));
  symlinkSync(join(folder, "real"), join(folder, "link"));
  mkdirSync(join(folder, "open"));
  chmodSync(join(folder, "open"), 0o777);
  for (const base of ["link", "link/x", "open", "open/x"]) {
    expect(() => prepareBoxRoot(join(folder, base), "R-1", boxUser("R-1"))).toThrow(
      expect.objectContaining({ code: "BOX_ROOT_UNSAFE" }),
    );
  }
});

test.skipIf(process.geteuid?.() !== 0)("handing over gives every entry, and a link itself but not its target", () => {
  const source = scratchTree({ "a/b/c.txt": "" });
  symlinkSync("/usr", join(source, "a/link"));
  const user = boxUser("R-1");
  handOver(source, user);
  expect(["", "a", "a/b", "a/b/c.txt", "a/link"].map((name) => lstatSync(join(source, name)).uid)).toEqual(
    Array(5).fill(user.uid),
  );
  expect(lstatSync("/usr").uid).toBe(0);
});
