// What a rewritten `rm` does: as coreutils would say it, but with a way back.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bytesAsText, byteText, shownText } from "../src/byte-text.ts";
import { putAside } from "../src/put-aside.ts";
import { readPutWords, type StoodInFor } from "../src/rm-words.ts";
import { undoLast } from "../src/undo.ts";
import { picture, plant, rm, scratch, scratchHome, words } from "./scratch-trash.ts";

test("a file, a tree and a link go, and come back as they were", () => {
  const { work, trash, roots, files } = scratchHome();
  mkdirSync(join(work, "tree"));
  plant(join(work, "tree"));
  writeFileSync(join(work, "file"), "one");
  symlinkSync("tree", join(work, "link"));
  const before = picture(join(work, "tree"));
  const report = putAside(trash, words("file", "tree", "link"), rm());
  expect(report).toMatchObject({ exit: 0, not_taken: [], taken: [{}, {}, {}] });
  expect(readdirSync(work)).toEqual([]);
  expect(readdirSync(files).sort()).toEqual(["file", "link", "tree"]);
  expect(undoLast(trash, roots)).toMatchObject({ kind: "undone" });
  expect(picture(join(work, "tree"))).toEqual(before);
  expect(readdirSync(work).sort()).toEqual(["file", "link", "tree"]);
  expect(readdirSync(files)).toEqual([]);
});

describe("says and leaves what coreutils says and leaves", () => {
  const lines: readonly string[] = [
    "rm file",
    "rm folder",
    "rm -r folder",
    "rm -d folder",
    "rm -d empty",
    "rm -rf folder nothing file",
    "rm nothing file",
    "rm -f nothing",
    "rm -f",
    "rm",
    "rm -r folder folder",
    "rm -rf folder folder/a",
    "rm -r folder/a folder",
    "rm folder/a file",
    "rm -r link",
    "rm link",
    "rm link/a",
    "rm dangling",
    "rm file/",
    "rm -f file/x",
    "rm file/x",
    "rm -r .",
    "rm -r folder/..",
    "rm -r folder/.",
    "rm -rf ./folder/ file",
    "rm -rfv -- -dash",
    "rm -dash",
    "rm ./-dash --force",
    "rm --recu folder",
    "rm --interactive=never file",
    "rm --interactive=sometimes file",
    "rm --no-such file",
    "rm -rz folder",
    "rm ''",
    "rm -R folder",
    "rmdir empty",
    "rmdir folder",
    "rmdir file",
    "rmdir nothing",
    "rmdir --ignore-fail-on-non-empty folder empty",
    "rmdir -p nested/a/b",
    "rmdir -p nested/a/b/",
    "rmdir link",
    "unlink file",
    "unlink folder",
    "unlink nothing",
    "unlink file link",
    "unlink link",
    "unlink",
  ];

  test.each(lines)("%s", (line) => {
    const [program = "", ...args] = line.split(" ").map((word) => (word === "''" ? "" : word));
    const { work, trash } = scratchHome();
    const real = join(scratch(), "work");
    for (const dir of [work, real]) furnish(dir);
    const { status } = spawnSync(program, args, { cwd: real, env: { ...process.env, LC_ALL: "C" } });
    const read = readPutWords(program as StoodInFor, args.map(byteText));
    const exit = read.kind === "wrong" ? 1 : putAside(trash, read.operands, read.how).exit;
    expect({ exit, left: picture(work, "no times") }).toEqual({ exit: status, left: picture(real, "no times") });
  });

  function furnish(dir: string): void {
    mkdirSync(join(dir, "folder/inner"), { recursive: true });
    mkdirSync(join(dir, "nested/a/b"), { recursive: true });
    mkdirSync(join(dir, "empty"));
    for (const name of ["file", "folder/a", "folder/inner/b", "-dash"]) writeFileSync(join(dir, name), name);
    symlinkSync("folder", join(dir, "link"));
    symlinkSync("nowhere", join(dir, "dangling"));
  }
});

test("find's paths, children first, in one call: folders that became empty go too, `.` stays", () => {
  const { work, trash, roots } = scratchHome();
  mkdirSync(join(work, "a/b"), { recursive: true });
  writeFileSync(join(work, "a/b/c"), "c");
  const before = picture(work, "no times");
  const read = readPutWords("find", words("--", "./a/b/c", "./a/b", "./a", "."));
  if (read.kind === "wrong") throw new Error(read.text);
  expect(putAside(trash, read.operands, read.how)).toMatchObject({ exit: 0, taken: [{}, {}, {}] });
  expect(readdirSync(work)).toEqual([]);
  undoLast(trash, roots);
  expect(picture(work, "no times")).toEqual(before);
});

test("shred -u is a move and not a wipe; without -u it is refused", () => {
  expect(readPutWords("shred", words("-zun", "3", "file"))).toMatchObject({ kind: "put", operands: ["file"] });
  expect(readPutWords("shred", words("-z", "file"))).toMatchObject({ kind: "wrong" });
  expect(readPutWords("shred", words("-n"))).toMatchObject({ kind: "wrong" });
});

test("the last of -f and -i holds", () => {
  expect(readPutWords("rm", words("-if", "x"))).toMatchObject({ how: { ask: "never", force: true } });
  expect(readPutWords("rm", words("-fi", "x"))).toMatchObject({ how: { ask: "each", force: false } });
  expect(readPutWords("rm", words("-fI", "x"))).toMatchObject({ how: { ask: "once", force: false } });
});

