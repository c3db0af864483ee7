// S15, S22: the user's checkout is brought to the merged tree only where nothing of the user's is in the way.
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyCheckout, planCheckout, type CheckoutAnswer } from "../src/index.ts";
import { project, scratch, sh, write, type Content, type Project } from "./repository.ts";

const BASE: Readonly<Record<string, Content>> = {
  "src/a.js": "a\n",
  "src/b.js": "b\n",
  "deep/only/x": "x\n",
  ".gitignore": ".env\n*.local\n",
  file: "f\n",
  "dir/in": "i\n",
};

// A tree made from the base by adding, replacing and (null) deleting.
async function treeWith(
  base: Project,
  changes: Readonly<Record<string, string | { exec: string } | null>>,
): Promise<string> {
  const files = new Map((await base.git.treeFiles(base.tree)).map((file) => [file.path, file]));
  for (const [path, content] of Object.entries(changes)) {
    if (content === null) files.delete(path);
    else {
      const text = typeof content === "string" ? content : content.exec;
      files.set(path, {
        path,
        mode: typeof content === "string" ? "100644" : "100755",
        oid: await base.git.writeBlob(Buffer.from(text)),
      });
    }
  }
  return base.git.writeTree([...files.values()]);
}

async function merge(base: Project, toTree: string): Promise<CheckoutAnswer> {
  const { git, root } = base;
  const plan = await planCheckout({ git, root, fromTree: base.tree, toTree });
  if (plan.kind !== "ok") return plan;
  const who = { name: "t", email: "t@localhost" };
  const commit = await git.writeCommit({
    tree: toTree,
    parents: [base.commit],
    message: "m",
    author: who,
    committer: who,
    at: "2026-01-01T00:00:00.000Z",
  });
  expect(await git.updateRef("refs/heads/main", commit, base.commit)).toEqual({ kind: "moved" });
  expect(await applyCheckout(git, plan)).toMatchObject({ kind: "applied" });
  return plan;
}

describe("an ordinary checkout", () => {
  test("gets every change, index included, and stays clean; other work of the user stays", async () => {
    const base = await project(BASE);
    write(base.root, { "src/b.js": "the user's edit\n", ".env": "SECRET=1\n", "untracked.txt": "u\n" });
    const to = await treeWith(base, { "src/a.js": "a2\n", "src/new/n.js": { exec: "n\n" }, "deep/only/x": null });
    const plan = await merge(base, to);
    expect(plan).toMatchObject({ writes: ["src/a.js", "src/new/n.js"], deletes: ["deep/only/x"] });
    expect(sh(base.root, "status", "--porcelain")).toBe(" M src/b.js\n?? untracked.txt\n");
    expect([readFileSync(join(base.root, "src/a.js"), "utf8"), existsSync(join(base.root, "deep"))]).toEqual([
      "a2\n",
      false,
    ]);
    expect(statSync(join(base.root, "src/new/n.js")).mode & 0o111).not.toBe(0);
    expect(readFileSync(join(base.root, ".env"), "utf8")).toBe("SECRET=1\n");
  });

  test("a file gives way to a folder and a folder to a file", async () => {
    const base = await project(BASE);
    await merge(base, await treeWith(base, { file: null, "file/inner": "1\n", "dir/in": null, dir: "2\n" }));
    expect(sh(base.root, "status", "--porcelain")).toBe("");
    expect(readFileSync(join(base.root, "file/inner"), "utf8")).toBe("1\n");
  });

  test("runs again after a crash at any point", async () => {
    const base = await project(BASE);
    const to = await treeWith(base, {
      "src/a.js": "a2\n",
      "src/n.js": "n\n",
      "src/b.js": null,
      file: null,
      "file/inner": "1\n",
    });
    // As if the process had died after some paths and before the index.
    write(base.root, { "src/a.js": "a2\n" });
    rmSync(join(base.root, "src/b.js"));
    await merge(base, to);
    expect(sh(base.root, "status", "--porcelain")).toBe("");
    const plan = await planCheckout({ git: base.git, root: base.root, fromTree: base.tree, toTree: to });
    expect(plan.kind === "ok" && (await applyCheckout(base.git, plan))).toMatchObject({ kind: "applied" });
    expect(sh(base.root, "status", "--porcelain")).toBe("");
  });

  test("in a linked worktree too, with its own index", async () => {
    const main = await project(BASE);
    const linked = join(scratch(), "linked");
    sh(main.root, "worktree", "add", "-q", "-b", "side", linked);
    const { openGit } = await import("@ces/git");
    const git = await openGit({ gitBinary: "/usr/bin/git", gitDir: join(main.root, ".git/worktrees/linked") });
    const to = await treeWith(main, { "src/a.js": "a2\n" });
    const plan = await planCheckout({ git, root: linked, fromTree: main.tree, toTree: to });
    expect(plan.kind === "ok" && (await applyCheckout(git, plan))).toMatchObject({ kind: "applied" });
    expect(sh(linked, "status", "--porcelain")).toBe("M  src/a.js\n");
    expect(sh(main.root, "status", "--porcelain")).toBe("");
  });
});

