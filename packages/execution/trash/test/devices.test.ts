// Two file systems: each has a trash of its own, and where it has none a verified copy goes to the home's.
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { byteText } from "../src/byte-text.ts";
import { keepCopy } from "../src/keep-copy.ts";
import { listTrash } from "../src/list-trash.ts";
import { putAside } from "../src/put-aside.ts";
import { restore } from "../src/restore.ts";
import type { Trash } from "../src/trash.ts";
import { undoLast } from "../src/undo.ts";
import { mountOrSkip, mountTmpfs, withoutTrash } from "./devices.ts";
import { evenTimes, picture, plant, rm, scratchHome, words, type Home } from "./scratch-trash.ts";

const uid = process.geteuid?.();

type Volume = Home & { readonly top: string };

/** A home on the disk, and a volume in it with something to delete. */
function withVolume(megabytes = 32): Volume {
  const home = scratchHome();
  const top = mountTmpfs(join(home.home, "volume"), megabytes);
  mkdirSync(join(top, "tree"));
  plant(join(top, "tree"));
  const trash: Trash = { ...home.trash, caller: { ...home.trash.caller, cwd: byteText(top) } };
  return { ...home, trash, top };
}

describe.skipIf(mountOrSkip())("a second device", () => {
  test("has its own trash, whose paths are relative to its top", () => {
    const { trash, roots, top } = withVolume();
    const before = picture(join(top, "tree"));
    const { ino } = statSync(join(top, "tree"));
    expect(putAside(trash, words("tree"), rm())).toMatchObject({ exit: 0 });
    const own = join(top, `.Trash-${uid}`);
    expect(statSync(own).mode & 0o7777).toBe(0o700);
    expect(readFileSync(join(own, "info/tree.trashinfo"), "utf8")).toContain("\nPath=tree\n");
    expect(readFileSync(join(own, ".gitignore"), "utf8")).toBe("*\n");
    expect(statSync(join(own, "files/tree")).ino).toBe(ino);
    expect(undoLast(trash, roots)).toMatchObject({ kind: "undone" });
    expect(picture(join(top, "tree"))).toEqual(before);
  });

  test("an administrator's `.Trash` is used if it is sticky and no link", () => {
    const { trash, top } = withVolume();
    mkdirSync(join(top, ".Trash"));
    writeFileSync(join(top, "a"), "a");
    writeFileSync(join(top, "b"), "b");
    putAside(trash, words("a"), rm());
    expect(readdirSync(join(top, ".Trash"))).toEqual([]);
    chmodSync(join(top, ".Trash"), 0o1777);
    putAside(trash, words("b"), rm());
    expect(readdirSync(join(top, `.Trash/${uid}/files`))).toEqual(["b"]);
    expect(readdirSync(join(top, `.Trash-${uid}/files`))).toEqual(["a"]);
    expect(listTrash(trash).map(({ path }) => path)).toEqual([join(top, "b"), join(top, "a")]);
  });

  test.each(["a link", "a folder that others may write to"])("a trash that is %s is not used", (what) => {
    const { trash, roots, top, home, files } = withVolume();
    mkdirSync(join(home, "elsewhere"));
    if (what === "a link") symlinkSync(join(home, "elsewhere"), join(top, `.Trash-${uid}`));
    else mkdirSync(join(top, `.Trash-${uid}`));
    if (what !== "a link") chmodSync(join(top, `.Trash-${uid}`), 0o777);
    const before = picture(join(top, "tree"));
    expect(putAside(trash, words("tree"), rm())).toMatchObject({ exit: 0 });
    expect(readdirSync(join(home, "elsewhere"))).toEqual([]);
    expect(readdirSync(files)).toEqual(["tree"]);
    undoLast(trash, roots);
    expect(picture(join(top, "tree"))).toEqual(before);
  });

  test("a copy to the home's trash and back keeps bytes, modes, times, links, hard links and holes", () => {
    const { trash, roots, top, files } = withVolume();
    withoutTrash(top);
    const tree = join(top, "tree");
    linkSync(join(tree, "plain.txt"), join(tree, "deep/same"));
    writeFileSync(join(tree, "holes"), "start");
    truncateSync(join(tree, "holes"), 8 * 1024 * 1024);
    chmodSync(join(tree, "plain.txt"), 0o4711);
    evenTimes(tree);
    utimesSync(join(tree, "holes"), 1_000_000_000.25, 1_000_000_001.5);
    utimesSync(tree, 1_000_000_000, 1_234_567_890.125);
    const before = picture(tree);
    expect(putAside(trash, words("tree"), rm())).toMatchObject({ exit: 0 });
    expect(existsSync(tree)).toBe(false);
    expect(picture(join(files, "tree"))).toEqual(before);
    expect(lstatSync(join(files, "tree/holes")).blocks * 512).toBeLessThan(1024 * 1024);
    expect(undoLast(trash, roots)).toMatchObject({ kind: "undone" });
    expect(picture(tree)).toEqual(before);
    expect(lstatSync(join(tree, "plain.txt")).ino).toBe(lstatSync(join(tree, "deep/same")).ino);
    expect(lstatSync(join(tree, "holes")).blocks * 512).toBeLessThan(1024 * 1024);
    expect(readdirSync(files)).toEqual([]);
  });

  test("a copy does not go back while its volume is not mounted", () => {
    const { trash, roots, top } = withVolume();
    withoutTrash(top);
    putAside(trash, words("tree"), rm());
    spawnSync("umount", [top]);
    // The folder is on the disk now: another device than the one it was taken from.
    expect(undoLast(trash, roots)).toMatchObject({ kind: "blocked", blockers: [{ code: "DEVICE" }] });
    expect(readdirSync(top)).toEqual([]);
  });

  test("a FIFO is moved on its device, and not copied to another one", () => {
    const { trash, roots, top } = withVolume();
    execFileSync("mkfifo", [join(top, "tree/fifo")]);
    expect(putAside(trash, words("tree"), rm())).toMatchObject({ exit: 0 });
    undoLast(trash, roots);
    expect(lstatSync(join(top, "tree/fifo")).isFIFO()).toBe(true);
    renameSync(join(top, `.Trash-${uid}`), join(top, "away"));
    withoutTrash(top);
    const before = picture(join(top, "tree"));
    const { exit, not_taken } = putAside(trash, words("tree"), rm());
    expect([exit, not_taken[0]?.text]).toEqual([1, "it holds a fifo, and cannot be taken to another device"]);
    expect(picture(join(top, "tree"))).toEqual(before);
    expect(listTrash(trash)).toEqual([]);
  });

  test("a mount point, what holds one, and a device are refused", () => {
    const { trash, top, home } = withVolume();
    execFileSync("mknod", [join(top, "tree/zero"), "c", "1", "5"]);
    mountTmpfs(join(top, "tree/inner"), 1);
    const { not_taken } = putAside(
      trash,
      words(top, join(top, "tree"), join(top, "tree/inner"), join(top, "tree/zero")),
      rm(),
    );
    expect(not_taken.map(({ text }) => text)).toEqual([
      "is a mount point",
      "has something mounted inside",
      "is a mount point",
      "is a device",
    ]);
    expect(putAside(trash, words(join(home, "volume/.Trash-" + uid)), rm()).not_taken).toMatchObject([
      { code: "MISSING" },
    ]);
  });

  test("the trash of a volume is not put into the trash", () => {
    const { trash, top } = withVolume();
    writeFileSync(join(top, "a"), "a");
    putAside(trash, words("a"), rm());
    for (const path of [`.Trash-${uid}`, `.Trash-${uid}/files/a`, `.Trash-${uid}/info`])
      expect(putAside(trash, words(path), rm())).toMatchObject({ not_taken: [{ code: "REFUSED" }] });
  });
});

