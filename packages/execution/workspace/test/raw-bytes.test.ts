// S11: bytes on disk = bytes of the blob, in both directions, for every attribute git knows.
import { lstatSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { freeze, materialize } from "../src/index.ts";
import { project, scratch, sh, write } from "./repository.ts";

const ATTRIBUTES = [
  "text",
  "-text",
  "text=auto",
  "eol=crlf",
  "eol=lf",
  "ident",
  "working-tree-encoding=UTF-16",
  "working-tree-encoding=UTF-7",
  "filter=evil",
  "crlf",
  "binary",
  "export-ignore",
  "export-subst",
  "merge=union",
  "diff=evil",
];
const CONTENT = fc.oneof(
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom("a\r\nb\nc\r", "$Id$ $Id: evil()$", "+AAoAcgBlAHE-", "\ufeffbom", "", "$Format:%H$")
    .map((text) => Buffer.from(text)),
);

describe("materialise and freeze", () => {
  test("change no byte under any attributes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(ATTRIBUTES),
        fc.array(CONTENT, { minLength: 1, maxLength: 4 }),
        async (attributes, contents) => {
          const base = await project({ ".gitattributes": `*.js ${attributes.join(" ")}\n`, "keep.txt": "k" });
          for (const name of ["clean", "smudge", "process"]) sh(base.root, "config", `filter.evil.${name}`, "false");
          const worktree = join(scratch(), "worktree");
          await materialize({ git: base.git, tree: base.tree, into: worktree });
          contents.forEach((content, i) => write(worktree, { [`f${i}.js`]: content }));
          const scope = { affected: () => true, forbidden: () => false };
          const { candidateTree, delta } = await freeze({
            git: base.git,
            baseTree: base.tree,
            worktree,
            scope,
            baseIgnored: () => false,
          });
          expect(delta.blockers).toEqual([]);
          const again = join(scratch(), "again");
          await materialize({ git: base.git, tree: candidateTree, into: again });
          for (const file of await base.git.treeFiles(candidateTree)) {
            const [blob] = await base.git.blobs([file.oid]);
            const disk = readFileSync(join(again, file.path));
            expect(disk.equals(blob ?? Buffer.alloc(0))).toBe(true);
            expect(disk.equals(readFileSync(join(worktree, file.path)))).toBe(true);
          }
        },
      ),
      { numRuns: 8 },
    );
  });

  test("modes, links and folders are as the tree says", async () => {
    const base = await project({ "bin/x": { exec: "#!/bin/sh\n" }, "a/b/c": "", "a/l": { link: "b/c" } });
    const into = join(scratch(), "w");
    expect(await materialize({ git: base.git, tree: base.tree, into })).toEqual({ files: 3, bytes: 13 });
    expect([statSync(join(into, "bin/x")).mode & 0o777, statSync(join(into, "a/b/c")).mode & 0o777]).toEqual([
      0o755, 0o644,
    ]);
    expect([lstatSync(join(into, "a/l")).isSymbolicLink(), readlinkSync(join(into, "a/l"))]).toEqual([true, "b/c"]);
  });

  test.runIf(process.getuid?.() === 0)("as root, everything belongs to the run's user", async () => {
    const base = await project({ "a/b": "x", l: { link: "a/b" } });
    const into = join(scratch(), "w");
    await materialize({ git: base.git, tree: base.tree, into, owner: { uid: 65534, gid: 65533 } });
    for (const path of ["", "a", "a/b", "l"])
      expect(lstatSync(join(into, path))).toMatchObject({ uid: 65534, gid: 65533 });
  });
});

describe("a base that cannot be written out", () => {
  test("with a submodule, a bare repository or an escaping link is refused before anything is written", async () => {
    const linked = await project({ node_modules: { link: "../.." } });
    const bare = await project({
      "pkg/HEAD": "ref: refs/heads/x\n",
      "pkg/objects/x": "",
      "pkg/refs/x": "",
      "pkg/config": "[core]\n",
    });
    const sub = await project({ "a.txt": "x" });
    const gitlink = await sub.git.writeTree([{ path: "sub", mode: "160000", oid: sub.commit }]);
    const cases: readonly (readonly [typeof linked, string, string])[] = [
      [linked, linked.tree, "LINK_ESCAPES"],
      [bare, bare.tree, "NESTED_REPOSITORY"],
      [sub, gitlink, "NESTED_REPOSITORY"],
    ];
    for (const [base, tree, code] of cases) {
      const into = join(scratch(), "w");
      await expect(materialize({ git: base.git, tree, into })).rejects.toMatchObject({ code });
      expect(statSync(into, { throwIfNoEntry: false })).toBe(undefined);
    }
    const full = scratch();
    write(full, { x: "x" });
    await expect(materialize({ git: sub.git, tree: sub.tree, into: full })).rejects.toMatchObject({
      code: "WORKSPACE_NOT_EMPTY",
    });
  });
});
