// What the judge may know of the disk: no link followed, nothing large, nothing that blocks, and only so much.
import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nodeFileFacts } from "../src/node-file-facts.ts";
import { folder } from "./folder.ts";

test("says what stands at a path, a link as a link", () => {
  const { root } = folder();
  writeFileSync(join(root, "a"), "text", { mode: 0o640 });
  symlinkSync("a", join(root, "link"));
  symlinkSync("nowhere", join(root, "dangling"));
  const facts = nodeFileFacts();
  expect(facts.lstat(join(root, "a"))).toMatchObject({ kind: "file", size: 4, mode: 0o640 });
  expect(facts.lstat(join(root, "link"))).toMatchObject({ kind: "link", target: "a" });
  expect(facts.lstat(join(root, "dangling"))).toMatchObject({ kind: "link", target: "nowhere" });
  expect(facts.lstat(root)).toMatchObject({ kind: "dir" });
  expect(facts.lstat("/dev/null")).toMatchObject({ kind: "char" });
  expect(facts.lstat(join(root, "none"))).toBeUndefined();
  expect(facts.lstat(join(root, "a", "below"))).toBeUndefined();
});

test("reads text of regular files up to a size, and nothing else", () => {
  const { root } = folder();
  const at = (name: string) => join(root, name);
  writeFileSync(at("a"), "héllo");
  writeFileSync(at("binary"), Buffer.from([0x61, 0xff]));
  symlinkSync("a", at("link"));
  spawnSync("mkfifo", [at("pipe")]);
  const { read } = nodeFileFacts();
  expect(read(at("a"), 100)).toBe("héllo");
  expect(read(at("a"), 6)).toBe("héllo");
  expect(read(at("a"), 5)).toBeUndefined();
  for (const name of ["binary", "link", "pipe", "none", "."]) expect(read(at(name), 100)).toBeUndefined();
  writeFileSync(at("lock"), "x".repeat(3 * 1024 * 1024));
  expect(read(at("lock"), 16 * 1024 * 1024)).toHaveLength(3 * 1024 * 1024);
  // A file of the kernel says that it is empty, and is not.
  expect(read("/proc/self/status", 64 * 1024)).toContain("Pid:");
});

test("lists folders of a known size, not through links", () => {
  const { root } = folder();
  for (const name of ["a", "b", "c"]) writeFileSync(join(root, name), "");
  mkdirSync(join(root, "d"));
  symlinkSync("d", join(root, "link"));
  const { list } = nodeFileFacts();
  expect([...(list(root, 10) ?? [])].sort()).toEqual(["a", "b", "c", "d", "home", "link", "project"]);
  expect(list(root, 7)).toHaveLength(7);
  expect(list(root, 6)).toBeUndefined();
  expect(list(join(root, "link"), 10)).toBeUndefined();
  expect(list(join(root, "a"), 10)).toBeUndefined();
});

test("knows nothing any more once too much was asked", () => {
  const { lstat } = nodeFileFacts();
  for (let count = 0; count < 20_000; count += 1) lstat("/");
  expect(lstat("/")).toBeUndefined();
});
