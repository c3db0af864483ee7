// Settings of the guard, and where an agent works. What cannot be believed never means less protection.
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { findWorkspaces } from "../src/find-workspace.ts";
import { readGuardConfig } from "../src/guard-config.ts";
import { guardPlaces } from "../src/guard-places.ts";
import { folder } from "./folder.ts";

const config = (text: string, spoil: (path: string) => void = () => {}) => {
  const { places } = folder();
  mkdirSync(dirname(places.config), { recursive: true });
  writeFileSync(places.config, text, { mode: 0o600 });
  spoil(places.config);
  return readGuardConfig(places.config);
};

test("says what it says", () => {
  expect(config('{"mode":"strict","workspaces":["/srv/x"]}')).toEqual({
    config: { mode: "strict", workspaces: ["/srv/x"] },
    warning: null,
  });
  expect(config('{"mode":"observe"}').config.mode).toBe("observe");
  expect(readGuardConfig("/nonexistent/guard.json")).toEqual({
    config: { mode: "standard", workspaces: [] },
    warning: null,
  });
});

test.each([
  ["no JSON", "{", () => {}],
  ["a list", "[]", () => {}],
  ["a mode that there is not", '{"mode":"off"}', () => {}],
  ["a setting that there is not", '{"mode":"observe","extra":1}', () => {}],
  ["a setting twice", '{"mode":"strict","mode":"observe"}', () => {}],
  ["a relative folder", '{"mode":"observe","workspaces":["x"]}', () => {}],
  ["a file others may write", '{"mode":"observe"}', (path: string) => chmodSync(path, 0o666)],
] as const)("%s: the built-in rules, and a warning", (_, text, spoil) => {
  const { config: read, warning } = config(text, spoil);
  expect(read).toEqual({ mode: "standard", workspaces: [] });
  expect(warning).toContain("the built-in rules apply");
});

test("a link and a folder in its place are not read either", () => {
  const { root, places } = folder();
  mkdirSync(dirname(places.config), { recursive: true });
  writeFileSync(join(root, "evil.json"), '{"mode":"observe"}');
  symlinkSync(join(root, "evil.json"), places.config);
  expect(readGuardConfig(places.config)).toMatchObject({
    config: { mode: "standard" },
    warning: expect.stringContaining("a link"),
  });
  const other = guardPlaces({ HOME: join(root, "home"), XDG_CONFIG_HOME: join(root, "other") });
  mkdirSync(other.config, { recursive: true });
  expect(readGuardConfig(other.config)).toMatchObject({ config: { mode: "standard" }, warning: expect.any(String) });
});

describe("workspaces", () => {
  test("the folder with a `.git` above, by its real path", () => {
    const { root, home, project } = folder();
    mkdirSync(join(project, "a/b"), { recursive: true });
    mkdirSync(join(project, ".git"));
    symlinkSync(project, join(root, "link"));
    const found = (cwd: string, roots: readonly string[] = []) => findWorkspaces({ cwd, home, roots });
    expect(found(join(project, "a/b"))).toEqual([project]);
    expect(found(join(root, "link/a"))).toEqual([project]);
    expect(found("/nonexistent/x")).toEqual(["/nonexistent/x"]);
    expect(found(project, ["/srv/y"])).toEqual([project, "/srv/y"]);
  });

  test("never the home folder or what holds it, whatever stands there", () => {
    const { root, home } = folder();
    mkdirSync(join(home, ".git"));
    mkdirSync(join(root, ".git"));
    mkdirSync(join(home, "x/y"), { recursive: true });
    expect(findWorkspaces({ cwd: join(home, "x/y"), home, roots: [home, "/", root] })).toEqual([join(home, "x/y")]);
  });
});

test("places need an absolute home; relative variables are ignored", () => {
  expect(() => guardPlaces({})).toThrow(expect.objectContaining({ code: "GUARD_PLACE" }));
  expect(() => guardPlaces({ HOME: "x" })).toThrow(expect.objectContaining({ code: "GUARD_PLACE" }));
  expect(guardPlaces({ HOME: "/h", XDG_STATE_HOME: "rel", XDG_CONFIG_HOME: "/c/" })).toMatchObject({
    state: "/h/.local/state/ces/guard",
    config: "/c/ces/guard.json",
  });
});
