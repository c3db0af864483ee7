// What each package manager is told: exact versions, no network, no script, and which package it lacks by its own words.
import type { DependencyWish, PackageManager } from "@ces/records";
import { DependencyWish as WishSchema } from "@ces/records";
import { describe, expect, test } from "vitest";
import { installerOf, lockOf, managersOf, refusedManagers } from "../src/installers/table.ts";

const cache = {
  source: "/home/ada/.cache",
  registries: ["@a:registry=http://127.0.0.1:1/"],
  registry: "http://127.0.0.1:2/",
};
const wish = (manager: PackageManager, more: Partial<DependencyWish> = {}): DependencyWish => ({
  schema: "ces.dependency-wish/v1",
  manager,
  action: "add",
  dev: false,
  packages: [{ name: "left-pad", version: manager === "go" ? "v1.3.0" : "1.3.0" }],
  asked_by: null,
  accepted: null,
  ...more,
});
const line = (manager: PackageManager, more?: Partial<DependencyWish>): string => {
  const { args, env } = installerOf(manager).resolve(wish(manager, more), cache);
  return [...Object.entries(env).map(([name, value]) => `${name}=${value}`), manager, ...args].join(" ");
};

describe("the command that writes manifest and lockfile", () => {
  test.each([
    [
      "npm",
      /npm install left-pad@1\.3\.0 --save-exact --save-prod --package-lock-only --offline --ignore-scripts .*--git=\/bin\/false/,
    ],
    [
      "pnpm",
      /pnpm add left-pad@1\.3\.0 --save-exact --save-prod --lockfile-only --offline --ignore-scripts --ignore-pnpmfile/,
    ],
    ["yarn", /YARN_ENABLE_NETWORK=0 YARN_ENABLE_SCRIPTS=0 .*yarn add left-pad@1\.3\.0 --exact --mode=update-lockfile$/],
    ["uv", /uv add left-pad==1\.3\.0 --no-sync --offline --no-build/],
    ["cargo", /CARGO_NET_OFFLINE=true .*cargo add left-pad@=1\.3\.0 --offline$/],
    ["go", /GOPROXY=off .*go get left-pad@v1\.3\.0$/],
  ] as const)("%s", (manager, expected) => {
    expect(line(manager)).toMatch(expected);
  });

  test("removes and adds for development", () => {
    const gone = { action: "remove", packages: [{ name: "left-pad", version: null }] } as const;
    expect(line("npm", { ...gone, packages: [...gone.packages] })).toContain(
      "npm uninstall left-pad --package-lock-only",
    );
    expect(line("go", { ...gone, packages: [...gone.packages] })).toContain("go get left-pad@none");
    expect(line("cargo", { dev: true })).toContain("--dev --offline");
  });

  test("registries of the person's own settings stand below the project's, a variable above; nothing else of them is told", () => {
    const { args, env, files } = installerOf("npm").resolve(wish("npm"), cache);
    expect(args.join(" ")).not.toContain("registry");
    expect(env).toMatchObject({ npm_config_registry: "http://127.0.0.1:2/", npm_config_userconfig: "/opt/ces/npmrc" });
    expect(files).toEqual({ "/opt/ces/npmrc": "@a:registry=http://127.0.0.1:1/\n" });
  });
});

describe("what a manager says it lacks", () => {
  test.each([
    [
      "npm",
      "npm error code ENOTCACHED\nnpm error request to http://127.0.0.1:1/left-pad failed: cache mode is",
      "left-pad",
    ],
    ["npm", "npm error code ENOTCACHED\nnpm error request to http://h/@a%2fb failed: cache mode is", "@a/b"],
    [
      "npm",
      "npm error code ENOTCACHED\nnpm error request to http://h/npm/@a/b/-/b-1.0.0.tgz failed: cache mode is",
      "@a/b@1.0.0",
    ],
    ["npm", "npm error code ERESOLVE\nnpm error could not resolve", null],
    ["go", "go: example.org/m@v1.0.0: module lookup disabled by GOPROXY=off", "example.org/m@v1.0.0"],
    ["cargo", "error: no matching package named `left-pad` found", "left-pad"],
    ["uv", "  Because left-pad was not found in the cache and you require", "left-pad"],
  ] as const)("%s: %s", (manager, output, expected) => {
    expect(installerOf(manager).missing(output)).toBe(expected);
  });

  test.each(["npm", "pnpm", "yarn", "uv", "cargo", "go"] as const)("%s answers any text in linear time", (manager) => {
    const long = "npm error request to ERR_PNPM_NO_OFFLINE_META YN0080 a@ ` @v".repeat(20_000);
    expect(() => installerOf(manager).missing(long)).not.toThrow();
  });
});

describe("which manager", () => {
  test.each([
    [["package.json", "pnpm-lock.yaml"], ["pnpm"]],
    [["package.json", "package-lock.json"], ["npm"]],
    [["package.json"], ["npm"]],
    [["pyproject.toml"], ["uv"]],
    [["go.mod", "go.sum"], ["go"]],
    [
      ["package.json", "yarn.lock", "package-lock.json"],
      ["npm", "yarn"],
    ],
    [["README.md"], []],
  ])("%j", (paths, managers) => {
    expect(managersOf(new Set(paths))).toEqual(managers);
  });

  test("the lockfile that is there, else the usual one", () => {
    expect(lockOf(installerOf("npm"), new Set(["npm-shrinkwrap.json", "package-lock.json"]))).toBe(
      "npm-shrinkwrap.json",
    );
    expect(lockOf(installerOf("npm"), new Set())).toBe("package-lock.json");
  });

  test("no refused manager is run", () => {
    expect(
      Object.keys(refusedManagers).filter((name) => WishSchema.safeParse(wish(name as PackageManager)).success),
    ).toEqual([]);
  });
});

describe("a wish", () => {
  test.each(["--registry=http://evil", "-g", "../evil", "a b", "$(id)", "a;b", "http://h/x.tgz", "a@npm:b"])(
    "is never of a package named %s",
    (name) => {
      expect(WishSchema.safeParse(wish("npm", { packages: [{ name, version: "1.0.0" }] })).success).toBe(false);
    },
  );

  test.each(["latest", "^1.0.0", "1.x || 2", "1.0.0 --global", "$(id)"])("is never of the version %s", (version) => {
    const read = WishSchema.safeParse(wish("npm", { packages: [{ name: "a", version }] })).success;
    expect(read && installerOf("npm").exact.test(version)).toBe(false);
  });
});
