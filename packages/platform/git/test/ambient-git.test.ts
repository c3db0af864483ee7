// S35: the environment, replace refs and grafts do not change what CES sees.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { findRepository } from "../src/index.ts";
import { open, repository, scratch, sh, write } from "./repository.ts";

const before = { ...process.env };

afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});

async function look(root: string): Promise<unknown> {
  const git = await open(root);
  const head = await git.head();
  const { tree } = await git.commit(head.commit ?? "");
  const files = await git.treeFiles(tree);
  const blobs = (await git.blobs(files.map((file) => file.oid))).map(String);
  return {
    head,
    tree,
    files,
    blobs,
    index: await git.indexEntries(),
    found: findRepository(root, { home: "/nonexistent" }),
  };
}

describe("ambient git", () => {
  test("every GIT_ variable set to a canary repository changes nothing", async () => {
    const root = repository({ "a.txt": "mine\n", "b/c.txt": "too\n" });
    const canary = repository({ "a.txt": "canary\n" });
    const expected = await look(root);
    const config = readFileSync(join(canary, ".git/config"), "utf8");
    const index = readFileSync(join(canary, ".git/index"));
    const dir = join(canary, ".git");
    Object.assign(process.env, {
      GIT_DIR: dir,
      GIT_COMMON_DIR: dir,
      GIT_WORK_TREE: canary,
      GIT_INDEX_FILE: join(dir, "index"),
      GIT_OBJECT_DIRECTORY: join(dir, "objects"),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: join(dir, "objects"),
      GIT_NAMESPACE: "canary",
      GIT_CEILING_DIRECTORIES: root,
      GIT_DISCOVERY_ACROSS_FILESYSTEM: "1",
      GIT_CONFIG: join(dir, "config"),
      GIT_CONFIG_GLOBAL: join(dir, "config"),
      GIT_CONFIG_SYSTEM: join(dir, "config"),
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "core.bare",
      GIT_CONFIG_VALUE_0: "nonsense",
      GIT_CONFIG_PARAMETERS: "'core.bare=nonsense'",
      GIT_REPLACE_REF_BASE: "refs/heads/",
      GIT_GRAFT_FILE: join(dir, "HEAD"),
      GIT_SHALLOW_FILE: join(dir, "HEAD"),
      GIT_LITERAL_PATHSPECS: "1",
      GIT_GLOB_PATHSPECS: "1",
      GIT_ICASE_PATHSPECS: "1",
      GIT_EXEC_PATH: canary,
      GIT_TEMPLATE_DIR: canary,
      GIT_REF_STORAGE: "nonsense",
      GIT_DEFAULT_HASH: "sha256",
      GIT_TRACE: join(canary, "trace"),
      GIT_TRACE2: join(canary, "trace2"),
      GIT_EDITOR: "false",
      GIT_EXTERNAL_DIFF: "false",
      GIT_SSH_COMMAND: "false",
      GIT_QUARANTINE_PATH: canary,
      GIT_REFLOG_ACTION: "canary",
    });
    expect(await look(root)).toEqual(expected);
    const git = await open(root);
    const { commit } = await git.head();
    await git.updateRef("refs/heads/side", commit ?? "", null);
    await git.updateIndex([{ path: "a.txt", mode: "100644", oid: null }]);
    for (const name of Object.keys(process.env)) if (name.startsWith("GIT_")) delete process.env[name];
    expect(sh(root, ["rev-parse", "side"]).trim()).toBe(commit);
    expect(sh(canary, ["branch", "--format=%(refname)"])).toBe("refs/heads/main\n");
    expect(sh(canary, ["status", "--porcelain"])).toBe("");
    expect(readFileSync(join(dir, "config"), "utf8")).toBe(config);
    expect(readFileSync(join(dir, "index")).equals(index)).toBe(true);
  });

  test("a replace ref shows nobody another blob, and is named", async () => {
    const root = repository({ "a.js": "backdoor()\n" });
    const real = sh(root, ["rev-parse", "HEAD:a.js"]).trim();
    const other = sh(root, ["hash-object", "-w", "--stdin"], "safe()\n").trim();
    sh(root, ["replace", real, other]);
    expect(sh(root, ["cat-file", "blob", real])).toBe("safe()\n");
    const git = await open(root);
    expect((await git.blobs([real])).map(String)).toEqual(["backdoor()\n"]);
    expect(findRepository(root, { home: "/nonexistent" })).toMatchObject({
      notes: [expect.stringContaining("replace refs")],
    });
    sh(root, ["pack-refs", "--all"]);
    expect(findRepository(root, { home: "/nonexistent" })).toMatchObject({
      notes: [expect.stringContaining("replace refs")],
    });
  });

  test("grafts are refused, alternates are named", async () => {
    const root = repository({ "a.txt": "x\n" });
    const clone = join(scratch(), "clone");
    sh(root, ["clone", "-q", "--shared", root, clone]);
    expect(findRepository(clone, { home: "/nonexistent" })).toMatchObject({
      notes: [expect.stringContaining("borrows objects")],
    });
    write(root, { ".git/info/grafts": `${sh(root, ["rev-parse", "HEAD"])}` });
    await expect(open(root)).rejects.toMatchObject({ code: "GIT_GRAFTS" });
  });
});
