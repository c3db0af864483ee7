import { chmodSync, chownSync, linkSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ownedDirectory } from "../src/owned-directory.ts";
import { atomicWrite, createOnce, readOwned } from "../src/owned-file.ts";
import { codeOf, remove, scratch } from "./folder.ts";

let folder: string;
const path = (name = "file") => join(folder, name);
beforeEach(() => {
  folder = scratch();
});
afterEach(() => remove(folder));
const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString("utf8");

describe("files of the trust domain", () => {
  it("are written whole, with mode 0600, and leave nothing beside them", () => {
    atomicWrite(path(), "one");
    atomicWrite(path(), "two");
    expect(text(readOwned(path()))).toBe("two");
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(createOnce(path(), "three")).toBe(false);
    expect(createOnce(path("new"), "three")).toBe(true);
    expect(text(readOwned(path()))).toBe("two");
    expect(readOwned(path("none"))).toBeUndefined();
    expect(readdirSync(folder).sort()).toEqual(["file", "new"]);
  });

  it("replace a link instead of writing through it", () => {
    writeFileSync(path("target"), "untouched");
    symlinkSync(path("target"), path());
    expect(codeOf(() => readOwned(path()))).toBe("STATE_UNSAFE");
    atomicWrite(path(), "mine");
    expect(text(readOwned(path()))).toBe("mine");
    expect(statSync(path("target")).size).toBe(9);
  });

  it("are refused when others may read them, when they have two names, are no file, or too large", () => {
    atomicWrite(path(), "secret");
    for (const mode of [0o640, 0o604, 0o620]) {
      chmodSync(path(), mode);
      expect(codeOf(() => readOwned(path()))).toBe("STATE_UNSAFE");
    }
    chmodSync(path(), 0o600);
    expect(codeOf(() => readOwned(path(), { maxBytes: 5 }))).toBe("STATE_UNSAFE");
    linkSync(path(), path("second"));
    expect(codeOf(() => readOwned(path()))).toBe("STATE_UNSAFE");
    mkdirSync(path("folder"));
    expect(codeOf(() => readOwned(path("folder")))).toBe("STATE_UNSAFE");
    execFileSync("mkfifo", ["-m", "600", path("fifo")]);
    expect(codeOf(() => readOwned(path("fifo")))).toBe("STATE_UNSAFE");
  });

  it.runIf(process.geteuid?.() === 0)("are refused when they belong to somebody else (needs root to set up)", () => {
    atomicWrite(path(), "theirs");
    chownSync(path(), 65534, 65534);
    expect(codeOf(() => readOwned(path()))).toBe("STATE_UNSAFE");
    mkdirSync(path("dir"), { mode: 0o700 });
    chownSync(path("dir"), 65534, 65534);
    expect(codeOf(() => ownedDirectory(path("dir")))).toBe("STATE_UNSAFE");
    expect(codeOf(() => ownedDirectory(path("dir/inner")))).toBe("STATE_UNSAFE");
  });
});

describe("directories of the trust domain", () => {
  it("are made 0700 with their parents", () => {
    ownedDirectory(path("a/b/c"));
    for (const name of ["a", "a/b", "a/b/c"]) expect(statSync(path(name)).mode & 0o777).toBe(0o700);
  });

  it("are refused when open, linked, below a folder that others may write into, or not plain", () => {
    mkdirSync(path("open"), { mode: 0o700 });
    chmodSync(path("open"), 0o750);
    expect(codeOf(() => ownedDirectory(path("open")))).toBe("STATE_UNSAFE");
    symlinkSync(ownedDirectory(path("real")), path("link"));
    expect(codeOf(() => ownedDirectory(path("link")))).toBe("STATE_UNSAFE");
    expect(codeOf(() => ownedDirectory(path("link/inner")))).toBe("STATE_UNSAFE");
    mkdirSync(path("shared"));
    chmodSync(path("shared"), 0o777);
    expect(codeOf(() => ownedDirectory(path("shared/inner")))).toBe("STATE_UNSAFE");
    writeFileSync(path("plain"), "");
    expect(codeOf(() => ownedDirectory(path("plain")))).toBe("STATE_UNSAFE");
    for (const bad of ["relative", `${folder}/a/../b`, ""])
      expect(codeOf(() => ownedDirectory(bad))).toBe("STATE_UNSAFE");
  });
});