describe("names", () => {
  test("that are no text, fill a name's whole length, or hold a line break", () => {
    const { work, trash, roots, info } = scratchHome();
    const names = [
      Buffer.from([0xff, 0x0a, 0x25, 0x80]),
      Buffer.from("ä".repeat(127) + "x"),
      Buffer.alloc(255, 0x2e),
      Buffer.from("%00"),
      Buffer.from("[Trash Info]\nPath=etc"),
    ];
    for (const name of names) writeFileSync(Buffer.concat([Buffer.from(`${work}/`), name]), name);
    const before = picture(work, "no times");
    expect(putAside(trash, names.map(bytesAsText), rm())).toMatchObject({ exit: 0 });
    expect(readdirSync(work)).toEqual([]);
    for (const name of readdirSync(info, "latin1")) expect(name.length).toBeLessThanOrEqual(255);
    expect(undoLast(trash, roots)).toMatchObject({ kind: "undone" });
    expect(picture(work, "no times")).toEqual(before);
  });

  test("that are taken", () => {
    const { work, trash, files, info, roots } = scratchHome();
    mkdirSync(files, { recursive: true });
    writeFileSync(join(files, "same.3"), "an orphan of another program");
    for (let i = 0; i < 8; i += 1) {
      mkdirSync(join(work, `d${i}`));
      writeFileSync(join(work, `d${i}/same`), `${i}`);
    }
    const paths = Array.from({ length: 8 }, (_, i) => `d${i}/same`);
    putAside(trash, words(...paths.slice(0, 3)), rm());
    putAside(trash, words(...paths.slice(3)), rm());
    expect(readdirSync(info)).toHaveLength(8);
    expect(new Set(readdirSync(files).map((name) => readFileSync(join(files, name), "utf8"))).size).toBe(9);
    expect(readFileSync(join(files, "same.3"), "utf8")).toBe("an orphan of another program");
    undoLast(trash, roots);
    undoLast(trash, roots);
    expect(paths.map((path) => readFileSync(join(work, path), "utf8")).join("")).toBe("01234567");
  });
});

describe("is never moved", () => {
  const cases = ({ home, work }: { home: string; work: string }): readonly (readonly [string, RegExp])[] => [
    ["/", /root of the file system/],
    ["//", /root of the file system/],
    [home, /home/],
    [join(home, ".."), /not removed|home|system/],
    ["/tmp", /system/],
    ["/etc", /system/],
    ["/usr", /system/],
    ["/home", /system/],
    ["/home/somebody", /home|No such/],
    ["/etc/hostname", /system/],
    ["/bin/sh", /system/],
    ["/usr/bin/env", /system/],
    ["/dev/null", /system|device/],
    ["/proc/self/status", /system|mounted|No such/],
    ["/proc", /system/],
    [work, /workspace/],
    [join(home, ".local"), /trash itself/],
    [join(home, ".local/share/Trash"), /trash itself/],
    [join(home, ".local/share/Trash/files"), /trash itself/],
    [join(home, ".local/share/Trash/info/x.trashinfo"), /trash itself/],
    [join(home, "state"), /trash itself/],
    [join(home, "state/ces/guard/trash.jsonl"), /trash itself/],
    ["to-etc/hostname", /system/],
    ["to-root/etc", /system/],
    ["to-home/work", /workspace/],
  ];

  test("a place of the system, a home, a workspace, the trash; by whatever name", () => {
    const home = scratchHome();
    const { work, trash } = home;
    writeFileSync(join(work, "one"), "1");
    putAside(trash, words("one"), rm());
    writeFileSync(join(home.info, "x.trashinfo"), "");
    symlinkSync("/etc", join(work, "to-etc"));
    symlinkSync("/", join(work, "to-root"));
    symlinkSync(home.home, join(work, "to-home"));
    for (const [path, why] of cases(home)) {
      const { taken, not_taken, exit } = putAside(trash, words(path), rm());
      expect([path, taken, exit]).toEqual([path, [], 1]);
      expect(`${path} ${not_taken[0]?.text}`).toMatch(why);
    }
    // The links themselves may go.
    expect(putAside(trash, words("to-etc", "to-root", "to-home"), rm())).toMatchObject({ exit: 0 });
    expect(existsSync("/etc/hostname")).toBe(true);
  });

  test("a variable does not open a folder of the system", () => {
    const { trash } = scratchHome();
    for (const home of ["/", "/etc", "/usr/lib"]) {
      const place = {
        ...trash.place,
        homes: [byteText("/nonexistent"), byteText(home)],
        workspaces: words("/", "/usr"),
      };
      const { not_taken } = putAside({ ...trash, place }, words("/etc/hostname", "/usr/lib/os-release"), rm());
      expect(not_taken.map(({ code }) => code)).toEqual(["REFUSED", "REFUSED"]);
    }
  });
});

test("a slash behind a link does not empty the folder behind it, as coreutils would", () => {
  const { work, trash } = scratchHome();
  mkdirSync(join(work, "folder"));
  writeFileSync(join(work, "folder/a"), "a");
  symlinkSync("folder", join(work, "link"));
  expect(putAside(trash, words("link/"), rm({ force: true }))).toMatchObject({
    exit: 1,
    not_taken: [{ code: "NOT_FOLDER" }],
  });
  expect(existsSync(join(work, "folder/a"))).toBe(true);
});

test("what was not taken is named as it was typed", () => {
  const { trash } = scratchHome();
  const { not_taken } = putAside(trash, words("./no/../such", "x"), rm());
  expect(not_taken.map(({ operand, text }) => `${shownText(operand)}: ${text}`)).toEqual([
    "./no/../such: No such file or directory",
    "x: No such file or directory",
  ]);
});
