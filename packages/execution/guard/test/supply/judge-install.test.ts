// The table of guard §2.13, row by row.
import { describe, expect, it } from "vitest";
import { advisoryList, readOsvLines } from "../../src/supply/advisory-list.ts";
import type { Ecosystem } from "../../src/supply/advisories.ts";
import type { InstallGround, InstallRequest, VersionFacts } from "../../src/supply/install/install-request.ts";
import { judgeInstall, MAX_REQUESTED } from "../../src/supply/install/judge-install.ts";
import { lockEntry } from "../../src/supply/locks/lock-entry.ts";
import { readSpec } from "../../src/supply/specs/read-spec.ts";

const NOW = Date.parse("2026-11-02T00:00:00Z");
const osv = [
  '{"id":"MAL-1","modified":"2026-11-01T00:00:00Z","summary":"Malicious code in event-stream","affected":[{"package":{"ecosystem":"npm","name":"event-stream"},"versions":["3.3.6"]}]}',
  '{"id":"MAL-2","modified":"2026-11-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"all-bad"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}]}]}',
  '{"id":"GHSA-crit","modified":"2026-11-01T00:00:00Z","severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],"affected":[{"package":{"ecosystem":"npm","name":"holed"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]}]}',
  '{"id":"GHSA-low","modified":"2026-11-01T00:00:00Z","database_specific":{"severity":"LOW"},"affected":[{"package":{"ecosystem":"npm","name":"scratched"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}]}]}',
  '{"id":"MAL-3","modified":"2026-11-01T00:00:00Z","affected":[{"package":{"ecosystem":"PyPI","name":"ctx"},"versions":["0.2.6"]}]}',
].join("\n");
const advisories = advisoryList(readOsvLines(osv));
const ground: InstallGround = { advisories, metadata: null, grants: [], now: NOW };

function ask(words: readonly string[], more: Partial<InstallRequest> = {}): InstallRequest {
  const ecosystem: Ecosystem = more.ecosystem ?? "npm";
  return {
    ecosystem,
    command: "npm install",
    scope: "add",
    frozen: false,
    requested: words.map((word) => readSpec(ecosystem, word)),
    unknown_words: false,
    manifest: [],
    manifest_fault: null,
    locked: [],
    lock_fault: null,
    installed: null,
    scripts: "rewritable",
    ...more,
  };
}
const kinds = (request: InstallRequest, on: InstallGround = ground): readonly string[] =>
  judgeInstall(request, on).map(({ kind }) => kind.replace("supply-chain.", ""));
const a = lockEntry("npm", "a", "1.0.0", { integrity: "sha512-A", host: "registry.example.org" });

