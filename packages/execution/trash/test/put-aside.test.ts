// What a rewritten `rm` does: as coreutils would say it, but with a way back.
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { byteText, bytesAsText } from "../src/byte-text.ts";
import { putAside } from "../src/put-aside.ts";
import { undoLast } from "../src/undo.ts";
import { picture, plant, rm, scratchHome, words } from "./scratch-trash.ts";

test("a file, a tree and a link go, and come back as they were", () => {
  const { work, trash, roots, files } = scratchHome();
  mkdirSync(join(work, "tree"));
  plant(join(work, "tree"));
  writeFileSync(join(work, "file"), "one");
  symlinkSync("tree", join(work, "link"));
  const before = picture(work, "no times");
  const report = putAside(trash, words("file", "tree", "link"), rm());
  expect(report).toMatchObject({ exit: 0, not_taken: [] });
  expect(report.taken).toHaveLength(3);
  expect(readdirSync(work)).toEqual([]);
  expect(readdirSync(files).sort()).toEqual(["file", "link", "tree"]);
  const back = undoLast(trash, roots);
  expect(back).toMatchObject({ kind: "undone" });
  expect(picture(work, "no times")).toEqual(before);
  expect(readdirSync(files)).toEqual([]);
});
