import { execFileSync } from "node:child_process";
import { chmodSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TreeFile } from "@ces/ports";
import { open, repository, sh } from "./repository.ts";

const who = { name: "Ann Example", email: "ann@localhost" };

describe.each(["sha1", "sha256"])("own writers, %s", (format) => {
  test("blobs, trees and commits are what git makes of the same things", async () => {
    const root = repository({ "a.txt": "one\r\n", "b/c-d/e.txt": "two\n", "b/c.txt": "", "b/c/x": "y" }, format);
    const git = await open(root);
    const head = await git.head();
    const base = await git.commit(head.commit ?? "");
    expect([git.object_format, head.ref, base.parents, base.message]).toEqual([
      format,
      "refs/heads/main",
      [],
      "base\n",
    ]);
    const files = await git.treeFiles(base.tree);
    expect(files.map((file) => file.path)).toEqual(["a.txt", "b/c-d/e.txt", "b/c.txt", "b/c/x"]);
    expect(await git.writeTree(files.toReversed())).toBe(base.tree);
    expect(await git.writeBlob(Buffer.from("one\r\n"))).toBe(files[0]?.oid);
    const message = "subject\n\nCES-Manifest: M-1";
    const commit = await git.writeCommit({
      tree: base.tree,
      parents: [base.oid],
      message,
      author: who,
      committer: who,
      at: "2026-05-01T10:00:00.000Z",
    });
    expect(sh(root, ["log", "-1", "--format=%T %P %an <%ae> %aI%n%B", commit]).trim()).toBe(
      `${base.tree} ${base.oid} Ann Example <ann@localhost> 2026-05-01T10:00:00+00:00\n${message}`,
    );
    expect(await git.commit(commit)).toEqual({
      oid: commit,
      tree: base.tree,
      parents: [base.oid],
      message: `${message}\n`,
    });
    sh(root, ["fsck", "--strict", "--no-dangling"]);
  });
});

describe("trees", () => {
  test("any set of paths reads back as it was written, in git's order", async () => {
    const root = repository({});
    const git = await open(root);
    const oid = await git.writeBlob(Buffer.from("x"));
    const name = fc.stringMatching(/^[a-c.\- é]{1,3}$/).filter((text) => text !== "." && text !== "..");
    const paths = fc.uniqueArray(
      fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join("/")),
      { minLength: 1, maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(paths, async (all) => {
        const free = all.filter((path) => !all.some((other) => path.startsWith(`${other}/`)));
        const files = free.map((path): TreeFile => ({ path, mode: "100644", oid }));
        const tree = await git.writeTree(files);
        const sorted = files.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
        expect(await git.treeFiles(tree)).toEqual(sorted);
      }),
      { numRuns: 60 },
    );
    sh(root, ["fsck", "--strict", "--no-dangling"]);
  });

  test.each([
    ["twice", ["a", "a"], "GIT_TREE_CONFLICT"],
    ["below a file", ["a", "a/b"], "GIT_TREE_CONFLICT"],
    ["a file over a folder", ["a/b", "a"], "GIT_TREE_CONFLICT"],
    ["a git directory", [".git/config"], "GIT_NAME_REFUSED"],
    ["a git directory in another spelling", ["x/.GiT/hooks/y"], "GIT_NAME_REFUSED"],
    ["a git directory as HFS+ and NTFS see it", [".g\u200cit/config"], "GIT_NAME_REFUSED"],
    ["its short name", ["git~1/config"], "GIT_NAME_REFUSED"],
    ["a way out", ["a/../../b"], "GIT_NAME_REFUSED"],
    ["absolute", ["/etc/x"], "GIT_NAME_REFUSED"],
    ["a control character", ["a\nb"], "GIT_NAME_REFUSED"],
  ])("a list with %s is refused", async (_what, paths, code) => {
    const git = await open(repository({}));
    const oid = await git.writeBlob(Buffer.from("x"));
    await expect(git.writeTree(paths.map((path) => ({ path, mode: "100644", oid })))).rejects.toMatchObject({ code });
  });

  test.each([
    ["invalid UTF-8", Buffer.from("61ff2e6a73", "hex"), "GIT_NAME_REFUSED"],
    ["a newline", Buffer.from("x\n M package.json"), "GIT_NAME_REFUSED"],
    ["a git directory", Buffer.from(".git"), "GIT_NAME_REFUSED"],
    ["a way out", Buffer.from(".."), "GIT_NAME_REFUSED"],
    ["a backslash", Buffer.from("a\\b"), "GIT_NAME_REFUSED"],
  ])("a tree with %s is refused on read", async (_what, name, code) => {
    const root = repository({});
    const git = await open(root);
    const blob = await git.writeBlob(Buffer.from("x"));
    const tree = rawTree(root, [entry("100644", name, blob)]);
    await expect(git.treeFiles(tree)).rejects.toMatchObject({ code });
  });

  test("a tree with one name twice, or out of order, is refused", async () => {
    const root = repository({});
    const git = await open(root);
    const blob = await git.writeBlob(Buffer.from("x"));
    const twice = rawTree(root, [entry("100644", Buffer.from("a"), blob), entry("100755", Buffer.from("a"), blob)]);
    await expect(git.treeFiles(twice)).rejects.toMatchObject({ code: "GIT_TREE_INVALID" });
  });
});

describe("reading", () => {
  test("bytes that do not hash to their name are not believed", async () => {
    const root = repository({ "a.txt": "real\n" });
    const oid = sh(root, ["rev-parse", "HEAD:a.txt"]).trim();
    const path = join(root, ".git/objects", oid.slice(0, 2), oid.slice(2));
    chmodSync(path, 0o644);
    writeFileSync(path, deflateSync(Buffer.from("blob 5\0fake\n")));
    await expect((await open(root)).blobs([oid])).rejects.toMatchObject({
      code: expect.stringMatching(/^GIT_(OBJECT_CORRUPT|FAILED)$/),
    });
  });

  test("a tree is no blob, and a name is no option", async () => {
    const root = repository({ "a.txt": "x" });
    const git = await open(root);
    await expect(git.blobs([sh(root, ["rev-parse", "HEAD^{tree}"]).trim()])).rejects.toMatchObject({
      code: "GIT_OBJECT_KIND",
    });
    await expect(git.blobs(["--batch-all-objects"])).rejects.toMatchObject({ code: "GIT_OBJECT_MISSING" });
    await expect(git.treeFiles("--help")).rejects.toMatchObject({ code: "GIT_OBJECT_MISSING" });
  });

  test.runIf(process.getuid?.() === 0)("as root, objects belong to the repository's owner", async () => {
    const root = repository({ "a.txt": "x" });
    execFileSync("chown", ["-R", "65534:65534", root]);
    const git = await open(root);
    const oid = await git.writeBlob(Buffer.from("new"));
    const path = join(root, ".git/objects", oid.slice(0, 2));
    expect([statSync(path).uid, statSync(join(path, oid.slice(2))).uid]).toEqual([65534, 65534]);
    const { commit } = await git.head();
    expect(await git.updateRef("refs/heads/next", commit ?? "", null)).toEqual({ kind: "moved" });
  });
});

function entry(mode: string, name: Buffer, oid: string): Buffer {
  return Buffer.concat([Buffer.from(`${mode} `), name, Buffer.from([0]), Buffer.from(oid, "hex")]);
}

function rawTree(root: string, entries: readonly Buffer[]): string {
  return sh(root, ["hash-object", "-t", "tree", "-w", "--literally", "--stdin"], Buffer.concat(entries)).trim();
}
