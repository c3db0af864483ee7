// S28, S03, S10, S36: what the freeze refuses to take, names, and finds although it hides.
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { freeze, materialize, readIgnoreRules, removeTree, type FreezeRequest, type Frozen } from "../src/index.ts";
import { project, scratch, sh, write, type Content, type Project } from "./repository.ts";

type Run = {
  readonly base: Project;
  readonly worktree: string;
  readonly freeze: (more?: Partial<FreezeRequest>) => Promise<Frozen>;
};

async function run(files: Readonly<Record<string, Content>> = { "src/a.js": "return 1;\n" }): Promise<Run> {
  const base = await project(files);
  const worktree = join(scratch(), "worktree");
  await materialize({ git: base.git, tree: base.tree, into: worktree });
  const baseIgnored = await readIgnoreRules(base.git, base.tree);
  const scope = { affected: () => true, forbidden: () => false };
  return {
    base,
    worktree,
    freeze: (more) => freeze({ git: base.git, baseTree: base.tree, worktree, scope, baseIgnored, ...more }),
  };
}

const blockers = (frozen: Frozen): readonly string[] =>
  frozen.delta.blockers.map(({ code, text }) => `${code} ${text}`);

describe("files that are not files", () => {
  test.each([
    [
      "a FIFO named like a source file",
      (dir: string) => void execFileSync("mkfifo", [join(dir, "src/x.ts")]),
      "ODD_FILE `src/x.ts` is a FIFO",
    ],
    [
      "a FIFO named .gitignore",
      (dir: string) => void execFileSync("mkfifo", [join(dir, ".gitignore")]),
      "ODD_FILE `.gitignore` is a FIFO",
    ],
    [
      "a FIFO named .gitattributes",
      (dir: string) => void execFileSync("mkfifo", [join(dir, "src/.gitattributes")]),
      "ODD_FILE `src/.gitattributes` is a FIFO",
    ],
    [
      "a socket",
      (dir: string) =>
        void execFileSync("python3", [
          "-c",
          "import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])",
          join(dir, "s"),
        ]),
      "ODD_FILE `s` is a socket",
    ],
    [
      "a hard link",
      (dir: string) => linkSync(join(dir, "src/a.js"), join(dir, "src/b.js")),
      "ODD_FILE `src/b.js` has a second name (hard link)",
    ],
    [
      "a set-id program",
      (dir: string) => (writeFileSync(join(dir, "suid"), "x"), chmodSync(join(dir, "suid"), 0o4755)),
      "ODD_FILE `suid` has a set-id mode",
    ],
    [
      "a newline in a name",
      (dir: string) => write(dir, { "x\n M package.json": "x" }),
      "ODD_FILE `x\\n M package.json` has a name that is not plain UTF-8",
    ],
    ["a terminal escape in a name", (dir: string) => write(dir, { "\u001b]52;c;x\u0007": "x" }), "ODD_FILE"],
    [
      "invalid UTF-8",
      (dir: string) =>
        writeFileSync(Buffer.concat([Buffer.from(`${dir}/a`), Buffer.from([0xff]), Buffer.from(".js")]), "x"),
      "ODD_FILE `a",
    ],
    [
      "a name that looks like a decoded one",
      (dir: string) =>
        writeFileSync(Buffer.concat([Buffer.from(`${dir}/a`), Buffer.from([0xfe]), Buffer.from(".js")]), "x"),
      "ODD_FILE `a",
    ],
    [
      "a path 101 folders deep",
      (dir: string) => write(dir, { [`${"d/".repeat(101)}x`]: "x" }),
      "lies deeper than 100 folders",
    ],
    [
      "a sparse file of a terabyte",
      (dir: string) => (write(dir, { big: "" }), truncateSync(join(dir, "big"), 2 ** 40)),
      "ODD_FILE `big` is larger than",
    ],
    [
      "a link with a newline",
      (dir: string) => write(dir, { l: { link: "a\nb" } }),
      "ODD_FILE `l` is a link with an odd target",
    ],
    [
      "a twin in another case",
      (dir: string) => write(dir, { "SRC/A.js": "x" }),
      "ODD_FILE `SRC/A.js` differs from another path only in case or accents",
    ],
    [
      "a folder's twin",
      (dir: string) => write(dir, { "Src/new.js": "x" }),
      "ODD_FILE `Src/new.js` differs from another path only in case or accents",
    ],
    [
      "a nested repository",
      (dir: string) => void sh("/", "init", "-q", join(dir, "src/vendor/lib")),
      "NESTED_REPOSITORY `src/vendor/lib/.git` is a git directory of its own",
    ],
    [
      "a .git file below the root",
      (dir: string) => write(dir, { "src/.git": "gitdir: ../../x\n" }),
      "NESTED_REPOSITORY `src/.git`",
    ],
    [
      "a git directory in capitals at the root",
      (dir: string) => write(dir, { ".GIT/config": "" }),
      "NESTED_REPOSITORY `.GIT`",
    ],
    [
      "a git directory that HFS+ would see",
      (dir: string) => write(dir, { "src/.g\u200cit/config": "" }),
      "NESTED_REPOSITORY",
    ],
    [
      "a bare repository",
      (dir: string) => void sh("/", "init", "-q", "--bare", join(dir, "pkg")),
      "NESTED_REPOSITORY `pkg` looks like a bare repository",
    ],
    [
      "a bare repository at the root",
      (dir: string) => write(dir, { HEAD: "ref: refs/heads/x\n", "objects/x": "", "refs/x": "", config: "" }),
      "NESTED_REPOSITORY `.` looks like a bare repository",
    ],
    ["CES state", (dir: string) => write(dir, { "a/b/.ces/state.db": "x" }), "STATE_WRITTEN `a/b/.ces/state.db`"],
    ["CES state in another case", (dir: string) => write(dir, { ".CES/x": "x" }), "STATE_WRITTEN `.CES/x`"],
    [
      "an absolute link",
      (dir: string) => write(dir, { l: { link: "/etc/passwd" } }),
      "LINK_ESCAPES the link `l` is absolute",
    ],
    [
      "a link out of the tree",
      (dir: string) => write(dir, { "src/l": { link: "../../x" } }),
      "LINK_ESCAPES the link `src/l` leads out of the tree",
    ],
    [
      "a link out by way of another",
      (dir: string) => write(dir, { "p/q/d": { link: "../.." }, "p/q/l": { link: "d/../x" } }),
      "LINK_ESCAPES the link `p/q/l` leads out of the tree",
    ],
    [
      "a link into the git directory",
      (dir: string) => write(dir, { l: { link: ".git/config" } }),
      "LINK_ESCAPES the link `l` leads into a git directory",
    ],
    ["links in a circle", (dir: string) => write(dir, { l: { link: "m/x" }, m: { link: "l" } }), "LINK_ESCAPES"],
  ])("%s is a blocker and not in the tree", async (_what, plant, expected) => {
    const { base, worktree, freeze } = await run();
    plant(worktree);
    const frozen = await freeze();
    expect(blockers(frozen).join("\n")).toContain(expected);
    const names = sh(base.root, "ls-tree", "-r", "--name-only", frozen.candidateTree).trim().split("\n");
    if (expected.startsWith("ODD_FILE") && !expected.includes("case"))
      expect(names).toEqual(expect.not.arrayContaining(["src/b.js", "suid", "s", "big"]));
    expect(JSON.stringify(frozen.delta)).not.toMatch(/\u001b|\n/);
  });

  test("a file with a second name is blocked under both, and not called deleted", async () => {
    const { worktree, freeze } = await run();
    linkSync(join(worktree, "src/a.js"), join(worktree, "src/b.js"));
    const { delta } = await freeze();
    expect(delta.left_behind).toEqual([
      { path: "src/a.js", why: "odd_file", bytes: 0 },
      { path: "src/b.js", why: "odd_file", bytes: 0 },
    ]);
    expect([delta.in_scope, delta.blockers.length]).toEqual([[], 2]);
  });

  test("limits of count and size stop the reading, and nothing is concluded from half of it", async () => {
    const { base, worktree, freeze } = await run();
    for (let i = 0; i < 30; i += 1) write(worktree, { [`f/${i}`]: "x".repeat(100) });
    const many = await freeze({ limits: { entries: 20 } });
    expect([blockers(many), many.candidateTree]).toEqual([["ODD_FILE `.` holds more than 20 new entries"], base.tree]);
    const large = await freeze({ limits: { bytes: 2000 } });
    expect([blockers(large), large.delta.in_scope]).toEqual([["ODD_FILE `.` holds more than 2000 changed bytes"], []]);
  });

  test("an honest link inside the tree is taken as a link", async () => {
    const { base, worktree, freeze } = await run();
    write(worktree, { "src/l": { link: "./a.js" } });
    const frozen = await freeze();
    expect([blockers(frozen), frozen.delta.in_scope[0]?.mode]).toEqual([[], "120000"]);
    expect(sh(base.root, "cat-file", "blob", `${frozen.candidateTree}:src/l`)).toBe("./a.js");
  });

  test("a file that takes a folder's place, and a folder a file's", async () => {
    const { base, worktree, freeze } = await run({ "a/b.js": "x", c: "y" });
    rmSync(join(worktree, "a"), { recursive: true });
    rmSync(join(worktree, "c"));
    write(worktree, { a: "now a file", "c/d.js": "now a folder" });
    const frozen = await freeze();
    expect(blockers(frozen)).toEqual([]);
    expect(sh(base.root, "ls-tree", "-r", "--name-only", frozen.candidateTree)).toBe("a\nc/d.js\n");
    const scope = { affected: (path: string) => path.startsWith("c/"), forbidden: () => false };
    expect(blockers(await freeze({ scope }))).toEqual(["ODD_FILE `c/d.js` stands below a file that stays"]);
  });
});

