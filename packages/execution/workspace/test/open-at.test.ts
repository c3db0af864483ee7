// What was looked at is what is opened: a file or folder swapped in between is not read.
import { closeSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openFolder, openFolderBelow, readBelow, statBelow } from "../src/open-at.ts";
import { scratch, write } from "./repository.ts";

const moved = expect.objectContaining({ code: "WORKSPACE_MOVED" });

test("a file replaced, grown or made a link after the look is not read", () => {
  const dir = scratch();
  write(dir, { a: "one", other: "two", grown: "x" });
  const folder = openFolder(dir);
  const [a, grown] = [statBelow(folder, "a"), statBelow(folder, "grown")];
  if (a === undefined || grown === undefined) throw new Error("fixture");
  expect(readBelow(folder, "a", a).toString()).toBe("one");
  renameSync(join(dir, "other"), join(dir, "a"));
  expect(() => readBelow(folder, "a", a)).toThrow(moved);
  rmSync(join(dir, "a"));
  symlinkSync("grown", join(dir, "a"));
  expect(() => readBelow(folder, "a", a)).toThrow(/ELOOP/);
  writeFileSync(join(dir, "grown"), "longer");
  expect(() => readBelow(folder, "grown", grown)).toThrow(moved);
  closeSync(folder);
});

test("a folder replaced by a link or another folder is not entered", () => {
  const dir = scratch();
  mkdirSync(join(dir, "d"));
  const folder = openFolder(dir);
  const facts = statBelow(folder, "d");
  if (facts === undefined) throw new Error("fixture");
  mkdirSync(join(dir, "other"));
  renameSync(join(dir, "d"), join(dir, "was"));
  renameSync(join(dir, "other"), join(dir, "d"));
  expect(() => openFolderBelow(folder, "d", facts)).toThrow(moved);
  rmSync(join(dir, "d"), { recursive: true });
  symlinkSync("was", join(dir, "d"));
  expect(() => openFolderBelow(folder, "d", facts)).toThrow(/ELOOP|ENOTDIR/);
  closeSync(folder);
});
