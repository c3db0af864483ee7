// S22, S33: a ref moves only from where it was seen.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { GitCheckout } from "@ces/ports";
import { open, repository, scratch, sh } from "./repository.ts";

const who = { name: "t", email: "t@localhost" };

async function next(git: GitCheckout, parent: string, message: string): Promise<string> {
  const { tree } = await git.commit(parent);
  return git.writeCommit({
    tree,
    parents: [parent],
    message,
    author: who,
    committer: who,
    at: "2026-01-01T00:00:00.000Z",
  });
}

describe("moving a ref", () => {
  test("the second of two who saw the same value is stale and changes nothing", async () => {
    const root = repository({ "a.txt": "x" });
    const git = await open(root);
    const base = (await git.head()).commit ?? "";
    const [mine, theirs] = [await next(git, base, "mine"), await next(git, base, "theirs")];
    expect(await git.updateRef("refs/heads/main", mine, base)).toEqual({ kind: "moved" });
    expect(await git.updateRef("refs/heads/main", theirs, base)).toEqual({ kind: "stale", actual: mine });
    expect(sh(root, ["rev-parse", "main"]).trim()).toBe(mine);
  });

  test("creating needs the ref to be absent; moving needs it to be there", async () => {
    const git = await open(repository({ "a.txt": "x" }));
    const base = (await git.head()).commit ?? "";
    expect(await git.updateRef("refs/heads/side", base, null)).toEqual({ kind: "moved" });
    expect(await git.updateRef("refs/heads/side", base, null)).toEqual({ kind: "stale", actual: base });
    expect(await git.updateRef("refs/heads/none", base, base)).toEqual({ kind: "stale", actual: null });
    expect([await git.resolveRef("refs/heads/side"), await git.resolveRef("refs/heads/none")]).toEqual([base, null]);
  });

  test("a lock in the way is not taken for a stale ref", async () => {
    const root = repository({ "a.txt": "x" });
    const git = await open(root);
    const base = (await git.head()).commit ?? "";
    writeFileSync(join(root, ".git/refs/heads/main.lock"), "");
    await expect(git.updateRef("refs/heads/main", await next(git, base, "m"), base)).rejects.toMatchObject({
      code: "GIT_REF_LOCKED",
    });
  });

  test("a symbolic branch is not followed to another one", async () => {
    const root = repository({ "a.txt": "x" });
    sh(root, ["branch", "victim"]);
    sh(root, ["symbolic-ref", "refs/heads/alias", "refs/heads/victim"]);
    const git = await open(root);
    const base = (await git.head()).commit ?? "";
    await git.updateRef("refs/heads/alias", await next(git, base, "m"), base);
    expect(sh(root, ["rev-parse", "victim"]).trim()).toBe(base);
  });

  test.each([
    "main",
    "refs/heads/a b",
    "refs/heads/../x",
    "refs/heads/x.lock",
    "--stdin",
    "refs/heads/a\nverify",
    "refs/heads/@{1}",
  ])("`%s` is no ref name", async (ref) => {
    const git = await open(repository({ "a.txt": "x" }));
    await expect(git.resolveRef(ref)).rejects.toMatchObject({ code: "GIT_REF_NAME" });
  });

  test("an unborn branch has a ref and no commit; a detached HEAD the other way round", async () => {
    const empty = join(scratch(), "empty");
    sh("/", ["init", "-q", "-b", "trunk", empty]);
    expect(await (await open(empty)).head()).toEqual({ ref: "refs/heads/trunk", commit: null });
    const root = repository({ "a.txt": "x" });
    sh(root, ["checkout", "-q", "--detach"]);
    expect(await (await open(root)).head()).toEqual({ ref: null, commit: sh(root, ["rev-parse", "HEAD"]).trim() });
  });
});

describe("the index", () => {
  test("sets and removes entries of touched paths only, a folder for a file included", async () => {
    const root = repository({ "a.txt": "x", "b.txt": "y", c: "z" });
    const git = await open(root);
    const oid = await git.writeBlob(Buffer.from("new"));
    await git.updateIndex([
      { path: "c", mode: "100644", oid: null },
      { path: "c/d.txt", mode: "100755", oid },
      { path: "a.txt", mode: "100644", oid },
    ]);
    expect((await git.indexEntries()).map(({ path, mode, stage }) => [path, mode, stage])).toEqual([
      ["a.txt", "100644", 0],
      ["b.txt", "100644", 0],
      ["c/d.txt", "100755", 0],
    ]);
  });

  test("a locked index is said to be locked", async () => {
    const root = repository({ "a.txt": "x" });
    writeFileSync(join(root, ".git/index.lock"), "");
    const git = await open(root);
    await expect(git.updateIndex([{ path: "a.txt", mode: "100644", oid: null }])).rejects.toMatchObject({
      code: "GIT_INDEX_LOCKED",
    });
  });

  test("checkouts of a branch are all named, gone ones too", async () => {
    const root = repository({ "a.txt": "x" });
    const linked = join(scratch(), "linked");
    sh(root, ["worktree", "add", "-q", "-b", "side", linked]);
    const git = await open(root);
    expect(await git.checkoutsOf("refs/heads/main")).toEqual([{ git_dir: join(root, ".git"), root, current: true }]);
    expect(await git.checkoutsOf("refs/heads/side")).toMatchObject([{ root: linked, current: false }]);
    expect(await git.checkoutsOf("refs/heads/none")).toEqual([]);
  });
});