describe("judgeInstall", () => {
  it.each<[string, InstallRequest, readonly string[]]>([
    ["a malicious version stops", ask(["event-stream@3.3.6"]), ["malicious", "rewrite"]],
    ["a package that is malicious as a whole stops", ask(["all-bad"]), ["malicious", "rewrite"]],
    ["behind another name as well", ask(["fine@npm:event-stream@3.3.6"]), ["malicious", "rewrite"]],
    ["in another ecosystem", ask(["ctx==0.2.6"], { ecosystem: "PyPI" }), ["malicious", "rewrite"]],
    ["a range that may give it must be pinned", ask(["event-stream@^3.3.0"]), ["unpinned", "rewrite"]],
    ["so must the newest", ask(["event-stream"]), ["unpinned", "rewrite"]],
    ["a range that cannot give it is only new", ask(["event-stream@^4.0.0"]), ["new-package", "rewrite"]],
    ["another version is only new", ask(["event-stream@4.0.1"]), ["new-package", "rewrite"]],
    ["a name one slip away", ask(["expres"]), ["lookalike", "new-package", "rewrite"]],
    ["a repository", ask(["someone/fork#main"]), ["source", "new-package", "rewrite"]],
    ["an address", ask(["https://example.com/x.tgz"]), ["source", "new-package", "rewrite"]],
    ["an alias", ask(["x@npm:y@1.0.0"]), ["source", "new-package", "rewrite"]],
    ["a folder is asked", ask(["../evil"]), ["new-package", "rewrite"]],
    ["a critical hole that is fixed", ask(["holed@1.0.0"]), ["critical", "new-package", "rewrite"]],
    ["the fixed version", ask(["holed@2.0.0"]), ["new-package", "rewrite"]],
    ["a low one is no finding", ask(["scratched@1.0.0"]), ["new-package", "rewrite"]],
    ["what is pinned already", ask(["a@1.0.0"], { locked: [a] }), ["rewrite"]],
    ["the newest of what is pinned is new", ask(["a"], { locked: [a] }), ["new-package", "rewrite"]],
    [
      "what the manifest wants and nothing pins",
      ask([], { scope: "lockfile", manifest: [readSpec("npm", "b@^1")], locked: [a] }),
      ["new-package", "rewrite"],
    ],
    [
      "a lockfile that says it all",
      ask([], { scope: "lockfile", manifest: [readSpec("npm", "a@^1")], locked: [a] }),
      ["rewrite"],
    ],
    [
      "the same with scripts off",
      ask([], { scope: "lockfile", manifest: [readSpec("npm", "a@^1")], locked: [a], scripts: "off" }),
      ["clean"],
    ],
    [
      "a malicious version in the lockfile",
      ask([], { scope: "lockfile", locked: [a, lockEntry("npm", "event-stream", "3.3.6", { integrity: "x" })] }),
      ["malicious", "rewrite"],
    ],
    [
      "a repository in the lockfile",
      ask([], { scope: "lockfile", locked: [lockEntry("npm", "g", "1.0.0", { source: "git" })] }),
      ["source", "rewrite"],
    ],
    [
      "no hash in the lockfile",
      ask([], { scope: "lockfile", locked: [lockEntry("npm", "g", "1.0.0")] }),
      ["new-package", "rewrite"],
    ],
    [
      "a lockfile that cannot be read",
      ask([], { scope: "lockfile", locked: null, lock_fault: "it is no JSON" }),
      ["new-package", "rewrite"],
    ],
    [
      "another hash than what is installed",
      ask([], { scope: "lockfile", locked: [{ ...a, integrity: "sha512-B" }], installed: [a] }),
      ["tampered", "rewrite"],
    ],
    [
      "another host than what is installed",
      ask([], { scope: "lockfile", locked: [{ ...a, host: "evil.example.net" }], installed: [a] }),
      ["drift", "rewrite"],
    ],
    [
      "a package that was not there",
      ask([], { scope: "lockfile", locked: [a, { ...a, name: "b" }], installed: [a] }),
      ["new-package", "rewrite"],
    ],
    [
      "the same, where the client would stop",
      ask([], { scope: "lockfile", frozen: true, manifest: [readSpec("npm", "b@^1")], locked: [a] }),
      ["rewrite"],
    ],
    ["no lockfile", ask([], { scope: "lockfile", manifest: null, locked: null }), ["new-package", "rewrite"]],
    ["an update of many", ask([], { scope: "update", locked: [a] }), ["drift", "rewrite"]],
    ["fetch and run", ask(["cowsay"], { scope: "run", scripts: "off" }), ["run-remote"]],
    ["words that are not known", ask([], { unknown_words: true }), ["new-package", "rewrite"]],
    [
      "a client without a switch for scripts",
      ask(["rails"], { ecosystem: "RubyGems", scripts: "never" }),
      ["new-package", "no-data", "new-package"],
    ],
  ])("%s", (_what, request, expected) => {
    expect(kinds(request)).toEqual(expected);
  });

  it("missing, old and damaged data are said, and ask for every new package", () => {
    const old = { ...ground, now: NOW + 8 * 86_400_000 };
    expect(kinds(ask(["left-pad@1.3.0"]), { ...ground, advisories: null })).toEqual([
      "new-package",
      "no-data",
      "rewrite",
    ]);
    expect(kinds(ask(["left-pad@1.3.0"]), old)).toEqual(["new-package", "no-data", "rewrite"]);
    expect(judgeInstall(ask(["left-pad@1.3.0"]), old).at(1)?.what).toContain("9 days old");
    const lockfile = ask([], { scope: "lockfile", locked: [a] });
    expect(kinds(lockfile, { ...ground, advisories: null })).toEqual(["rewrite"]);
    expect(judgeInstall(lockfile, { ...ground, advisories: null })[0]?.what).toContain("no advisory data");
    expect(kinds(lockfile, { ...ground, advisories: { ...advisories, fault: () => "the index is damaged" } })).toEqual([
      "unknown.fault",
      "rewrite",
    ]);
  });

  it("what the registry says of a version is said", () => {
    const facts: VersionFacts = { published: NOW - 86_400_000, deprecated: "use b", scripts: true, trust_lost: true };
    const [found] = judgeInstall(ask(["left-pad@1.3.0"]), { ...ground, metadata: () => facts });
    expect(found?.what).toBe(
      "install `left-pad@1.3.0`, which the lockfile does not pin; it was published 1 days ago; it is deprecated: use b; it runs a script when it is installed; it was published by other hands than the version before",
    );
  });

  it("a grant covers one version, and never a malicious one", () => {
    const granting = (name: string, version: string): InstallGround => ({
      ...ground,
      grants: [{ ecosystem: "npm", name, version, integrity: null }],
    });
    expect(kinds(ask(["left-pad@1.3.0"]), granting("left-pad", "1.3.0"))).toEqual(["rewrite"]);
    expect(kinds(ask(["left-pad@1.3.1"]), granting("left-pad", "1.3.0"))).toEqual(["new-package", "rewrite"]);
    expect(kinds(ask(["event-stream@3.3.6"]), granting("event-stream", "3.3.6"))).toEqual(["malicious", "rewrite"]);
  });

  it("names more packages than are judged", () => {
    const words = Array.from({ length: MAX_REQUESTED + 1 }, (_, index) => `some-package-${index}@1.0.0`);
    expect(judgeInstall(ask(words), ground).map(({ what }) => what)).toContain(
      `install more than ${MAX_REQUESTED} packages at once`,
    );
  });
});