describe.skipIf(mountOrSkip())("a full disk", () => {
  test("what has no room in the home's trash stays", () => {
    const home = scratchHome();
    mountTmpfs(join(home.home, ".local"), 4);
    writeFileSync(join(home.work, "big"), Buffer.alloc(6 * 1024 * 1024, 1));
    // The home's trash is on the small device, and the disk has none for this test.
    const top = mountTmpfs(join(home.home, "volume"), 32);
    withoutTrash(top);
    writeFileSync(join(top, "big"), Buffer.alloc(6 * 1024 * 1024, 1));
    const report = putAside(home.trash, words(join(top, "big")), rm());
    expect(report).toMatchObject({ exit: 1, taken: [], not_taken: [{ code: "NO_SPACE" }] });
    expect(statSync(join(top, "big")).size).toBe(6 * 1024 * 1024);
    expect([readdirSync(home.files), readdirSync(home.info)]).toEqual([[], []]);
    expect(listTrash(home.trash)).toEqual([]);
  });

  test("a rescue copy that has no room is refused, and leaves nothing", () => {
    const { trash, top } = withVolume(8);
    writeFileSync(join(top, "big"), Buffer.alloc(5 * 1024 * 1024, 1));
    const report = keepCopy(trash, words("big"), { absent: "refuse", most_bytes: 1e9 });
    expect(report).toMatchObject({ kept: [], not_kept: [{ code: "NO_SPACE" }] });
    expect(readdirSync(join(top, `.Trash-${uid}/files`))).toEqual([]);
  });

  test("a journal that has no room moves nothing", () => {
    const home = scratchHome();
    const state = mountTmpfs(join(home.home, "state"), 1);
    mkdirSync(join(state, "ces/guard"), { recursive: true, mode: 0o700 });
    writeFileSync(join(home.work, "a"), "a");
    putAside(home.trash, words("a"), rm());
    undoLast(home.trash, home.roots);
    writeFileSync(join(state, "fill"), "");
    spawnSync("sh", ["-c", `cat /dev/zero > ${state}/fill`]);
    expect(() => putAside(home.trash, words("a"), rm())).toThrow(/ENOSPC|journal of the trash cannot be written/);
    expect(readFileSync(join(home.work, "a"), "utf8")).toBe("a");
    rmSync(join(state, "fill"));
    putAside(home.trash, words("a"), rm());
    expect(undoLast(home.trash, home.roots)).toMatchObject({ kind: "undone" });
  });

  test("a copy back that has no room puts nothing back", () => {
    const { trash, roots, top } = withVolume(8);
    withoutTrash(top);
    writeFileSync(join(top, "a"), "a");
    writeFileSync(join(top, "big"), Buffer.alloc(4 * 1024 * 1024, 1));
    putAside(trash, words("a", "big"), rm());
    writeFileSync(join(top, "fill"), Buffer.alloc(5 * 1024 * 1024, 1));
    expect(() => undoLast(trash, roots)).toThrow(expect.objectContaining({ code: "TRASH_UNDO_FAILED" }));
    expect(readdirSync(top).filter((name) => !/^\.Trash|^tree$/.test(name))).toEqual(["fill"]);
    rmSync(join(top, "fill"));
    expect(undoLast(trash, roots)).toMatchObject({ kind: "undone" });
    expect(readFileSync(join(top, "a"), "utf8")).toBe("a");
  });

  test("what went to one device can be put on another one by name", () => {
    const { trash, roots, top, work } = withVolume();
    const before = picture(join(top, "tree"), "no times");
    putAside(trash, words("tree"), rm());
    const report = restore(trash, { which: byteText(join(top, "tree")), to: byteText(join(work, "here")), roots });
    expect(report).toMatchObject({ kind: "undone" });
    expect(picture(join(work, "here"), "no times")).toEqual(before);
  });
});
