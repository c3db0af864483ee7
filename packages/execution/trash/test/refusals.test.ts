// What is refused by its code, piece by piece: each says what stays as it was.
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { byteText } from "../src/byte-text.ts";
import { copyTree } from "../src/copy-tree.ts";
import { keepWorktree } from "../src/keep-worktree.ts";
import { openAbsolute, type At } from "../src/open-below.ts";
import { placeBack } from "../src/place-back.ts";
import { putAside } from "../src/put-aside.ts";
import { removeCopied, removeTree } from "../src/remove-tree.ts";
import { undoLast } from "../src/undo.ts";
import { mountOrSkip, mountTmpfs } from "./devices.ts";
import { interceptWrites } from "./intercept-writes.ts";
import { picture, plant, rm, scratch, scratchHome, words } from "./scratch-trash.ts";

const code = (name: string) => expect.objectContaining({ code: name });
const at = (folder: string, name: string): At => ({ folder: openAbsolute(byteText(folder)), name: byteText(name) });

let stop = (): void => {};
afterEach(() => stop());

test("a trash that is a link, a file, or open to others: nothing is deleted", () => {
  for (const make of [
    (path: string) => symlinkSync("/tmp", path),
    (path: string) => writeFileSync(path, ""),
    (path: string) => mkdirSync(join(path, "files"), { recursive: true, mode: 0o777 }),
  ]) {
    const { home, work, trash } = scratchHome();
    const old = process.umask(0);
    mkdirSync(join(home, ".local/share"), { recursive: true, mode: 0o755 });
    make(join(home, ".local/share/Trash"));
    process.umask(old);
    writeFileSync(join(work, "a"), "1");
    expect(() => putAside(trash, words("a"), rm())).toThrow(code("TRASH_FOLDER_UNSAFE"));
    expect(readFileSync(join(work, "a"), "utf8")).toBe("1");
  }
});

test("files and info that are links are not used either", () => {
  const { home, work, trash } = scratchHome();
  const elsewhere = scratch();
  mkdirSync(join(home, ".local/share/Trash/info"), { recursive: true, mode: 0o700 });
  symlinkSync(elsewhere, join(home, ".local/share/Trash/files"));
  writeFileSync(join(work, "a"), "1");
  expect(() => putAside(trash, words("a"), rm())).toThrow(code("TRASH_FOLDER_UNSAFE"));
  expect([readdirSync(elsewhere), readdirSync(work)]).toEqual([[], ["a"]]);
});

test("a journal that cannot be written moves nothing, and is whole afterwards", () => {
  const { work, trash, roots } = scratchHome();
  for (const name of ["a", "b"]) writeFileSync(join(work, name), name);
  putAside(trash, words("a"), rm());
  stop = interceptWrites((name, args, real) => {
    if (name !== "fsyncSync" || !Number.isInteger(args[0])) return real();
    throw Object.assign(new Error("planted"), { code: "EIO" });
  });
  expect(() => putAside(trash, words("b"), rm())).toThrow(code("TRASH_JOURNAL_WRITE"));
  stop();
  expect(readdirSync(work)).toEqual(["b"]);
  expect(undoLast(trash, roots)).toMatchObject({ kind: "undone" });
  expect(readdirSync(work)).toEqual(["a", "b"]);
});

test("nothing is put over what stands there, nor out of nothing", () => {
  const dir = scratch();
  for (const name of ["file", "other"]) writeFileSync(join(dir, name), name);
  mkdirSync(join(dir, "folder"));
  mkdirSync(join(dir, "taken"));
  expect(() => placeBack(at(dir, "file"), at(dir, "other"))).toThrow(code("TRASH_WOULD_OVERWRITE"));
  expect(() => placeBack(at(dir, "folder"), at(dir, "taken"))).toThrow(code("TRASH_WOULD_OVERWRITE"));
  expect(() => placeBack(at(dir, "gone"), at(dir, "new"))).toThrow(code("TRASH_ITEM_GONE"));
  expect(readdirSync(dir).sort()).toEqual(["file", "folder", "other", "taken"]);
});

test("a source goes only where its copy holds the same", () => {
  const dir = scratch();
  mkdirSync(join(dir, "tree"));
  plant(join(dir, "tree"));
  copyTree(at(dir, "tree"), at(dir, "copy"), { sync: "none", owners: false, clone: "no" });
  writeFileSync(join(dir, "tree/late"), "came after the copy");
  writeFileSync(join(dir, "tree/plain.txt"), "PLAIN\n");
  utimesSync(join(dir, "tree/plain.txt"), 1, 1);
  expect(() => removeCopied(at(dir, "tree"), at(dir, "copy"))).toThrow(code("TRASH_SOURCE_CHANGED"));
  expect(readFileSync(join(dir, "tree/late"), "utf8")).toBe("came after the copy");
  rmSync(join(dir, "tree/late"));
  expect(() => removeCopied(at(dir, "tree"), at(dir, "copy"))).toThrow(code("TRASH_SOURCE_CHANGED"));
  expect(readFileSync(join(dir, "tree/plain.txt"), "utf8")).toBe("PLAIN\n");
});

test("what changes while it is copied is no copy", () => {
  const dir = scratch();
  mkdirSync(join(dir, "tree"));
  plant(join(dir, "tree"));
  stop = interceptWrites((name, _, real) => {
    const answer = real();
    if (name === "symlinkSync") writeFileSync(join(dir, "tree/plain.txt"), "plain\n");
    return answer;
  });
  expect(() => copyTree(at(dir, "tree"), at(dir, "copy"), { sync: "none", owners: false, clone: "no" })).toThrow(
    code("TRASH_CANNOT_COPY"),
  );
});

test("a thing that is swapped between the look and the move goes back", () => {
  const { work, trash, files } = scratchHome();
  writeFileSync(join(work, "judged"), "judged");
  writeFileSync(join(work, "precious"), "precious");
  let swapped = false;
  stop = interceptWrites((name, _, real) => {
    if (name === "renameSync" && !swapped) {
      swapped = true;
      renameSync(join(work, "judged"), join(work, "away"));
      renameSync(join(work, "precious"), join(work, "judged"));
    }
    return real();
  });
  const report = putAside(trash, words("judged"), rm());
  stop();
  expect(report).toMatchObject({ exit: 1, taken: [], not_taken: [{ code: "CHANGED" }] });
  expect(readFileSync(join(work, "judged"), "utf8")).toBe("precious");
  expect(readdirSync(files)).toEqual([]);
});

test("a worktree's paths that leave it, and too many bytes", () => {
  const { work, trash } = scratchHome();
  writeFileSync(join(work, "a"), "12345");
  const root = byteText(work);
  expect(() => keepWorktree(trash, { root, paths: words("../a"), most_bytes: 9 })).toThrow(code("TRASH_WORKTREE_PATH"));
  expect(() => keepWorktree(trash, { root, paths: words("a"), most_bytes: 4 })).toThrow(code("TRASH_NO_SPACE"));
});

test.skipIf(mountOrSkip())("nothing that is mounted is emptied", () => {
  const dir = scratch();
  mkdirSync(join(dir, "tree/inner"), { recursive: true });
  mountTmpfs(join(dir, "tree/inner/mounted"), 1);
  writeFileSync(join(dir, "tree/inner/mounted/precious"), "1");
  const before = picture(join(dir, "tree/inner/mounted"));
  expect(() => removeTree(at(dir, "tree"))).toThrow(code("TRASH_REMOVE_DEVICE"));
  expect(picture(join(dir, "tree/inner/mounted"))).toEqual(before);
});
