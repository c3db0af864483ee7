// What of the tree and HOME can be written: scope table against write attempts by a script (S31), configuration (S04), dependency binds (S13).
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bwrapOrSkip } from "../../../../test/support/requirements.ts";
import { startBox } from "../src/index.ts";
import type { BoxPlan, TreePlan } from "../src/index.ts";
import { runBox, say, scratchFolder, scratchPlan, scratchTree } from "./scratch-box.ts";

const FILES = {
  "package.json": "{}",
  Makefile: "",
  ".npmrc": "",
  "src/a.js": "a",
  "src/deep/keep.js": "kept",
  "test/t.js": "t",
  "notes.md": "n",
  ".github/workflows/ci.yml": "",
};

function tree(change: Partial<TreePlan> = {}, files: Readonly<Record<string, string>> = FILES): TreePlan {
  return { source: scratchTree(files), writable: [], protect: [], dependencies: [], scratch: [], ...change };
}

// Tries to change each name in every way a script could; prints the names that changed.
function attempts(names: readonly string[]): string {
  return names
    .map(
      (n) =>
        `w='';  ( echo x >'${n}' ) 2>/dev/null && w=1; [ ! -e '${n}' ] || { rm -f '${n}' 2>/dev/null; [ -e '${n}' ] || w=1; }; echo y >t.$$ 2>/dev/null; mv t.$$ '${n}' 2>/dev/null && w=1; [ -z "$w" ] || echo '${n}'`,
    )
    .join("\n");
}

const NAMES = [
  ...Object.keys(FILES),
  "new.txt",
  "src/new.js",
  "src/deep/new.js",
  ".gitattributes",
  ".github/workflows/x.yml",
];

