// A hostile clone, a hostile environment, a hostile PATH: whatever is typed in it, nothing of the repository runs on the host
// and no other repository is touched.
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bwrapOrSkip } from "../../support/requirements.ts";
import { type AttackShop, attackShop, shell } from "./attack-shop.ts";
import { everyCommand } from "./every-command.ts";
import { trapConfig } from "./git-traps.ts";

const note = { steps: [shell("echo 'export const note = 1' > src/note.js")], examined: ["src/note.js"] } as const;
const tools = ["git", "bwrap", "node", "npm", "claude", "codex", "python3", "make", "sh", "env", "setpriv", "tar"];

describe.skipIf(bwrapOrSkip())("a hostile clone", () => {
  let shop: AttackShop;
  let mark: string;
  beforeEach(async () => {
    shop = await attackShop();
    mark = join(shop.home, "sprung");
  });
  afterEach(() => shop.remove());

  const write = (path: string, text: string, mode = 0o644): void => {
    const full = join(shop.shop, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
    chmodSync(full, mode);
  };

  test("S03, S11: no program of its git configuration is ever run, not even by a build that merges", async () => {
    for (const [name, value] of trapConfig(mark)) shop.git("config", "--local", name, value);
    mkdirSync(join(shop.shop, ".git/hooks"), { recursive: true });
    for (const hook of [
      "pre-commit",
      "post-commit",
      "reference-transaction",
      "post-checkout",
      "post-index-change",
      "pre-push",
    ]) {
      writeFileSync(join(shop.shop, ".git/hooks", hook), `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
    }
    mkdirSync(join(shop.shop, ".git/info"), { recursive: true });
    writeFileSync(join(shop.shop, ".git/info/attributes"), "* filter=evil diff=evil merge=evil ident\n");
    writeFileSync(
      join(shop.shop, "src/cart/cart.js"),
      `${readFileSync(join(shop.shop, "src/cart/cart.js"), "utf8")}// dirty\n`,
    );
    expect(await everyCommand(shop, {}, ([word]) => word !== "keys")).toEqual([]);
    const answer = await shop.play(note);
    expect(answer.data["state"]).toBe("merged");
    expect(existsSync(mark)).toBe(false);
  });

  test("S03: a bare repository in a folder is not adopted, and a base that holds one is refused", async () => {
    shop.git("clone", "-q", "--bare", shop.shop, join(shop.shop, "pkg"));
    // Git adopts it only with a file below refs, which a fresh clone packs away.
    writeFileSync(join(shop.shop, "pkg/refs/heads/main"), shop.git("rev-parse", "HEAD"));
    for (const [name, value] of trapConfig(mark))
      shop.git("config", "--file", join(shop.shop, "pkg/config"), name, value);
    shop.git("add", "-f", "pkg");
    shop.git("commit", "-qm", "a bare repository");
    for (const args of [["status"], ["explain"], ["doctor"], ["build", "x", "--yes"]])
      await shop.ces(["--json", ...args]);
    const answer = await shop.play(note);
    expect(answer.data["merged_commit"] ?? null).toBeNull();
    expect(answer.codes).toContain("NESTED_REPOSITORY");
    expect(answer.code).toBe(3);
    expect(existsSync(mark)).toBe(false);
  });

  test("S03: a commit that holds a submodule is refused by name", async () => {
    shop.git("update-index", "--add", "--cacheinfo", `160000,${shop.git("rev-parse", "HEAD").trim()},src/vendor`);
    shop.git("commit", "-qm", "a gitlink");
    const answer = await shop.play(note);
    expect(answer.codes).toContain("NESTED_REPOSITORY");
    expect(answer.code).toBe(3);
  });

  test("S37: files that run when they are loaded are not loaded by any command", async () => {
    const touch = `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '')`;
    const python = `open(${JSON.stringify(mark)}, 'w')`;
    write("Makefile", `X := $(shell touch ${mark})\ntest:\n\ttrue\n`);
    for (const name of [
      "vitest.config.js",
      "jest.config.js",
      "vite.config.js",
      "eslint.config.js",
      ".mocharc.cjs",
      ".pnpmfile.cjs",
      "playwright.config.js",
      "node_modules/x/index.js",
    ])
      write(name, `${touch}\n`);
    for (const name of ["conftest.py", "setup.py", "noxfile.py", "sitecustomize.py"]) write(name, `${python}\n`);
    write("build.rs", `fn main() { std::fs::write("${mark}", "").unwrap() }\n`);
    write(".npmrc", `node-options=--require=${shop.shop}/jest.config.js\n`);
    write(
      "package.json",
      JSON.stringify({
        name: "freshcart",
        type: "module",
        scripts: { test: "node --test", preinstall: `touch ${mark}`, prepare: `touch ${mark}`, pretest: "true" },
      }),
    );
    shop.git("add", "-A");
    shop.git("commit", "-qm", "load me");
    expect(await everyCommand(shop, { NODE_OPTIONS: "" })).toEqual([]);
    await shop.play(note);
    expect(existsSync(mark)).toBe(false);
  });

  test("S13: a committed node_modules link that leads out shows the agent nothing of the host", async () => {
    symlinkSync("../..", join(shop.shop, "node_modules"));
    shop.git("add", "-f", "node_modules");
    shop.git("commit", "-qm", "a link");
    const answer = await shop.play({
      steps: [shell("ls -aR node_modules/ > src/seen.txt 2>&1; true")],
      examined: ["src/seen.txt"],
    });
    expect(answer.data["merged_commit"] ?? null).toBeNull();
    expect(answer.code).toBe(3);
    expect(answer.codes.join()).toMatch(/LINK_ESCAPES|BIND_ESCAPES/);
    expect(answer.text).not.toContain("identities");
  });

  test("S13: a node_modules link of the user's own is not followed either, and the build goes on without it", async () => {
    symlinkSync("../..", join(shop.shop, "node_modules"));
    const answer = await shop.play({
      steps: [shell("ls -aR node_modules/ > src/seen.txt 2>&1; true")],
      examined: ["src/seen.txt"],
    });
    expect(await shop.candidate("src/seen.txt")).not.toMatch(/identities|\.git|shop/);
    expect(answer.data["merged_commit"]).not.toBeNull();
  });

  test("S10: a tracked `.ces` at any depth is refused by every command before anything is written", async () => {
    write("packages/a/.ces/config.yaml", "default_runtime: replay\n");
    shop.git("add", "-f", "packages");
    shop.git("commit", "-qm", "state from elsewhere");
    for (const args of [["status"], ["build", "x", "--yes"], ["audit"], ["approve", "--yes"], ["init"]]) {
      const { code, document } = await shop.json(args);
      expect([args[0], code, document.error?.code]).toEqual([args[0], 3, "STATE_TRACKED"]);
    }
  });

  test("S10: a pointer to another project's state, or out of the state folder, is not followed", async () => {
    const other = await attackShop({ enrol: false });
    await other.ces(["init", "--yes"]);
    for (const id of ["../../../etc", readFileSync(join(other.shop, ".ces", pointerOf(other.shop)), "utf8").trim()]) {
      mkdirSync(join(shop.shop, ".ces"), { recursive: true });
      writeFileSync(join(shop.shop, ".ces", pointerOf(other.shop)), `${id}\n`);
      const { code, document } = await shop.json(["status"]);
      if (code === 0) expect(JSON.stringify(document)).not.toContain(id);
      else expect(code).toBeOneOf([2, 4, 5]);
    }
    other.remove();
  });

  test("S24: fakes on PATH are passed over or refused, and never run", async () => {
    const fakes = ["", "bin", "node_modules/.bin", "open"].map((name) => join(shop.shop, name));
    const outside = join(shop.home, "open");
    for (const folder of [...fakes, outside]) {
      mkdirSync(folder, { recursive: true });
      for (const tool of tools)
        writeFileSync(join(folder, tool), `#!/bin/sh\n: > ${mark}\nexec /usr/bin/${tool} "$@"\n`, { mode: 0o755 });
    }
    chmodSync(outside, 0o777);
    const PATH = [...fakes, outside, ".", "", "bin", shop.env["PATH"]].join(":");
    // The launcher itself is started by its path, as a package's script would be; its own words run before CES can look.
    expect(await everyCommand(shop, { PATH }, ([word]) => word !== "continue")).toEqual([]);
    const answer = await shop.play({ ...note, env: { PATH } });
    expect(existsSync(mark)).toBe(false);
    expect(answer.data["state"]).toBe("merged");
  });

  test("S35: every GIT_ variable set to another repository changes nothing, and that one is untouched", async () => {
    const canary = join(shop.home, "canary");
    shop.git("init", "-q", canary);
    const before = shop.git("-C", canary, "rev-parse", "--git-dir");
    const env = Object.fromEntries(gitVariables(canary));
    const answer = await shop.play({ ...note, env });
    expect(answer.data["state"]).toBe("merged");
    expect(shop.git("log", "-1", "--format=%an %cn")).toContain("CES");
    expect(shop.git("-C", canary, "rev-parse", "--git-dir")).toBe(before);
    expect(shop.git("-C", canary, "count-objects")).toMatch(/^0 objects/);
    expect(existsSync(join(shop.home, "trace"))).toBe(false);
  });

  test("S35: a replace ref does not change what the agent and the evidence see", async () => {
    const real = shop.git("rev-parse", "HEAD:src/config.js").trim();
    writeFileSync(join(shop.home, "nice.js"), "safe()\n");
    shop.git("replace", real, shop.git("hash-object", "-w", join(shop.home, "nice.js")).trim());
    const cassette = shop.cassette({ steps: [shell("cp src/config.js src/seen.js")], examined: ["src/seen.js"] });
    const { code, stdout } = await shop.ces([
      "build",
      "Add a note about the shop",
      "--runtime",
      "replay",
      "--cassette",
      cassette,
      "--yes",
      "--as",
      "tester",
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain("replace refs");
    expect(await shop.candidate("src/seen.js")).not.toContain("safe()");
  });
});

/** The name of the pointer's file, whatever it is called. */
function pointerOf(root: string): string {
  for (const name of ["project", "project.json", "project-id", "pointer"])
    if (existsSync(join(root, ".ces", name))) return name;
  throw new Error("no pointer in .ces");
}

function gitVariables(canary: string): readonly (readonly [string, string])[] {
  const dir = join(canary, ".git");
  const trace = ["GIT_TRACE", "GIT_TRACE2", "GIT_TRACE2_EVENT", "GIT_TRACE_PACKET", "GIT_TRACE_SETUP"].map(
    (name) => [name, join(dirname(canary), "trace")] as const,
  );
  return [
    ...trace,
    ["GIT_DIR", dir],
    ["GIT_WORK_TREE", canary],
    ["GIT_INDEX_FILE", join(dir, "index")],
    ["GIT_OBJECT_DIRECTORY", join(dir, "objects")],
    ["GIT_ALTERNATE_OBJECT_DIRECTORIES", join(dir, "objects")],
    ["GIT_COMMON_DIR", dir],
    ["GIT_NAMESPACE", "evil"],
    ["GIT_CEILING_DIRECTORIES", "/"],
    ["GIT_CONFIG_GLOBAL", join(dir, "config")],
    ["GIT_CONFIG_COUNT", "1"],
    ["GIT_CONFIG_KEY_0", "core.hooksPath"],
    ["GIT_CONFIG_VALUE_0", canary],
    ["GIT_CONFIG_PARAMETERS", "'core.fsmonitor=touch /tmp/never'"],
    ["GIT_EXTERNAL_DIFF", "false"],
    ["GIT_SSH_COMMAND", "false"],
    ["GIT_EDITOR", "false"],
    ["GIT_PAGER", "false"],
    ["GIT_AUTHOR_NAME", "somebody"],
    ["GIT_COMMITTER_NAME", "somebody"],
    ["GIT_REPLACE_REF_BASE", "refs/evil/"],
    ["GIT_GRAFT_FILE", join(dir, "grafts")],
    ["GIT_DEFAULT_HASH", "sha256"],
    ["GIT_TEMPLATE_DIR", canary],
    ["GIT_EXEC_PATH", canary],
  ];
}
