// Undo is the whole effect of a command or nothing, and says why. What stands somewhere by now is never overwritten.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { byteText } from "../src/byte-text.ts";
import { clearable, clearTrash, trashSizes } from "../src/clear-trash.ts";
import { keepCopy } from "../src/keep-copy.ts";
import { keepWorktree } from "../src/keep-worktree.ts";
import { listTrash } from "../src/list-trash.ts";
import { putAside } from "../src/put-aside.ts";
import { restore } from "../src/restore.ts";
import { undoCommand, undoLast, undoSession } from "../src/undo.ts";
import { asCommand, picture, plant, rm, scratch, scratchHome, words, type Home } from "./scratch-trash.ts";

const keepHow = { absent: "record", most_bytes: 1e9 } as const;

/** A home with files of these contents. */
function withFiles(files: Readonly<Record<string, string>>): Home {
  const home = scratchHome();
  write(home, files);
  return home;
}

function write({ work }: Home, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(work, path, ".."), { recursive: true });
    writeFileSync(join(work, path), text);
  }
}

const read = ({ work }: Home, path: string): string => readFileSync(join(work, path), "utf8");

/** `rm` as one command of its own. */
const remove = (home: Home, command: string, ...paths: string[]) =>
  putAside(asCommand(home, command).trash, words(...paths), rm());

describe("a command", () => {
  test("comes back whole, parents and all", () => {
    const home = withFiles({ "a/b/one": "1", "a/two": "2", three: "3" });
    const before = picture(home.work, "no times");
    remove(home, "c1", "a/b/one", "three");
    remove(home, "c2", "a");
    expect(undoCommand(home.trash, "c1", home.roots)).toMatchObject({ kind: "undone" });
    expect(readdirSync(join(home.work, "a"))).toEqual(["b"]);
    expect(undoCommand(home.trash, "c2", home.roots)).toMatchObject({
      kind: "blocked",
      blockers: [{ code: "OVERWRITE" }],
    });
    renameSync(join(home.work, "a"), join(home.work, "b"));
    undoCommand(home.trash, "c2", home.roots);
    renameSync(join(home.work, "b/b/one"), join(home.work, "a/b/one"));
    rmSync(join(home.work, "b"), { recursive: true });
    expect(picture(home.work, "no times")).toEqual(before);
  });

  test("that is only in part possible changes nothing, and every reason is named", () => {
    const home = withFiles({ "a/x": "1", "b/y": "2", c: "3", "d/z": "4" });
    remove(home, "c1", "a/x", "b/y", "c", "d/z");
    write(home, { c: "new" });
    rmSync(join(home.work, "b"), { recursive: true });
    symlinkSync("/tmp", join(home.work, "b"));
    writeFileSync(join(home.files, "z"), "other");
    const before = picture(home.home, "no times");
    const report = undoCommand(home.trash, "c1", home.roots);
    expect(report).toMatchObject({ kind: "blocked" });
    expect(report.kind === "blocked" && report.blockers.map(({ code }) => code).sort()).toEqual([
      "CHANGED",
      "LINK",
      "OVERWRITE",
    ]);
    const after = picture(home.home, "no times");
    for (const seen of [before, after])
      for (const path of Object.keys(seen)) if (path.includes("/guard/")) delete seen[path];
    expect(after).toEqual(before);
  });

  test("is taken back once; the next undo goes further back", () => {
    const home = withFiles({ a: "1", b: "2" });
    remove(home, "c1", "a");
    remove(home, "c2", "b");
    expect(undoLast(home.trash, home.roots)).toMatchObject({ kind: "undone", commands: ["c2"] });
    expect(undoLast(home.trash, home.roots)).toMatchObject({ kind: "undone", commands: ["c1"] });
    expect(undoLast(home.trash, home.roots)).toMatchObject({ kind: "nothing" });
    expect(undoCommand(home.trash, "c1", home.roots)).toMatchObject({ kind: "nothing" });
    expect(() => undoCommand(home.trash, "c3", home.roots)).toThrow(expect.objectContaining({ code: "TRASH_UNKNOWN" }));
  });

  test("in several transactions is one", () => {
    const home = withFiles({ a: "1", b: "2" });
    remove(home, "c1", "a");
    keepCopy(asCommand(home, "c1").trash, words("b"), keepHow);
    write(home, { b: "changed" });
    expect(undoLast(home.trash, home.roots)).toMatchObject({ kind: "undone", restored: [{}, {}], put_aside: [{}] });
    expect([read(home, "a"), read(home, "b")]).toEqual(["1", "2"]);
  });

  test("keeps times and modes of what it puts back", () => {
    const home = withFiles({ "tree/x": "1" });
    plant(join(home.work, "tree"));
    utimesSync(join(home.work, "tree"), 1, 1_000_000.5);
    const before = picture(join(home.work, "tree"));
    remove(home, "c1", "tree");
    undoLast(home.trash, home.roots);
    expect(picture(join(home.work, "tree"))).toEqual(before);
  });

  test("folders that come back stand before what was taken out of them earlier", () => {
    const home = withFiles({ "a/b/c": "1", "a/b/d": "2", "a/e": "3" });
    const before = picture(home.work, "no times");
    remove(home, "c1", "a/b/c", "a/b", "a");
    expect(undoLast(home.trash, home.roots)).toMatchObject({ kind: "undone" });
    expect(picture(home.work, "no times")).toEqual(before);
  });
});

