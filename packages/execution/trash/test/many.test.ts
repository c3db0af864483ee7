// Many things in one command, and in one undo.
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { putAside } from "../src/put-aside.ts";
import { undoLast } from "../src/undo.ts";
import { rm, scratchHome, words } from "./scratch-trash.ts";

// Memory where there is some: it is the trash that is tried here, not the disk.
const on = existsSync("/dev/shm") ? { on: "/dev/shm" } : {};

/** Files `f<n>` in folders of a thousand; their paths. */
function fill(root: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const folder = `d${Math.floor(index / 1000)}`;
    if (index % 1000 === 0) mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, `f${index % 1000}`), "");
    return `${folder}/f${index % 1000}`;
  });
}

test("a tree of 100 000 files is one rename each way", () => {
  const { work, trash, roots, files } = scratchHome(on);
  fill(join(work, "tree"), 100_000);
  const { ino } = statSync(join(work, "tree"));
  expect(putAside(trash, words("tree"), rm())).toMatchObject({ exit: 0, taken: [{}] });
  expect(statSync(join(files, "tree")).ino).toBe(ino);
  expect(undoLast(trash, roots)).toMatchObject({ kind: "undone" });
  expect(statSync(join(work, "tree")).ino).toBe(ino);
  expect(readdirSync(join(work, "tree/d99"))).toHaveLength(1000);
});

test("20 000 files by name, of which hundreds have one name, are one transaction and one undo", () => {
  const { work, trash, roots, files } = scratchHome(on);
  const paths = fill(work, 20_000);
  const put = putAside(trash, words(...paths), rm());
  expect([put.exit, put.taken.length, readdirSync(files).length]).toEqual([0, 20_000, 20_000]);
  const back = undoLast(trash, roots);
  expect(back.kind === "undone" && back.restored.length).toBe(20_000);
  expect(readdirSync(join(work, "d7"))).toHaveLength(1000);
  expect(readdirSync(files)).toEqual([]);
});
