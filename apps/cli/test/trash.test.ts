// `ces trash` and `ces undo` as they are typed: quiet like rm, exit codes like rm, and a way back.
import { spawn, spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ces, rows, scene, spawnCes, type Scene } from "./run-ces.ts";

const main = join(import.meta.dirname, "../src/main.ts");

/** A folder that is no project, with files. */
function place(files: Readonly<Record<string, string>> = { a: "1", "d/b": "2" }): Scene {
  const made = scene({ git: false });
  write(made, files);
  return made;
}

function write({ project }: Scene, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(project, path, ".."), { recursive: true });
    writeFileSync(join(project, path), text);
  }
}

const read = ({ project }: Scene, path: string): string => readFileSync(join(project, path), "utf8");
const trashOf = ({ root }: Scene): string => join(root, ".local/share/Trash");

describe("put", () => {
  test("is quiet, takes rm's words as they stand, and leaves no project behind", async () => {
    const at = place({ a: "1", "d/b": "2", "-x": "3", "--json": "4" });
    expect(await ces(at, ["trash", "put", "-rf", "--", "d", "-x", "--json", "nothing"])).toMatchObject({
      code: 0,
      out: "",
      err: "",
    });
    expect(await ces(at, ["trash", "put", "a", "--force"])).toMatchObject({ code: 0, out: "", err: "" });
    expect(readdirSync(at.project)).toEqual([]);
    expect(readdirSync(join(trashOf(at), "files")).sort()).toEqual(["--json", "-x", "a", "d"]);
    expect(await ces(at, ["undo"])).toMatchObject({ code: 0 });
    expect(await ces(at, ["undo", "--last"])).toMatchObject({ code: 0 });
    expect(readdirSync(at.project).sort()).toEqual(["--json", "-x", "a", "d"]);
    expect(readdirSync(at.root).sort()).toEqual([".local", "shop", "state"]);
  });

  test("says like rm what it did not do, on standard error, and does the rest", async () => {
    const at = place();
    const { code, out, err } = await ces(at, ["trash", "put", "a", "d", "nothing"]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain("cannot remove `d`: Is a directory; `nothing`: No such file or directory [TRASH_NOT_PUT]");
    expect(readdirSync(at.project)).toEqual(["d"]);
    const json = (await ces(at, ["trash", "put", "--json", "d"])).json();
    expect(json).toMatchObject({ ok: false, data: { taken: 0 }, error: { code: "TRASH_NOT_PUT" } });
  });

  test("-v, shred, rmdir, unlink, find", async () => {
    const at = place({ a: "1", b: "2", c: "3", "d/e/f": "4" });
    expect((await ces(at, ["trash", "put", "-v", "a"])).out).toBe(`removed \`${at.project}/a\`\n`);
    expect((await ces(at, ["trash", "put", "--as", "shred", "-u", "b"])).out).toContain(
      "moved to the trash, not wiped",
    );
    expect((await ces(at, ["trash", "put", "--as=shred", "c"])).err).toContain("TRASH_WORDS");
    expect((await ces(at, ["trash", "put", "--as", "unlink", "c"])).code).toBe(0);
    expect((await ces(at, ["trash", "put", "--as", "rmdir", "d/e"])).code).toBe(1);
    expect((await ces(at, ["trash", "put", "--as", "find", "--", "./d/e/f", "./d/e", "./d", "."])).code).toBe(0);
    expect(readdirSync(at.project)).toEqual([]);
  });

  test("words that rm does not know, or none", async () => {
    const at = place();
    for (const words of [["-z", "a"], ["--frob", "a"], [], ["-r"]])
      expect(await ces(at, ["trash", "put", ...words])).toMatchObject({
        code: 1,
        err: expect.stringContaining("TRASH_WORDS"),
      });
    expect(await ces(at, ["trash", "put", "--as", "mv", "a"])).toMatchObject({ code: 2 });
    expect(await ces(at, ["trash", "put", "-f"])).toMatchObject({ code: 0 });
    expect(readdirSync(at.project)).toEqual(["a", "d"]);
  });

  test("-i without a terminal removes nothing, as rm at the end of its input; --yes is nobody", async () => {
    const at = place();
    for (const words of [
      ["-i", "a"],
      ["-ri", "d"],
      ["-rI", "d"],
      ["--interactive", "a"],
    ]) {
      expect((await ces(at, ["trash", "put", ...words])).code).toBe(0);
      expect((await ces(at, ["--yes", "trash", "put", ...words])).code).toBe(0);
    }
    expect(readdirSync(at.project)).toEqual(["a", "d"]);
    expect((await ces(at, ["trash", "put", "-I", "a"])).code).toBe(0);
    expect(readdirSync(at.project)).toEqual(["d"]);
  });

  test("names on standard input, and names that are no UTF-8 on the command line", async () => {
    const at = place({ a: "1", "b\nc": "2", d: "3" });
    writeFileSync(Buffer.concat([Buffer.from(`${at.project}/`), Buffer.from([0xff, 0x2e, 0xfe])]), "odd");
    expect(await spawnCes(at, ["trash", "put", "--from0", "-f"], { input: "a\0b\nc\0" })).toMatchObject({
      code: 0,
      out: "",
    });
    expect(await spawnCes(at, ["trash", "put", "--from0"], { input: "" })).toMatchObject({ code: 0 });
    const wrap = ["sh", "-c", `exec "$@" "$(printf '\\377.\\376')"`, "sh"];
    expect(await spawnCes(at, ["trash", "put", "--"], { wrap })).toMatchObject({ code: 0, err: "" });
    expect(readdirSync(at.project)).toEqual(["d"]);
  });

  test("never the workspace, the home, the system", async () => {
    const at = place();
    mkdirSync(join(at.project, ".git"));
    for (const path of [".", at.project, at.root, "/", "/etc/hostname", "../state"]) {
      const { code } = await ces(at, ["trash", "put", "-rf", "--", path]);
      expect([path, code]).toEqual([path, 1]);
    }
    expect(readdirSync(at.project).sort()).toEqual([".git", "a", "d"]);
  });
});

describe("undo", () => {
  test("by command and by session, as the environment names them", async () => {
    const at = place({ a: "1", b: "2", c: "3" });
    const as = (command: string, session: string) => ({ env: { CES_COMMAND_ID: command, CES_SESSION_ID: session } });
    await ces(at, ["trash", "put", "a"], as("c1", "s1"));
    await ces(at, ["trash", "put", "b"], as("c2", "s1"));
    await ces(at, ["trash", "put", "c"], as("c3", "s2"));
    expect(rows(await ces(at, ["trash", "list", "--json", "--session", "s1"]), "items")).toMatchObject([
      { command: "c2", session: "s1" },
      { command: "c1", session: "s1" },
    ]);
    expect((await ces(at, ["undo", "--command", "c2", "--json"])).json()).toMatchObject({
      data: { commands: ["c2"], restored: 1 },
    });
    expect((await ces(at, ["undo", "--session", "s1"])).code).toBe(0);
    expect(readdirSync(at.project)).toEqual(["a", "b"]);
    expect((await ces(at, ["undo", "--session", "s3"])).code).toBe(2);
    expect((await ces(at, ["undo", "--last", "--command", "c3"])).code).toBe(2);
  });

  test("says why not, ends with 3, and changes nothing", async () => {
    const at = place();
    await ces(at, ["trash", "put", "a"]);
    write(at, { a: "another" });
    const { code, out } = await ces(at, ["undo"]);
    expect(code).toBe(3);
    expect(out).toContain(`blocked: \`${at.project}/a\` something stands there by now [TRASH_OVERWRITE]`);
    expect(read(at, "a")).toBe("another");
  });

  test("of an overwrite; an undo can be undone", async () => {
    const at = place({ config: "old", next: "new" });
    await ces(at, ["trash", "keep", "--", "config", "next"], { env: { CES_COMMAND_ID: "mv" } });
    renameSync(join(at.project, "next"), join(at.project, "config"));
    const { json } = await ces(at, ["undo", "--json"]);
    expect([read(at, "config"), read(at, "next")]).toEqual(["old", "new"]);
    await ces(at, ["undo", "--command", String(json().data["txid"])]);
    expect([read(at, "config"), existsSync(join(at.project, "next"))]).toEqual(["new", false]);
    expect((await ces(at, ["trash", "keep", "--must-exist", "no"])).err).toContain("TRASH_NOT_KEPT");
    expect((await ces(at, ["trash", "keep"])).code).toBe(2);
  });

  test("of what git threw away", async () => {
    const at = scene();
    write(at, { "index.js": "edited\n", "new/file": "untracked", "ignored.log": "", ".gitignore": "*.log\n" });
    const git = (...words: string[]) =>
      spawnSync("git", words, { cwd: at.project, env: { ...at.env, GIT_CONFIG_GLOBAL: "/dev/null" } });
    expect((await ces(at, ["trash", "keep", "--worktree", "untracked", "--", "."])).code).toBe(0);
    expect(rows(await ces(at, ["trash", "list", "--json"]), "items")).toMatchObject([{ what: "worktree", files: 3 }]);
    expect((await ces(at, ["trash", "keep", "--worktree", "untracked", "--json", "--", "new"])).json()).toMatchObject({
      data: { kept: 1, absent: 0 },
    });
    git("reset", "-q", "--hard");
    git("clean", "-fdq");
    expect([read(at, "index.js"), existsSync(join(at.project, "new"))]).toEqual(["export const one = 1;\n", false]);
    for (let undone = 0; undone < 2; undone += 1) expect((await ces(at, ["undo"])).code).toBe(0);
    expect([read(at, "index.js"), read(at, "new/file")]).toEqual(["edited\n", "untracked"]);
  });
});

describe("list, restore, size", () => {
  test("a number, a path; another place; nothing to guess", async () => {
    const at = place({ a: "1", b: "2", "d/c": "3" });
    for (const path of ["a", "b", "d"]) await ces(at, ["trash", "put", "-r", path]);
    const list = await ces(at, ["trash", "list"]);
    expect(list.out.split("\n").slice(1, 4)).toEqual([
      expect.stringMatching(/^1 .*\/d /),
      expect.stringMatching(/^2 .*\/b /),
      expect.stringMatching(/^3 .*\/a /),
    ]);
    expect((await ces(at, ["trash", "size"])).out).toMatch(/Trash +3 +0 +/);
    expect((await ces(at, ["trash", "restore", "1"])).code).toBe(0);
    expect((await ces(at, ["trash", "restore", "a", "--to", "other"])).code).toBe(0);
    expect([read(at, "d/c"), read(at, "other")]).toEqual(["3", "1"]);
    expect((await ces(at, ["trash", "restore", "a"])).code).toBe(2);
    const total = async (...words: string[]) =>
      (await ces(at, ["trash", "list", "--json", ...words])).json().data["total"];
    expect(await total("--path", "b")).toBe(1);
    expect([await total("--older-than", "1h"), await total("--newer-than", "1h")]).toEqual([0, 1]);
  });

  test("S26: what somebody else wrote into the trash or the journal is exit 3, and written nowhere", async () => {
    const at = place();
    const outside = place();
    await ces(at, ["trash", "put", "a"]);
    writeFileSync(join(trashOf(at), "files/evil"), "evil");
    writeFileSync(join(trashOf(at), "info/evil.trashinfo"), `[Trash Info]\nPath=${outside.project}/new\n`);
    expect(await ces(at, ["trash", "restore", "2"])).toMatchObject({
      code: 3,
      err: expect.stringContaining("TRASH_NEEDS_TO"),
    });
    expect(await ces(at, ["trash", "restore", "2", "--to", `${outside.project}/new`])).toMatchObject({ code: 3 });
    expect(await ces(at, ["trash", "restore", "1", "--to", `${outside.project}/a`])).toMatchObject({ code: 3 });
    const journal = join(at.root, "state/ces/guard/trash.jsonl");
    expect(statSync(journal).mode & 0o777).toBe(0o600);
    const [first = ""] = readFileSync(journal, "utf8").split("\n");
    appendFileSync(journal, `${first.replaceAll(at.project, outside.project)}\n`);
    for (const words of [["undo"], ["trash", "restore", "1"], ["trash", "list"], ["trash", "put", "-r", "d"]])
      expect(await ces(at, words)).toMatchObject({ code: 3, err: expect.stringContaining("TRASH_JOURNAL_FORGED") });
    expect([readdirSync(at.project), readdirSync(outside.project)]).toEqual([["d"], ["a", "d"]]);
  });

  test("a key that is not ours alone is not used", async () => {
    const at = place();
    await ces(at, ["trash", "put", "a"]);
    const key = join(at.root, "state/ces/guard/trash.key");
    expect([statSync(key).mode & 0o777, statSync(key).size]).toEqual([0o600, 32]);
    writeFileSync(key, "short");
    expect((await ces(at, ["undo"])).code).toBe(5);
    rmSync(key);
    expect((await ces(at, ["undo"])).code).toBe(3);
  });

  test("outside of the workspace and the home only where the person says", async () => {
    const at = place();
    const outside = place();
    await ces(at, ["trash", "put", `${outside.project}/a`]);
    const refused = await ces(at, ["undo"]);
    expect(refused).toMatchObject({ code: 3, out: expect.stringContaining("ces undo --root DIR") });
    expect((await ces(at, ["undo", "--root", "nowhere"])).code).toBe(2);
    expect((await ces(at, ["undo", "--root", outside.project])).code).toBe(0);
    expect(read(outside, "a")).toBe("1");
  });
});

describe("clear", () => {
  test("nobody but a person at a terminal", async () => {
    const at = place();
    await ces(at, ["trash", "put", "a"]);
    for (const words of [
      ["trash", "clear"],
      ["--yes", "trash", "clear"],
      ["trash", "clear", "--older-than", "0m", "--json"],
    ])
      expect(await ces(at, words)).toMatchObject({ code: 3, out: expect.stringContaining("TRASH_CLEAR_DENIED") });
    expect((await ces(at, ["trash", "clear", "--older-than", "1d"])).out).toContain("nothing to clear");
    expect(readdirSync(join(trashOf(at), "files"))).toEqual(["a"]);
  });

  test("who types the code; an agent's shell is not asked", async () => {
    const at = place();
    await ces(at, ["trash", "put", "a"]);
    expect(await clearAtTerminal(at, { CLAUDECODE: "1" })).toBe(3);
    expect(readdirSync(join(trashOf(at), "files"))).toEqual(["a"]);
    expect(await clearAtTerminal(at, {})).toBe(0);
    expect(readdirSync(join(trashOf(at), "files"))).toEqual([]);
    expect((await ces(at, ["undo"])).out).toContain("no command has anything");
  });
});

function clearAtTerminal(at: Scene, env: Record<string, string>): Promise<number | null> {
  const line = [process.execPath, main, "trash", "clear"].join(" ");
  const child = spawn("/usr/bin/script", ["-qec", line, "/dev/null"], {
    cwd: at.project,
    env: { ...at.env, TERM: "xterm", ...env },
  });
  let screen = "";
  child.stdout.on("data", (bytes) => {
    screen += bytes;
    const code = /type ([0-9a-f]{6}) to confirm/.exec(screen)?.[1];
    if (code !== undefined) child.stdin.write(`${code}\r`);
  });
  return new Promise((resolve) => child.on("close", resolve));
}