describe("a session", () => {
  test("becomes what it was before its first command; later versions stay in the trash", () => {
    const home = withFiles({ f: "v1", "d/x": "x" });
    remove(home, "c1", "f");
    write(home, { f: "v2" });
    remove(home, "c2", "f");
    write(home, { f: "v3" });
    keepCopy(asCommand(home, "c3").trash, words("f"), keepHow);
    remove(home, "c4", "f", "d/x", "d");
    expect(undoSession(home.trash, "session", home.roots)).toMatchObject({ kind: "undone" });
    expect([read(home, "f"), read(home, "d/x")]).toEqual(["v1", "x"]);
    const left = listTrash(home.trash).map(({ spot }) => readFileSync(join(home.files, spot.name), "utf8"));
    expect(left.sort()).toEqual(["v2", "v3", "v3"]);
  });

  test("of somebody else is another one", () => {
    const home = withFiles({ a: "1" });
    putAside(asCommand(home, "c1", "other").trash, words("a"), rm());
    expect(() => undoSession(home.trash, "session", home.roots)).toThrow(/no session/);
    expect(undoSession(home.trash, "other", home.roots)).toMatchObject({ kind: "undone" });
  });
});

describe("a rescue copy", () => {
  test("an overwrite is taken back, and what was there by then can be had too", () => {
    const home = withFiles({ a: "old", b: "source" });
    keepCopy(asCommand(home, "mv").trash, words("a", "b", "c"), keepHow);
    renameSync(join(home.work, "b"), join(home.work, "a"));
    write(home, { c: "made by the command" });
    const back = undoLast(home.trash, home.roots);
    expect(back).toMatchObject({ kind: "undone", commands: ["mv"] });
    expect([read(home, "a"), read(home, "b"), existsSync(join(home.work, "c"))]).toEqual(["old", "source", false]);
    const again = undoCommand(home.trash, (back.kind === "undone" && back.txid) || "", home.roots);
    expect(again).toMatchObject({ kind: "undone" });
    expect([read(home, "a"), existsSync(join(home.work, "b")), read(home, "c")]).toEqual([
      "source",
      false,
      "made by the command",
    ]);
  });

  test("of what did not change is passed over", () => {
    const home = withFiles({ a: "1", b: "2" });
    remove(home, "c1", "a");
    keepCopy(asCommand(home, "c2").trash, words("b"), keepHow);
    const { ino } = statSync(join(home.work, "b"));
    expect(undoLast(home.trash, home.roots)).toMatchObject({ kind: "undone", commands: ["c1"] });
    expect(statSync(join(home.work, "b")).ino).toBe(ino);
  });

  test("of a folder is a copy of the tree", () => {
    const home = withFiles({ "tree/x": "1" });
    plant(join(home.work, "tree"));
    const before = picture(join(home.work, "tree"));
    keepCopy(home.trash, words("tree"), keepHow);
    rmSync(join(home.work, "tree/deep"), { recursive: true });
    undoLast(home.trash, home.roots);
    expect(picture(join(home.work, "tree"))).toEqual(before);
  });

  test("that cannot be made is said", () => {
    const home = withFiles({ big: "x".repeat(1000) });
    const report = keepCopy(home.trash, words("big", "nothing", home.home + "/state"), {
      absent: "refuse",
      most_bytes: 999,
    });
    expect(report).toMatchObject({
      txid: null,
      kept: [],
      not_kept: [{ code: "NO_SPACE" }, { code: "MISSING" }, { code: "REFUSED" }],
    });
  });
});

describe("a worktree's copies", () => {
  test("bring back what was changed, deleted and added", () => {
    const home = withFiles({ "src/a": "edited", "src/deep/b": "new", c: "same", "gone/x": "1" });
    const before = picture(home.work, "no times");
    const paths = words("src/a", "src/deep/b", "c", "gone/x", "deleted");
    const wish = { root: byteText(home.work), paths, most_bytes: 1e6 };
    expect(keepWorktree(home.trash, wish)).toMatchObject({ kept: [{}, {}, {}, {}], absent: [{}], not_kept: [] });
    expect(listTrash(home.trash)).toMatchObject([{ what: "worktree", files: 4 }]);
    write(home, { "src/a": "HEAD", deleted: "HEAD" });
    rmSync(join(home.work, "src/deep"), { recursive: true });
    rmSync(join(home.work, "gone"), { recursive: true });
    expect(undoLast(home.trash, home.roots)).toMatchObject({ kind: "undone" });
    expect(picture(home.work, "no times")).toEqual(before);
  });

  test("that would be too large, or lie elsewhere, are refused", () => {
    const home = withFiles({ a: "12345" });
    const root = byteText(home.work);
    expect(() => keepWorktree(home.trash, { root, paths: words("a"), most_bytes: 4 })).toThrow(/larger than 4 bytes/);
    for (const path of ["../work/a", "/etc/passwd", "a/./b", ""])
      expect(() => keepWorktree(home.trash, { root, paths: words(path), most_bytes: 9 })).toThrow(/no plain path/);
    symlinkSync("/etc", join(home.work, "etc"));
    const report = keepWorktree(home.trash, { root, paths: words("etc/passwd"), most_bytes: 1e6 });
    expect(report).toMatchObject({ kept: [], absent: [join(home.work, "etc/passwd")] });
  });
});

