// A change of dependencies, judged by its lockfiles.
import { describe, expect, it } from "vitest";
import { advisoryList, readOsvLines } from "../../src/supply/advisory-list.ts";
import { judgeDependencyChange } from "../../src/supply/judge-dependency-change.ts";
import { lockEntry } from "../../src/supply/locks/lock-entry.ts";

const NOW = Date.parse("2026-11-02T00:00:00Z");
const osv =
  '{"id":"MAL-1","modified":"2026-11-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"bad"},"versions":["6.6.6"]}]}';
const ground = { advisories: advisoryList(readOsvLines(osv)), metadata: null, grants: [], now: NOW };
const entry = (name: string, version: string, more: Parameters<typeof lockEntry>[3] = {}) =>
  lockEntry("npm", name, version, { integrity: `sha512-${name}${version}`, host: "registry.example.org", ...more });
const a = entry("a", "1.0.0");
const codes = (
  before: Parameters<typeof judgeDependencyChange>[0]["before"],
  after: typeof before,
  direct: readonly string[] = [],
): readonly string[] =>
  judgeDependencyChange({ before, after, direct }, ground).findings.map(({ code, decision }) => `${decision} ${code}`);

describe("judgeDependencyChange", () => {
  it.each([
    ["nothing changed", [a], [a], [], []],
    ["an ordinary bump", [a], [entry("a", "1.0.1")], ["a"], []],
    ["a malicious package that came along", [a], [a, entry("bad", "6.6.6")], ["a"], ["deny PACKAGE_MALICIOUS"]],
    ["a squat that was asked for", [a], [a, entry("expres", "1.0.0")], ["expres"], ["deny PACKAGE_LOOKALIKE"]],
    ["the same that came along", [a], [a, entry("expres", "1.0.0")], [], []],
    ["a repository", [a], [a, entry("g", "1.0.0", { source: "git" })], [], ["deny PACKAGE_SOURCE"]],
    ["another content", [a], [{ ...a, integrity: "sha512-X" }], [], ["deny LOCKFILE_TAMPERED"]],
    ["a hash that is gone", [a], [{ ...a, integrity: null }], [], ["deny LOCKFILE_TAMPERED"]],
    ["another host", [a], [{ ...a, host: "evil.example.net" }], [], ["ask LOCKFILE_DRIFT"]],
    ["no hash", [a], [a, entry("n", "1.0.0", { integrity: null })], [], ["ask PACKAGE_NEW"]],
  ])("%s", (...[, before, after, direct, expected]) => {
    expect(codes(before, after, direct)).toEqual(expected);
  });

  it("tells the changes, the scripts and what is wrong with the data", () => {
    const judged = judgeDependencyChange(
      { before: [a], after: [a, entry("s", "1.0.0", { scripts: true })], direct: [] },
      { ...ground, advisories: null },
    );
    expect(judged).toEqual({
      changes: [{ kind: "added", name: "s", before: null, after: "1.0.0" }],
      findings: [],
      scripts: ["s"],
      faults: ["no advisory data on npm was imported"],
    });
  });
});