describe("something of the user's in the way", () => {
  test.each([
    ["an ignored .env", [".env"], { ".env": "K=attacker\n" }, (root: string) => write(root, { ".env": "SECRET=1\n" })],
    ["an ignored *.local", ["x.local"], { "x.local": "a\n" }, (root: string) => write(root, { "x.local": "mine\n" })],
    [
      "an untracked file",
      ["src/new.js"],
      { "src/new.js": "n\n" },
      (root: string) => write(root, { "src/new.js": "mine\n" }),
    ],
    ["a changed file", ["src/a.js"], { "src/a.js": "a2\n" }, (root: string) => write(root, { "src/a.js": "mine\n" })],
    [
      "a changed file that would go",
      ["src/a.js"],
      { "src/a.js": null },
      (root: string) => write(root, { "src/a.js": "mine\n" }),
    ],
    ["a deleted file", ["src/a.js"], { "src/a.js": "a2\n" }, (root: string) => rmSync(join(root, "src/a.js"))],
    [
      "a staged change",
      ["src/a.js"],
      { "src/a.js": "a2\n" },
      (root: string) => (
        write(root, { "src/a.js": "s\n" }),
        sh(root, "add", "src/a.js"),
        write(root, { "src/a.js": "a\n" })
      ),
    ],
    [
      "a staged new file",
      ["src/n.js"],
      { "src/n.js": "n\n" },
      (root: string) => (
        write(root, { "src/n.js": "s\n" }),
        sh(root, "add", "src/n.js"),
        rmSync(join(root, "src/n.js"))
      ),
    ],
    [
      "a mode change",
      ["src/a.js"],
      { "src/a.js": "a2\n" },
      (root: string) => (rmSync(join(root, "src/a.js")), write(root, { "src/a.js": { exec: "a\n" } })),
    ],
    [
      "a folder where a file comes",
      ["src/n/mine"],
      { "src/n": "n\n" },
      (root: string) => write(root, { "src/n/mine": "m\n" }),
    ],
    [
      "a file where a folder comes",
      ["src/n"],
      { "src/n/x.js": "n\n" },
      (root: string) => write(root, { "src/n": "mine\n" }),
    ],
    [
      "a stranger in a folder that gives way",
      ["dir/mine"],
      { "dir/in": null, dir: "2\n" },
      (root: string) => write(root, { "dir/mine": "m\n" }),
    ],
    [
      "a link as parent",
      ["src/n"],
      { "src/n/x.js": "n\n" },
      (root: string) => symlinkSync("/tmp", join(root, "src/n")),
    ],
    [
      "a link in a file's place",
      ["src/a.js"],
      { "src/a.js": "a2\n" },
      (root: string) => (rmSync(join(root, "src/a.js")), symlinkSync("b.js", join(root, "src/a.js"))),
    ],
    ["a case twin", ["src/N.js"], { "src/n.js": "n\n" }, (root: string) => write(root, { "src/N.js": "mine\n" })],
    ["a folder's case twin", ["SRC2"], { "src2/n.js": "n\n" }, (root: string) => mkdirSync(join(root, "SRC2"))],
  ])("%s stops everything, by name", async (_what, paths, changes, plant) => {
    const base = await project(BASE);
    plant(base.root);
    const before = sh(base.root, "status", "--porcelain", "--ignored");
    expect(await merge(base, await treeWith(base, { ...changes, "deep/only/x": "other\n" }))).toEqual({
      kind: "refused",
      code: "WOULD_OVERWRITE",
      paths,
    });
    expect(sh(base.root, "status", "--porcelain", "--ignored")).toBe(before);
    expect(readFileSync(join(base.root, "deep/only/x"), "utf8")).toBe("x\n");
    expect(sh(base.root, "rev-parse", "main").trim()).toBe(base.commit);
  });

  test("a merge or a git process under way", async () => {
    for (const name of ["MERGE_HEAD", "index.lock"]) {
      const base = await project(BASE);
      writeFileSync(join(base.root, ".git", name), "");
      expect(await merge(base, await treeWith(base, { "src/a.js": "a2\n" }))).toEqual({
        kind: "refused",
        code: "CHECKOUT_BUSY",
        paths: [name],
      });
    }
  });

  test("that came after the plan is still not overwritten", async () => {
    const base = await project(BASE);
    const plan = await planCheckout({
      git: base.git,
      root: base.root,
      fromTree: base.tree,
      toTree: await treeWith(base, { "src/a.js": "a2\n", "src/n/x.js": "n\n" }),
    });
    if (plan.kind !== "ok") throw new Error("fixture");
    const outside = scratch();
    symlinkSync(outside, join(base.root, "src/n"));
    expect(await applyCheckout(base.git, plan)).toEqual({
      kind: "refused",
      code: "WOULD_OVERWRITE",
      paths: ["src/n/x.js"],
    });
    expect(existsSync(join(outside, "x.js"))).toBe(false);
    rmSync(join(base.root, "src/n"));
    write(base.root, { "src/a.js": "typed just now\n" });
    expect(await applyCheckout(base.git, plan)).toMatchObject({ kind: "refused", paths: ["src/a.js"] });
    expect(readFileSync(join(base.root, "src/a.js"), "utf8")).toBe("typed just now\n");
    expect(lstatSync(join(base.root, "src")).isDirectory()).toBe(true);
  });
});