describe("content that hides", () => {
  test("a same-size edit with the time set back, and a rename swap, are found", async () => {
    const { worktree, freeze } = await run({
      "src/a.js": "return yes;\n",
      "src/b.js": "return b;\n",
      "src/c.js": "return c;\n",
    });
    const path = join(worktree, "src/a.js");
    const { atime, mtime } = statSync(path);
    writeFileSync(path, "return no; \n");
    utimesSync(path, atime, mtime);
    renameSync(join(worktree, "src/b.js"), join(worktree, "src/t"));
    renameSync(join(worktree, "src/c.js"), join(worktree, "src/b.js"));
    renameSync(join(worktree, "src/t"), join(worktree, "src/c.js"));
    expect((await freeze()).delta.in_scope.map((file) => file.path)).toEqual(["src/a.js", "src/b.js", "src/c.js"]);
  });

  test("as an ordinary user, files behind modes 000 are read", async () => {
    const { base, worktree, freeze } = await run();
    write(worktree, { "lib/deep/evil.js": "x\n", "src/locked.js": "y\n" });
    for (const path of ["lib/deep/evil.js", "lib/deep", "lib", "src/locked.js"]) chmodSync(join(worktree, path), 0);
    giveToNobody(join(worktree, ".."));
    giveToNobody(join(base.root, ".."));
    const frozen = await asNobody(() => freeze());
    expect(frozen.delta.in_scope.map((file) => file.path)).toEqual(["lib/deep/evil.js", "src/locked.js"]);
    await asNobody(() => removeTree(join(worktree, "lib")));
    expect(statSync(join(worktree, "lib"), { throwIfNoEntry: false })).toBe(undefined);
  });

  test("only what was writable is read; the rest is the base's", async () => {
    const { base, worktree, freeze } = await run({ "src/a.js": "a", "src/keep.js": "k", "package.json": "{}" });
    write(worktree, { "src/a.js": "changed", "src/keep.js": "changed", "package.json": "changed", "other/x": "x" });
    rmSync(join(worktree, "package.json"));
    const frozen = await freeze({ writable: ["src"], readOnly: ["src/keep.js"] });
    expect(frozen.delta.in_scope.map((file) => file.path)).toEqual(["src/a.js"]);
    expect(sh(base.root, "diff-tree", "-r", "--name-only", base.tree, frozen.candidateTree)).toBe("src/a.js\n");
  });
});

