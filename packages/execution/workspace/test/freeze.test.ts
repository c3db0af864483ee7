import { chmodSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Delta } from "@ces/records";
import { freeze, materialize, readIgnoreRules, type FreezeRequest, type Frozen } from "../src/index.ts";
import { project, scratch, sh, write, type Content, type Project } from "./repository.ts";

const BASE: Readonly<Record<string, Content>> = {
  "src/price.js": "one\ntwo\nthree\n",
  "src/old.js": "gone\n",
  "bin/run": { exec: "#!/bin/sh\n" },
  "package.json": "{}\n",
  ".gitignore": "node_modules/\n*.log\n.env\n",
};

type Run = {
  readonly base: Project;
  readonly worktree: string;
  readonly freeze: (more?: Partial<FreezeRequest>) => Promise<Frozen>;
};

async function run(files: Readonly<Record<string, Content>> = BASE): Promise<Run> {
  const base = await project(files);
  const worktree = join(scratch(), "worktree");
  await materialize({ git: base.git, tree: base.tree, into: worktree });
  const baseIgnored = await readIgnoreRules(base.git, base.tree);
  const scope = {
    affected: (path: string) => path.startsWith("src/"),
    forbidden: (path: string) => path === "package.json",
  };
  return {
    base,
    worktree,
    freeze: (more) => freeze({ git: base.git, baseTree: base.tree, worktree, scope, baseIgnored, ...more }),
  };
}

const paths = (items: readonly { readonly path: string }[]): readonly string[] => items.map((item) => item.path);
const codes = (frozen: Frozen): readonly string[] => frozen.delta.blockers.map((reason) => reason.code);

describe("freeze", () => {
  test("an untouched worktree is the base", async () => {
    const { base, freeze } = await run();
    expect(await freeze()).toEqual({
      candidateTree: base.tree,
      delta: { base_tree: base.tree, in_scope: [], out_of_scope: [], left_behind: [], blockers: [] },
    });
  });

  test("sorts changes by scope and makes a tree of those in scope", async () => {
    const { base, worktree, freeze } = await run();
    write(worktree, {
      "src/price.js": "one\n2\nthree\nfour\n",
      "src/new.js": "x\n",
      "package.json": "{1}\n",
      "notes.md": "n\n",
    });
    write(worktree, { "a.log": "log\n", "src/node_modules/x/index.js": "x", ".env": "K=1" });
    rmSync(join(worktree, "src/old.js"));
    chmodSync(join(worktree, "bin/run"), 0o644);
    const { delta, candidateTree } = await freeze();
    expect(Delta.parse(delta)).toEqual(delta);
    expect(delta.in_scope).toMatchObject([
      { path: "src/new.js", change: "added", before: null, added_lines: 1, deleted_lines: 0, bytes: 2 },
      { path: "src/old.js", change: "deleted", after: null, added_lines: 0, deleted_lines: 1, bytes: 0 },
      { path: "src/price.js", change: "modified", added_lines: 2, deleted_lines: 1, mode: "100644", binary: false },
    ]);
    expect(delta.out_of_scope.map(({ path, change }) => [path, change])).toEqual([
      ["bin/run", "mode"],
      ["notes.md", "added"],
      ["package.json", "modified"],
    ]);
    expect(delta.left_behind.map(({ path, why }) => [path, why])).toEqual([
      [".env", "ignored"],
      ["a.log", "ignored"],
      ["bin/run", "out_of_scope"],
      ["notes.md", "out_of_scope"],
      ["package.json", "forbidden"],
      ["src/node_modules/x/index.js", "ignored"],
    ]);
    expect(delta.blockers).toEqual([]);
    expect(sh(base.root, "diff-tree", "-r", "--name-status", base.tree, candidateTree)).toBe(
      "A\tsrc/new.js\nD\tsrc/old.js\nM\tsrc/price.js\n",
    );
    expect(readFileSync(join(worktree, "src/new.js"), "utf8")).toBe("x\n");
    expect([paths(delta.in_scope).length, codes({ delta, candidateTree })]).toEqual([3, []]);
  });

  test("a path that the base ignores enters only when the manifest names it (S15)", async () => {
    const { base, worktree, freeze } = await run();
    write(worktree, { "src/.env": "K=1\n", "src/x.log": "l\n", ".gitignore": "" });
    const scope = { affected: () => true, forbidden: (path: string) => path === ".gitignore" };
    const named = await freeze({ scope, explicitPaths: ["src/x.log"] });
    expect(paths(named.delta.in_scope)).toEqual(["src/x.log"]);
    expect(named.delta.left_behind.map(({ path, why }) => [path, why])).toEqual([
      [".gitignore", "forbidden"],
      ["src/.env", "ignored"],
    ]);
    expect(sh(base.root, "show", `${named.candidateTree}:.gitignore`)).toContain(".env");
  });
});