describe("one item", () => {
  test("by number, path, id; to another name, into a folder", () => {
    const home = withFiles({ a: "1", b: "2", c: "3", d: "4", "folder/x": "" });
    for (const name of ["a", "b", "c", "d"]) remove(home, name, name);
    const back = (which: string, to?: string) =>
      restore(home.trash, { which: byteText(which), to: to === undefined ? null : byteText(to), roots: home.roots });
    expect(back("1")).toMatchObject({ kind: "undone", restored: [join(home.work, "d")] });
    expect(back(listTrash(home.trash)[0]?.id ?? "")).toMatchObject({ restored: [join(home.work, "c")] });
    expect(back("b", "folder")).toMatchObject({ restored: [join(home.work, "folder/b")] });
    expect(back(join(home.work, "a"), "other")).toMatchObject({ restored: [join(home.work, "other")] });
    expect([read(home, "d"), read(home, "c"), read(home, "folder/b"), read(home, "other")]).toEqual([
      "4",
      "3",
      "2",
      "1",
    ]);
    expect(() => back("a")).toThrow(/nothing in the trash is `a`/);
  });

  test("is not put over anything, nor outside of the roots", () => {
    const home = withFiles({ a: "1", b: "2" });
    const elsewhere = scratch();
    remove(home, "c1", "a");
    const to = (path: string, roots = home.roots) =>
      restore(home.trash, { which: byteText("a"), to: byteText(path), roots });
    expect(to("b")).toMatchObject({ blockers: [{ code: "OVERWRITE" }] });
    expect(to(join(elsewhere, "a"))).toMatchObject({ blockers: [{ code: "OUTSIDE" }] });
    expect(to(join(home.home, "state/ces/guard/a"))).toMatchObject({ blockers: [{ code: "KEPT" }] });
    expect(to(join(home.files, "b"))).toMatchObject({ blockers: [{ code: "KEPT" }] });
    expect(read(home, "b")).toBe("2");
    expect(to(join(elsewhere, "a"), words(elsewhere))).toMatchObject({ kind: "undone" });
    expect(readFileSync(join(elsewhere, "a"), "utf8")).toBe("1");
  });
});

describe("clearing", () => {
  test("removes what is named, for good, and nothing else", () => {
    const home = withFiles({ a: "1", "b/c": "2", d: "3" });
    remove(home, "c1", "a", "b");
    remove(home, "c2", "d");
    keepWorktree(home.trash, { root: byteText(home.work), paths: words("nothing"), most_bytes: 1 });
    writeFileSync(join(home.files, "foreign"), "");
    const rows = listTrash(home.trash);
    expect(clearable(rows, "2000-01-01T00:00:00.000Z")).toEqual([]);
    expect(clearable(rows, null).every(({ id }) => id !== null)).toBe(true);
    const wanted = rows.filter(({ command }) => command === "c1").flatMap(({ id }) => id ?? []);
    expect(clearTrash(home.trash, wanted).cleared).toHaveLength(2);
    expect(
      readdirSync(home.files)
        .filter((name) => name !== "work")
        .sort(),
    ).toEqual(["d", "foreign"]);
    expect(undoCommand(home.trash, "c1", home.roots)).toMatchObject({
      blockers: [{ code: "CLEARED" }, { code: "CLEARED" }],
    });
    expect(undoCommand(home.trash, "c2", home.roots)).toMatchObject({ kind: "undone" });
  });

  test("any depth, any mode", () => {
    const home = scratchHome();
    const deep = Array.from({ length: 300 }, () => "d").join("/");
    mkdirSync(join(home.work, "t", deep), { recursive: true, mode: 0o500 });
    remove(home, "c1", "t");
    clearTrash(
      home.trash,
      listTrash(home.trash).flatMap(({ id }) => id ?? []),
    );
    expect(readdirSync(home.files)).toEqual([]);
  });
});

test("sizes: each trash folder, its items, and those of other programs", () => {
  const home = withFiles({ a: "12345", "b/c": "x" });
  remove(home, "c1", "a", "b");
  writeFileSync(join(home.files, "foreign"), "1234567");
  const [size] = trashSizes(home.trash).filter(({ root }) => root === join(home.home, ".local/share/Trash"));
  expect(size).toMatchObject({ items: 3, foreign: 1 });
  expect(readFileSync(join(home.files, "../directorysizes"), "utf8")).toMatch(/^\d+ \d+ b\n$/);
  undoLast(home.trash, home.roots);
  expect(readFileSync(join(home.files, "../directorysizes"), "utf8")).toBe("");
});
