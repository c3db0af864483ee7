// What the evidence says of two states of manifest and lockfile: what was asked for, what came along, what is a trick.
import type { InstallGround } from "@ces/guard";
import { advisoryList, readOsvLines } from "@ces/guard";
import type { DependencyWish, RunRecord } from "@ces/records";
import { describe, expect, test } from "vitest";
import { dependencyObservation } from "../src/deps/dependency-evidence.ts";

const NOW = Date.parse("2026-11-02T00:00:00Z");
const osv =
  '{"id":"MAL-1","modified":"2026-11-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"bad"},"versions":["6.6.6"]}]}';
const ground: InstallGround = { advisories: advisoryList(readOsvLines(osv)), metadata: null, grants: [], now: NOW };
const installed = { outcome: "completed", reason: null } as RunRecord; // only these are read

type Pins = Readonly<
  Record<string, string | { readonly version: string; readonly integrity?: string; readonly resolved?: string }>
>;

const lock = (pins: Pins): string =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: {
      "": {},
      ...Object.fromEntries(
        Object.entries(pins).map(([name, pin]) => {
          const { version, ...more } = typeof pin === "string" ? { version: pin } : pin;
          const resolved = `https://registry.example.org/${name}/-/${name}-${version}.tgz`;
          return [`node_modules/${name}`, { version, resolved, integrity: `sha512-${name}${version}`, ...more }];
        }),
      ),
    },
  });
const manifest = (dependencies: Readonly<Record<string, string>>, more: object = {}): string =>
  JSON.stringify({ name: "x", ...more, dependencies });
const wish = (more: Partial<DependencyWish> = {}): DependencyWish => ({
  schema: "ces.dependency-wish/v1",
  manager: "npm",
  action: "add",
  dev: false,
  packages: [{ name: "a", version: "2.0.0" }],
  asked_by: null,
  accepted: null,
  ...more,
});

interface Case {
  readonly before: Pins;
  readonly after: Pins | string;
  readonly manifest?: string;
  readonly install?: RunRecord | undefined;
  readonly wish?: DependencyWish;
  readonly ground?: InstallGround;
}

function judged(given: Case) {
  const seen = dependencyObservation({
    wish: given.wish ?? wish(),
    files: {
      manifest: {
        path: "package.json",
        before: manifest({ b: "1.0.0" }),
        after: given.manifest ?? manifest({ a: "2.0.0", b: "1.0.0" }),
      },
      lock: {
        path: "package-lock.json",
        before: lock(given.before),
        after: typeof given.after === "string" ? given.after : lock(given.after),
      },
    },
    ground: given.ground ?? ground,
    install: "install" in given ? given.install : installed,
  });
  const grave = seen.findings.filter(({ severity }) => severity === "critical" || severity === "high");
  return { ...seen, grave: grave.map(({ category, title }) => `${category} ${title}`) };
}

const b = { b: "1.0.0" };

describe("dependencyObservation", () => {
  test("what was asked for, and what it needs, is listed and no doubt", () => {
    const seen = judged({ before: b, after: { ...b, a: "2.0.0", "needed-by-a": "3.0.0" } });
    expect([seen.outcome, seen.grave, seen.detail]).toEqual([
      "passed",
      [],
      "added a → 2.0.0\nadded needed-by-a → 3.0.0",
    ]);
  });

  test.each<readonly [string, Case, string]>([
    [
      "malice that came along",
      { before: b, after: { ...b, a: "2.0.0", bad: "6.6.6" } },
      "DEPENDENCY_REFUSED PACKAGE_MALICIOUS",
    ],
    [
      "the same version with another content",
      { before: b, after: { a: "2.0.0", b: { version: "1.0.0", integrity: "sha512-X" } } },
      "DEPENDENCY_REFUSED LOCKFILE_TAMPERED",
    ],
    [
      "another package moved along",
      { before: b, after: { a: "2.0.0", b: "1.0.1" } },
      "DEPENDENCY_DRIFT a package that nobody asked for changed: bumped b 1.0.0 → 1.0.1",
    ],
    ["the lockfile does not pin it", { before: b, after: b }, "DEPENDENCY_REFUSED the lockfile does not pin a@2.0.0"],
    [
      "another version",
      { before: b, after: { ...b, a: "2.0.1" } },
      "DEPENDENCY_REFUSED the lockfile does not pin a@2.0.0",
    ],
    [
      "the manifest asks for more",
      { before: b, after: { ...b, a: "2.0.0" }, manifest: manifest({ a: "2.0.0", b: "1.0.0", c: "1.0.0" }) },
      "DEPENDENCY_REFUSED the manifest asks for something else",
    ],
    [
      "the manifest asks for a range",
      { before: b, after: { ...b, a: "2.0.0" }, manifest: manifest({ a: "^2.0.0", b: "1.0.0" }) },
      "DEPENDENCY_REFUSED the manifest does not ask for a@2.0.0",
    ],
    [
      "the manifest runs something",
      {
        before: b,
        after: { ...b, a: "2.0.0" },
        manifest: manifest({ a: "2.0.0", b: "1.0.0" }, { scripts: { test: "true" } }),
      },
      "DEPENDENCY_REFUSED the manifest was changed in more than its dependencies",
    ],
    [
      "it cannot be installed",
      { before: b, after: { ...b, a: "2.0.0" }, install: undefined },
      "DEPENDENCY_REFUSED what the lockfile pins cannot be installed",
    ],
    [
      "no lockfile that can be read",
      { before: b, after: "{" },
      "DEPENDENCY_REFUSED the lockfile that was written cannot be read",
    ],
    [
      "old data",
      { before: b, after: { ...b, a: "2.0.0" }, ground: { ...ground, advisories: null } },
      "DEPENDENCY_FINDING no advisory data on npm was imported",
    ],
  ])("%s", (_, given, expected) => {
    const seen = judged(given);
    expect(seen.outcome).toBe("failed");
    expect(seen.grave.join("\n")).toContain(expected);
  });

  test("a lookalike is a person's, unless exactly this content was granted", () => {
    const squat: Case = {
      before: b,
      after: { ...b, expres: "1.0.0" },
      wish: wish({ packages: [{ name: "expres", version: "1.0.0" }] }),
      manifest: manifest({ b: "1.0.0", expres: "1.0.0" }),
    };
    const granting = (integrity: string): InstallGround => ({
      ...ground,
      grants: [{ ecosystem: "npm", name: "expres", version: "1.0.0", integrity }],
    });
    expect(judged(squat).grave.join()).toContain("DEPENDENCY_FINDING PACKAGE_LOOKALIKE");
    expect(judged({ ...squat, ground: granting("sha512-other") }).grave.join()).toContain("PACKAGE_LOOKALIKE");
    expect(judged({ ...squat, ground: granting("sha512-expres1.0.0") }).grave).toEqual([]);
  });

  test("what is removed is gone from the manifest", () => {
    const gone = wish({ action: "remove", packages: [{ name: "b", version: null }] });
    expect(judged({ before: b, after: {}, wish: gone, manifest: manifest({}) })).toMatchObject({
      outcome: "passed",
      detail: "removed b 1.0.0",
    });
    expect(judged({ before: b, after: {}, wish: gone, manifest: manifest({ b: "1.0.0" }) }).grave).toEqual([
      "DEPENDENCY_REFUSED the manifest still asks for b",
    ]);
  });
});