describe("a canary behind a link", () => {
  test("is in no object and no record (S06)", async () => {
    const { base, worktree, freeze } = await run();
    const secret = join(scratch(), "audit.hmac");
    writeFileSync(secret, "LEDGER-KEY-CANARY");
    write(worktree, { "src/notes.md": { link: secret }, "src/dir": { link: join(secret, "..") } });
    const frozen = await freeze();
    expect(blockers(frozen)).toHaveLength(2);
    expect(JSON.stringify(frozen)).not.toContain("LEDGER-KEY-CANARY");
    expect(sh(base.root, "cat-file", "--batch-all-objects", "--batch")).not.toContain("LEDGER-KEY-CANARY");
    expect(readFileSync(secret, "utf8")).toBe("LEDGER-KEY-CANARY");
  });
});

describe("removing what a run left", () => {
  test("any depth, any name, folders without rights; links are not followed", async () => {
    const dir = scratch();
    const outside = join(scratch(), "outside");
    write(outside, { "keep.txt": "k" });
    const tree = join(dir, "tree");
    mkdirSync(tree);
    execFileSync("python3", [
      "-c",
      "import os,sys\nos.chdir(sys.argv[1])\nfor i in range(3000):\n  os.mkdir('deep'); os.chdir('deep')\nopen('end','w')",
      tree,
    ]);
    execFileSync("mkfifo", [join(tree, "fifo")]);
    write(tree, {
      "a/b/c.txt": "x",
      l: { link: outside },
      "a/ces-removing-0": "x",
      "ces-removing-0/ces-removing-1/x": "y",
    });
    writeFileSync(Buffer.concat([Buffer.from(`${tree}/`), Buffer.from([0xff, 0x0a])]), "x");
    execFileSync("chmod", ["000", join(tree, "a/b"), join(tree, "a")]);
    await removeTree(tree);
    expect(statSync(tree, { throwIfNoEntry: false })).toBe(undefined);
    expect(readFileSync(join(outside, "keep.txt"), "utf8")).toBe("k");
    await removeTree(tree);
    write(dir, { link: { link: outside } });
    await removeTree(join(dir, "link"));
    expect(readFileSync(join(outside, "keep.txt"), "utf8")).toBe("k");
  });
});

// Effective ids only: files are opened with a stranger's rights, and the test can come back.
async function asNobody<T>(action: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return action();
  process.setegid?.(65534);
  process.seteuid?.(65534);
  try {
    return await action();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}

function giveToNobody(dir: string): void {
  if (process.getuid?.() === 0) execFileSync("chown", ["-R", "65534:65534", dir]);
}
