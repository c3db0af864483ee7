// S13: a bind is a real folder of the checkout, never what a link points to.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dependencyFolders } from "../src/index.ts";
import { project, scratch, write, type Content, type Project } from "./repository.ts";

type Places = { readonly home: string; readonly trusted: readonly string[] };

async function look(
  files: Readonly<Record<string, Content>>,
  plant: (base: Project) => Partial<Places> | void,
): Promise<unknown> {
  const base = await project(files);
  const places = { home: scratch(), trusted: [scratch()], ...plant(base) };
  const baseFiles = await base.git.treeFiles(base.tree);
  const { binds, refused } = dependencyFolders({ checkoutRoot: base.root, baseFiles, ...places });
  return {
    binds: binds.map(({ path, source, notes }) => [path, source === join(base.root, path), ...notes]),
    refused: refused.map(({ path, code, why }) => `${path} ${code} ${why}`),
  };
}

const escapes = (path: string, why: string): unknown => ({ binds: [], refused: [`${path} BIND_ESCAPES ${why}`] });

describe("dependency folders", () => {
  test("beside each tracked manifest, with links that lead out named", async () => {
    const files = { "package.json": "{}", "packages/a/package.json": "{}", "py/pyproject.toml": "" };
    const answer = await look(files, ({ root }) => {
      write(root, {
        "node_modules/x/index.js": "",
        "node_modules/@s/in": { link: "../x" },
        "node_modules/@s/ws": { link: "../../packages/a" },
        "packages/a/node_modules/y/index.js": "",
        "py/.venv/pyvenv.cfg": "",
        "other/node_modules/z": "",
      });
    });
    expect(answer).toEqual({
      binds: [
        ["node_modules", true, "@s/ws"],
        ["packages/a/node_modules", true],
        ["py/.venv", true],
      ],
      refused: [],
    });
  });

  test("none installed is nothing", async () => {
    expect(await look({ "package.json": "{}" }, () => undefined)).toEqual({ binds: [], refused: [] });
  });

  test.each<readonly [string, (root: string) => string]>([
    ["the parent", () => "../.."],
    ["the root", () => "/"],
    ["a folder inside", (root) => join(root, "src")],
    ["nowhere", () => "missing"],
  ])("a link to %s is refused", async (_what, target) => {
    const answer = await look({ "package.json": "{}", "src/a.js": "" }, ({ root }) =>
      write(root, { node_modules: { link: target(root) } }),
    );
    expect(answer).toEqual(escapes("node_modules", "is a link, or lies below one"));
  });

  test("a committed link is refused as tracked (the hostile `-> ../..`)", async () => {
    expect(await look({ "package.json": "{}", node_modules: { link: "../.." } }, () => undefined)).toEqual(
      escapes("node_modules", "is tracked by the base"),
    );
  });

  test("a link above the folder is refused", async () => {
    const answer = await look({ "package.json": "{}", "packages/a/package.json": "{}" }, ({ root }) => {
      write(root, {
        "elsewhere/node_modules/x": "",
        "packages/a/node_modules": { link: "../../elsewhere/node_modules" },
      });
    });
    expect(answer).toEqual(escapes("packages/a/node_modules", "is a link, or lies below one"));
  });

  test("a folder that holds HOME, or lies in CES's state, is refused", async () => {
    const home = await look({ "package.json": "{}" }, ({ root }) => {
      mkdirSync(join(root, "node_modules/home"), { recursive: true });
      return { home: join(root, "node_modules/home") };
    });
    expect(home).toEqual(escapes("node_modules", "holds HOME or CES's own state"));
    const state = await look({ "package.json": "{}" }, ({ root }) => {
      mkdirSync(join(root, "node_modules"));
      return { trusted: [root] };
    });
    expect(state).toEqual(escapes("node_modules", "lies in CES's own state"));
  });

  test("a virtual environment that installs the checkout in place is refused", async () => {
    const answer = await look({ "pyproject.toml": "", "src/a.py": "" }, ({ root }) =>
      write(root, { ".venv/lib/python3.11/site-packages/__editable__.pth": `${root}/src\n` }),
    );
    expect(answer).toEqual(escapes(".venv", "installs the checkout in place: checks would test the old code"));
  });

  test("vendored code that the base tracks is part of the tree, a file is no folder", async () => {
    const answer = await look(
      { "package.json": "{}", "node_modules/x/index.js": "", "b/package.json": "{}" },
      ({ root }) => write(root, { "b/node_modules": "x" }),
    );
    expect(answer).toEqual(escapes("b/node_modules", "is not a folder"));
  });
});