describe.skipIf(bwrapOrSkip())("the tree", () => {
  test.each([
    ["nothing", [], [], []],
    ["a folder", [{ kind: "dir", path: "src" }], [], ["src/a.js", "src/deep/keep.js", "src/deep/new.js", "src/new.js"]],
    [
      "a folder with a protected file",
      [{ kind: "dir", path: "src" }],
      ["src/deep/keep.js"],
      ["src/a.js", "src/deep/new.js", "src/new.js"],
    ],
    ["a folder with a protected folder", [{ kind: "dir", path: "src" }], ["src/deep"], ["src/a.js", "src/new.js"]],
    ["one file", [{ kind: "file", path: "notes.md" }], [], ["notes.md"]],
    [
      "everything but",
      [{ kind: "dir", path: "" }],
      ["package.json", ".npmrc", ".github", "Makefile"],
      [
        ".gitattributes",
        "new.txt",
        "notes.md",
        "src/a.js",
        "src/deep/keep.js",
        "src/deep/new.js",
        "src/new.js",
        "test/t.js",
      ],
    ],
  ] as const)(
    "S31: with %s writable, the kernel refuses exactly the rest",
    async (_name, writable, protect, expected) => {
      const out = await say(attempts(NAMES), { tree: tree({ writable, protect }) });
      expect(
        out
          .split("\n")
          .filter((l) => l !== "")
          .toSorted(),
      ).toEqual(expected);
    },
  );

  test("S31: a folder above a protected file cannot be renamed away and replaced", async () => {
    const plan = tree({ writable: [{ kind: "dir", path: "src" }], protect: ["src/deep/keep.js"] });
    const out = await say(
      "mv src/deep src/gone 2>&1; mv src gone 2>&1; rm -rf src/deep 2>/dev/null; cat src/deep/keep.js",
      { tree: plan },
    );
    expect(out).toContain("busy");
    expect(out.endsWith("kept")).toBe(true);
    expect(readFileSync(join(plan.source, "src/deep/keep.js"), "utf8")).toBe("kept");
  });

  test("a protected path that does not exist or is a link is named, for the merge to hold", async () => {
    const wanted = tree({
      writable: [{ kind: "dir", path: "src" }],
      protect: ["src/.npmrc", "src/link", "src/a.js", "absent", "package.json"],
    });
    symlinkSync("a.js", join(wanted.source, "src/link"));
    const box = await startBox(scratchPlan("true", { tree: wanted }));
    expect(box.unprotected).toEqual(["src/.npmrc", "src/link"]);
    await box.kill();
  });

  test("a missing writable folder is made and stays, a missing writable file is refused", async () => {
    const wanted = tree({ writable: [{ kind: "dir", path: "lib/new" }] });
    await say("echo 1 >lib/new/x", { tree: wanted });
    expect(existsSync(join(wanted.source, "lib/new/x"))).toBe(true);
    const plan = scratchPlan("true", { tree: tree({ writable: [{ kind: "file", path: "absent.txt" }] }) });
    await expect(startBox(plan)).rejects.toMatchObject({ code: "WRITABLE_MISSING" });
  });

  test("the private git folder is read-only, scratch is memory, and mount points leave no trace", async () => {
    const git = scratchTree({ HEAD: "ref: refs/heads/main\n" });
    const wanted = tree({ git, scratch: [{ path: "coverage", bytes: 1 << 20 }] });
    const out = await say(
      "cat .git/HEAD; touch .git/x 2>/dev/null || echo ro; rm -rf .git 2>/dev/null; mv .git g 2>/dev/null; ls .git; echo 1 >coverage/x && echo made",
      { tree: wanted },
    );
    expect(out).toBe("ref: refs/heads/main\nro\nHEAD\nmade\n");
    expect([existsSync(join(wanted.source, ".git")), existsSync(join(wanted.source, "coverage"))]).toEqual([
      false,
      false,
    ]);
  });

  test.each([
    ["the tree", "/workspace/.codex", { writable: [{ kind: "dir", path: "" }] }],
    ["HOME", "/home/agent/.codex", {}],
  ] as const)(
    "S04: what configures a client in %s is CES's and cannot be moved away",
    async (_name, folder, writable) => {
      const plan: Partial<BoxPlan> = {
        tree: tree(writable, { ".codex/rules/default.rules": "allow", ...FILES }),
        files: { [`${folder}/config.toml`]: 'trust = "untrusted"\n' },
        masks: [
          { kind: "dir", inside: `${folder}/rules` },
          { kind: "file", inside: `${folder}/hooks.json` },
        ],
      };
      const out = await say(
        `cd ${folder}; cat config.toml rules/* hooks.json; for f in config.toml rules/x hooks.json; do ( echo x >$f ) 2>/dev/null && echo OPEN; done; mv ${folder} /tmp/x; mv ${folder} ${folder}2; mv rules r; rm -rf ${folder}; cat config.toml; ls rules; touch session && echo kept`,
        plan,
      );
      expect(out).toBe('trust = "untrusted"\ntrust = "untrusted"\nkept\n');
    },
  );

  test("S04: the same over a HOME in memory", async () => {
    const out = await say("cd; mv .codex c; rm -rf .codex; cat .codex/config.toml; touch .codex/x && echo writable", {
      home: { kind: "tmpfs", bytes: 1 << 20 },
      files: { "/home/agent/.codex/config.toml": "trust\n" },
    });
    expect(out).toBe("trust\nwritable\n");
  });

  test.each([
    ["a committed link where CES mounts", { ".claude/x": "" }, "/workspace/link/settings.json"],
    ["a committed link as the mask itself", {}, "/workspace/link"],
  ])("%s is refused", async (_name, files, inside) => {
    const wanted = tree({}, files);
    symlinkSync("../../../../etc", join(wanted.source, "link"));
    await expect(startBox(scratchPlan("true", { tree: wanted, files: { [inside]: "" } }))).rejects.toMatchObject({
      code: "MOUNT_POINT_LINK",
    });
  });

  test("S13: a dependency folder is shown read-only inside", async () => {
    const checkout = scratchTree({ "node_modules/lib/index.js": "lib" });
    const out = await say(
      'cat node_modules/lib/index.js; touch node_modules/x 2>/dev/null || echo ro; ln node_modules/lib/index.js h 2>&1 | grep -o "cross-device"',
      {
        tree: tree({
          writable: [{ kind: "dir", path: "" }],
          dependencies: [{ source: join(checkout, "node_modules"), at: "node_modules", checkout }],
        }),
      },
    );
    expect(out).toBe("libro\ncross-device\n");
  });

  test.each(["..", "/", homedir(), "trust", "../.."])(
    "S13: a dependency folder that is a link to %s is refused",
    async (target) => {
      const checkout = join(scratchFolder(), "checkout");
      mkdirSync(checkout);
      symlinkSync(target, join(checkout, "node_modules"));
      const plan = scratchPlan("true", {
        tree: tree({ dependencies: [{ source: join(checkout, "node_modules"), at: "node_modules", checkout }] }),
      });
      await expect(startBox(plan)).rejects.toMatchObject({ code: "BIND_ESCAPES" });
    },
  );

  test("S13: a link on the way to a dependency folder is refused, wherever it leads", async () => {
    const checkout = scratchTree({ "real/node_modules/x": "" });
    symlinkSync("real", join(checkout, "link"));
    const dependency = { source: join(checkout, "link/node_modules"), at: "node_modules", checkout };
    const plan = scratchPlan("true", { tree: tree({ dependencies: [dependency] }) });
    await expect(startBox(plan)).rejects.toMatchObject({ code: "BIND_ESCAPES" });
  });

  test("S13: real folders outside the checkout, the checkout itself, and folders that hold the trust domain are refused", async () => {
    const checkout = scratchTree({ "vendor/ces/keys/k": "", "file.txt": "" });
    const keepOut = [join(checkout, "vendor/ces")];
    for (const source of [
      join(checkout, ".."),
      checkout,
      "/usr",
      join(checkout, "vendor"),
      join(checkout, "vendor/ces"),
      join(checkout, "file.txt"),
      `${checkout}/./vendor`,
    ]) {
      const plan = scratchPlan("true", {
        keepOut,
        tree: tree({ dependencies: [{ source, at: "node_modules", checkout }] }),
      });
      await expect(startBox(plan)).rejects.toMatchObject({ code: "BIND_ESCAPES" });
    }
  });

  test("a tree whose parents only root can enter is still reached", async () => {
    const source = scratchTree({ "closed/tree/a.txt": "reached" });
    const closed = join(source, "closed");
    writeFileSync(join(closed, "secret"), "x");
    chmodSync(closed, 0o700);
    const wanted = tree({ source: join(closed, "tree"), writable: [{ kind: "dir", path: "" }] });
    const run = await runBox(
      scratchPlan('cat a.txt; echo b >b.txt; ls /workspace/..; tr "\\0" " " </proc/1/cmdline', { tree: wanted }),
    );
    expect(run.out).toContain("reached");
    expect(run.out).not.toContain(closed);
    expect(existsSync(join(closed, "tree/b.txt"))).toBe(true);
  });
});
