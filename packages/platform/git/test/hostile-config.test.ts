// S03, S11: whatever a repository's own git directory configures, no command of it runs through the port.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exportBase } from "../src/index.ts";
import { GIT, open, repository, scratch, sh, write } from "./repository.ts";

type Trap = { readonly root: string; readonly sprung: () => readonly string[] };

const HOOKS = ["reference-transaction", "post-index-change", "pre-commit", "post-checkout", "update", "pre-auto-gc"];

// Each command of the config and each hook leaves a file named after itself.
function trap(): Trap {
  const root = repository({
    "a.txt": "one\n",
    ".gitattributes": "*.txt filter=evil diff=evil\n",
    "sub/b.txt": "two\n",
  });
  const canaries = scratch();
  const command = (name: string): string => {
    const path = join(canaries, `run-${name}`);
    writeFileSync(path, `#!/bin/sh\n: > '${join(canaries, `sprung-${name}`)}'\nexit 1\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const settings: readonly (readonly [string, string])[] = [
    ["filter.evil.clean", command("clean")],
    ["filter.evil.smudge", command("smudge")],
    ["filter.evil.process", command("process")],
    ["diff.evil.textconv", command("textconv")],
    ["diff.evil.command", command("diff")],
    ["diff.external", command("external")],
    ["core.fsmonitor", command("fsmonitor")],
    ["core.sshCommand", command("ssh")],
    ["core.pager", command("pager")],
    ["core.editor", command("editor")],
    ["core.alternateRefsCommand", command("alternates")],
    ["gpg.program", command("gpg")],
    ["credential.helper", command("credential")],
    ["uploadpack.packObjectsHook", command("packobjects")],
    ["protocol.allow", "always"],
    ["protocol.ext.allow", "always"],
    ["remote.origin.url", `ext::${command("promisor")}`],
    ["remote.origin.promisor", "true"],
    ["remote.origin.partialclonefilter", "blob:none"],
    ["alias.cat-file", `!${command("alias")}`],
  ];
  for (const [name, value] of settings) sh(root, ["config", name, value]);
  sh(root, ["config", "core.repositoryformatversion", "1"]);
  sh(root, ["config", "extensions.partialclone", "origin"]);
  for (const name of HOOKS) {
    const source = command(`hook-${name}`);
    execFileSync("cp", [source, join(root, ".git/hooks", name)]);
  }
  for (const name of readdirSync(canaries)) if (name.startsWith("sprung")) rmSync(join(canaries, name));
  return { root, sprung: () => readdirSync(canaries).filter((name) => name.startsWith("sprung")) };
}

describe("a hostile git directory", () => {
  test("the traps are alive: ordinary git springs them", () => {
    const { root, sprung } = trap();
    write(root, { "a.txt": "changed\n" });
    try {
      sh(root, ["add", "-A"]);
    } catch {
      // A trapped filter need not be a working one.
    }
    try {
      sh(root, ["cat-file", "-p", "1".repeat(40)]);
    } catch {
      // The object is missing on purpose.
    }
    expect(sprung()).toEqual(expect.arrayContaining(["sprung-fsmonitor", "sprung-process", "sprung-promisor"]));
  });

  test("no operation of the port springs one", async () => {
    const { root, sprung } = trap();
    const git = await open(root);
    const head = await git.head();
    const base = await git.commit(head.commit ?? "");
    const files = await git.treeFiles(base.tree);
    expect(await git.blobs(files.map((file) => file.oid))).toHaveLength(3);
    const oid = await git.writeBlob(Buffer.from("new\n"));
    const tree = await git.writeTree([...files, { path: "c.txt", mode: "100644", oid }]);
    const who = { name: "t", email: "t@localhost" };
    const commit = await git.writeCommit({
      tree,
      parents: [base.oid],
      message: "m",
      author: who,
      committer: who,
      at: "2026-01-01T00:00:00.000Z",
    });
    expect(await git.updateRef("refs/heads/main", commit, base.oid)).toEqual({ kind: "moved" });
    await git.updateIndex([{ path: "c.txt", mode: "100644", oid }]);
    expect(await git.indexEntries()).toHaveLength(4);
    expect(await git.checkoutsOf("refs/heads/main")).toHaveLength(1);
    await expect(git.blobs(["1".repeat(40)])).rejects.toMatchObject({ code: "GIT_OBJECT_MISSING" });
    await exportBase(GIT, { from: git, base_commit: commit, to_dir: join(scratch(), "git") });
    expect(sprung()).toEqual([]);
  });

  test("a hooks path in the config is not used either", async () => {
    const { root, sprung } = trap();
    sh(root, ["config", "core.hooksPath", join(root, ".git/hooks")]);
    const git = await open(root);
    const { commit } = await git.head();
    await git.updateRef("refs/heads/other", commit ?? "", null);
    expect(existsSync(join(root, ".git/refs/heads/other"))).toBe(true);
    expect(sprung()).toEqual([]);
  });
});
