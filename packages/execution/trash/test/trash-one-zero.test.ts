// FreeDesktop Trash 1.0, as others read it: an independent small reader, `gio` and `trash-list` where they are installed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bytesAsText, byteText } from "../src/byte-text.ts";
import { listTrash } from "../src/list-trash.ts";
import { putAside } from "../src/put-aside.ts";
import { restore } from "../src/restore.ts";
import { plant, rm, scratchHome, words, type Home } from "./scratch-trash.ts";

/** What the specification says of an info file, read by nothing of ours. */
function readSpec(file: Buffer): { path: Buffer; date: Date } {
  const lines = readFileSync(file, "latin1").split("\n");
  expect(lines[0]).toBe("[Trash Info]");
  const value = (key: string) => lines.find((line) => line.startsWith(`${key}=`))!.slice(key.length + 1);
  const path = value("Path");
  expect(path).toMatch(/^[\x21-\x7e]*$/);
  expect(value("DeletionDate")).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/);
  const bytes = path.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return { path: Buffer.from(bytes, "latin1"), date: new Date(value("DeletionDate")) };
}

function withItems(): Home & { readonly names: readonly Buffer[] } {
  const home = scratchHome();
  const names = ["plain", "sp ace", "per%cent", "ünï", "new\nline"].map((name) => Buffer.from(name));
  names.push(Buffer.from([0xc3, 0x28, 0xff]));
  for (const name of names) writeFileSync(Buffer.concat([Buffer.from(`${home.work}/`), name]), name);
  mkdirSync(join(home.work, "tree"));
  plant(join(home.work, "tree"));
  putAside(home.trash, [...names.map(bytesAsText), byteText("tree")], rm());
  return { ...home, names };
}

test("every item has one info file of its name, with its path and the local time", () => {
  const { work, files, info, names } = withItems();
  const asBytes = { encoding: "buffer" } as const;
  const items = readdirSync(files, asBytes).map((name) => name.toString("latin1"));
  expect(
    readdirSync(info, asBytes)
      .map((name) => name.toString("latin1"))
      .sort(),
  ).toEqual(items.map((name) => `${name}.trashinfo`).sort());
  const paths = readdirSync(info, asBytes).map((name) => readSpec(Buffer.concat([Buffer.from(`${info}/`), name])));
  const expected = [...names, Buffer.from("tree")].map((name) =>
    Buffer.concat([Buffer.from(`${work}/`), name]).toString("latin1"),
  );
  expect(paths.map(({ path }) => path.toString("latin1")).sort()).toEqual(expected.sort());
  for (const { date } of paths) expect(Math.abs(Date.now() - date.getTime())).toBeLessThan(120_000);
  expect([statSync(files).mode & 0o777, statSync(info).mode & 0o777]).toEqual([0o700, 0o700]);
});

test("directorysizes: size on disk, time of the info file, name", () => {
  const { files, info } = withItems();
  const [size, time, name] = readFileSync(join(files, "../directorysizes"), "utf8").trimEnd().split(" ");
  expect(name).toBe("tree");
  expect(Number(time)).toBe(Math.floor(statSync(join(info, "tree.trashinfo")).mtimeMs / 1000));
  const du = spawnSync("du", ["-s", "-B1", join(files, "tree")], { encoding: "utf8" });
  expect(Number(size)).toBe(Number.parseInt(du.stdout, 10));
});

const gio = spawnSync("gio", ["version"]).status === 0;
if (!gio) process.stderr.write("\nSKIPPED: `gio` is not installed\n");

test.skipIf(!gio)("what gio deletes is listed, and restored where it is said", () => {
  const { home, work, trash, roots } = scratchHome();
  writeFileSync(join(work, "by gio"), "gio");
  const { status, stderr } = spawnSync("gio", ["trash", "by gio"], {
    cwd: work,
    env: { PATH: process.env["PATH"], HOME: home },
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([0, ""]);
  expect(listTrash(trash)).toMatchObject([{ what: "foreign", path: join(work, "by gio"), bytes: 3 }]);
  const wish = { which: byteText("by gio"), roots };
  expect(() => restore(trash, { ...wish, to: null })).toThrow(expect.objectContaining({ code: "TRASH_NEEDS_TO" }));
  expect(restore(trash, { ...wish, to: byteText("back") })).toMatchObject({ kind: "undone" });
  expect(readFileSync(join(work, "back"), "utf8")).toBe("gio");
  expect(listTrash(trash)).toEqual([]);
});

const trashCli = spawnSync("trash-list", ["--version"]).status === 0;
if (!trashCli) process.stderr.write("\nSKIPPED: `trash-list` (trash-cli) is not installed\n");

test.skipIf(!trashCli)("trash-cli lists what we deleted, and restores it", () => {
  const { home, work, trash } = scratchHome();
  writeFileSync(join(work, "by ces"), "ces");
  putAside(trash, words("by ces"), rm());
  const env = { PATH: process.env["PATH"], HOME: home };
  expect(spawnSync("trash-list", { env, encoding: "utf8" }).stdout).toContain(join(work, "by ces"));
  spawnSync("trash-restore", [join(work, "by ces")], { cwd: work, env, input: "0\n" });
  expect(existsSync(join(work, "by ces"))).toBe(true);
});
