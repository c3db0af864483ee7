// A folder without git becomes a first commit, after consent: what is ignored, installed or secret stays out.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openRepositories } from "@ces/git";
import { writeFirstTree } from "../src/index.ts";
import { scratch, sh, write, type Content } from "./repository.ts";

async function first(
  files: Readonly<Record<string, Content>>,
  plant: (root: string) => void = () => undefined,
): Promise<{ readonly root: string; readonly names: string }> {
  const root = scratch();
  write(root, files);
  plant(root);
  const repositories = openRepositories({ gitBinary: "/usr/bin/git", home: "/nonexistent" });
  const git = await repositories.open((await repositories.init(root)).git_dir);
  const { tree } = await writeFirstTree({ git, root });
  return { root, names: sh(root, "ls-tree", "-r", "--name-only", tree) };
}

describe("the first tree", () => {
  test("holds the project, not what it ignores or installs, and no secrets", async () => {
    const { names } = await first({
      "a.js": "",
      "run.sh": { exec: "" },
      "l.js": { link: "a.js" },
      ".gitignore": "out/\n*.log\n",
      "out/x": "",
      "b.log": "",
      "node_modules/x/i.js": "",
      ".env": "K=1",
      ".ces/x": "",
      "sub/.gitignore": "gen*\n",
      "sub/gen.js": "",
      "sub/s.js": "",
    });
    expect(names).toBe(".gitignore\na.js\nl.js\nrun.sh\nsub/.gitignore\nsub/s.js\n");
  });

  test.each<readonly [string, string, (root: string) => void]>([
    ["a FIFO", "FOLDER_ODD_FILE", (root) => void execFileSync("mkfifo", [join(root, "p")])],
    ["a link to the outside", "LINK_ESCAPES", (root) => write(root, { l: { link: "/etc/passwd" } })],
    ["a repository inside", "NESTED_REPOSITORY", (root) => void sh("/", "init", "-q", join(root, "inner"))],
  ])("is not made over %s", async (_what, code, plant) => {
    await expect(first({ "a.js": "" }, plant)).rejects.toMatchObject({ code });
  });
});
