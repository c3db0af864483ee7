// S03, S35: discovery adopts the nearest real `.git`, and nothing that somebody else could have put in the way.
import { chmodSync, chownSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findRepository, initRepository, openRepositories } from "../src/index.ts";
import { GIT, repository, scratch, sh, write } from "./repository.ts";

const home = "/nonexistent";

describe("finding a repository", () => {
  test("from below, with its branch", () => {
    const root = repository({ "a/b/c.txt": "x" });
    const found = {
      kind: "found",
      root,
      git_dir: join(root, ".git"),
      common_dir: join(root, ".git"),
      head_ref: "refs/heads/main",
      notes: [],
    };
    expect(findRepository(join(root, "a/b"), { home })).toEqual(found);
    expect(findRepository(root, { home })).toEqual(found);
  });

  test("a linked worktree, by its strictly read pointer", () => {
    const root = repository({ "a.txt": "x" });
    const linked = join(scratch(), "linked");
    sh(root, ["worktree", "add", "-q", "-b", "side", linked]);
    expect(findRepository(linked, { home })).toMatchObject({
      root: linked,
      git_dir: join(root, ".git/worktrees/linked"),
      common_dir: join(root, ".git"),
      head_ref: "refs/heads/side",
    });
  });

  test("a folder that looks like a bare repository is not adopted", () => {
    const root = repository({ "a.txt": "x" });
    sh(root, ["init", "-q", "--bare", join(root, "pkg")]);
    expect(findRepository(join(root, "pkg"), { home })).toMatchObject({ root });
    const alone = scratch();
    sh("/", ["init", "-q", "--bare", join(alone, "bare")]);
    expect(findRepository(join(alone, "bare"), { home })).toEqual({ kind: "none" });
  });

  test("a repository in HOME is not adopted from below, only from HOME itself", () => {
    const root = repository({ "a/b.txt": "x" });
    expect(findRepository(join(root, "a"), { home: root })).toEqual({ kind: "none" });
    expect(findRepository(root, { home: root })).toMatchObject({ root });
    expect(findRepository(join(root, "a"), { home: join(root, "a") })).toEqual({ kind: "none" });
  });

  test("a parent that anyone may write is not believed", () => {
    const root = repository({ "a/b.txt": "x" });
    chmodSync(root, 0o777);
    expect(findRepository(join(root, "a"), { home })).toEqual({ kind: "none" });
  });

  test.runIf(process.getuid?.() === 0)(
    "a parent of another owner is not believed, a repository of one owner is, as root",
    () => {
      const root = repository({ "a/b.txt": "x" });
      chownSync(join(root, "a"), 65534, 65534);
      expect(findRepository(join(root, "a"), { home })).toEqual({ kind: "none" });
      chownSync(root, 65534, 65534);
      chownSync(join(root, ".git"), 65534, 65534);
      expect(findRepository(join(root, "a"), { home })).toMatchObject({ root });
      chownSync(join(root, ".git"), 4242, 4242);
      expect(() => findRepository(join(root, "a"), { home })).toThrow("belongs to another user");
    },
  );

  test.each([
    ["a link", (dir: string, real: string) => symlinkSync(real, join(dir, ".git"))],
    [
      "a pointer without a way back",
      (dir: string, real: string) => writeFileSync(join(dir, ".git"), `gitdir: ${real}\n`),
    ],
    [
      "a pointer with more lines",
      (dir: string, real: string) => writeFileSync(join(dir, ".git"), `gitdir: ${real}\ngitdir: x\n`),
    ],
    ["some other file", (dir: string) => writeFileSync(join(dir, ".git"), "hello")],
    ["an empty folder", (dir: string) => mkdirSync(join(dir, ".git"))],
  ])("a `.git` that is %s is refused, not skipped", (_what, plant) => {
    const real = join(repository({ "a.txt": "x" }), ".git");
    const dir = scratch();
    plant(dir, real);
    expect(() => findRepository(dir, { home })).toThrow(expect.objectContaining({ code: "GIT_LINK_REFUSED" }));
  });

  test("a submodule's pointer is refused", () => {
    const root = repository({ "a.txt": "x" });
    const sub = repository({ "b.txt": "y" });
    sh(root, ["-c", "protocol.file.allow=always", "submodule", "add", "-q", sub, "sub"]);
    expect(() => findRepository(join(root, "sub"), { home })).toThrow(
      expect.objectContaining({ code: "GIT_LINK_REFUSED" }),
    );
  });
});

describe("making a repository", () => {
  test("is empty, without hooks, and git takes it", async () => {
    const dir = scratch();
    write(dir, { "a.txt": "x" });
    const repositories = openRepositories({ gitBinary: GIT, home });
    const found = await repositories.init(dir);
    expect(found).toEqual({
      kind: "found",
      root: dir,
      git_dir: join(dir, ".git"),
      common_dir: join(dir, ".git"),
      head_ref: "refs/heads/main",
      notes: [],
    });
    expect(sh(dir, ["status", "--porcelain", "-b"])).toBe("## No commits yet on main\n?? a.txt\n");
    expect(() => initRepository(dir)).toThrow(expect.objectContaining({ code: "GIT_EXISTS" }));
  });

  test("its branch can be born through the port", async () => {
    const dir = scratch();
    const repositories = openRepositories({ gitBinary: GIT, home });
    const git = await repositories.open((await repositories.init(dir)).git_dir);
    const who = { name: "t", email: "t@localhost" };
    const tree = await git.writeTree([{ path: "a.txt", mode: "100644", oid: await git.writeBlob(Buffer.from("x")) }]);
    const commit = await git.writeCommit({
      tree,
      parents: [],
      message: "first",
      author: who,
      committer: who,
      at: "2026-01-01T00:00:00.000Z",
    });
    expect(await git.updateRef("refs/heads/main", commit, null)).toEqual({ kind: "moved" });
    expect(sh(dir, ["log", "--oneline", "--format=%s"])).toBe("first\n");
    expect(readFileSync(join(dir, ".git/logs/HEAD"), "utf8")).toContain("CES <ces@localhost>");
  });
});
