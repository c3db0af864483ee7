// Configuration files of package managers: what a text switches off.
import { describe, expect, it } from "vitest";
import { packageConfigEffects } from "../../src/supply/config-files.ts";

const kinds = (path: string, text: string | null): readonly string[] =>
  packageConfigEffects(path, text).map(({ kind }) => kind);

describe("packageConfigEffects", () => {
  it.each([
    [".npmrc", "ignore-scripts=false\n", "supply-chain.scripts-on"],
    [".npmrc", "registry=http://x.example\n", "supply-chain.source"],
    [".npmrc", "@scope:registry = https://x.example\n", "supply-chain.source"],
    [".npmrc", "strict-ssl=false", "supply-chain.protection-off"],
    [".npmrc", "//x.example/:_authToken=abc", "infra.admin"],
    [".npmrc", "script-shell=/tmp/x", "code-injection.config"],
    ["/home/dev/project/.yarnrc.yml", "enableScripts: true", "supply-chain.scripts-on"],
    [".yarnrc.yml", 'npmRegistryServer: "http://x.example"', "supply-chain.source"],
    [".yarnrc.yml", "yarnPath: .yarn/evil.cjs", "code-injection.config"],
    [".yarnrc", 'registry "http://x.example"', "supply-chain.source"],
    ["pnpm-workspace.yaml", "dangerouslyAllowAllBuilds: true", "supply-chain.scripts-on"],
    ["bunfig.toml", '[install]\nregistry = "http://x.example"', "supply-chain.source"],
    ["pip.conf", "[global]\nindex-url = http://x.example\n", "supply-chain.source"],
    ["pip.conf", "[global]\ntrusted-host = x.example\n", "supply-chain.protection-off"],
    [".cargo/config.toml", '[build]\nrustc-wrapper = "/tmp/x"', "code-injection.config"],
    [".condarc", "ssl_verify: false", "supply-chain.protection-off"],
    [".npmrc", null, "supply-chain.drift"],
    [".npmrc", "registry=\0", "supply-chain.drift"],
  ])("%s with %j is %s", (path, text, kind) => {
    expect(kinds(path, text)).toContain(kind);
  });

  it.each([
    [".npmrc", "ignore-scripts=true\nsave-exact=true\n# registry=x\nfund=false\n"],
    [".yarnrc.yml", "enableScripts: false\nnodeLinker: node-modules\n"],
    ["pnpm-workspace.yaml", "packages:\n  - apps/*\n"],
    ["bunfig.toml", "[install]\nexact = true\n"],
    ["README.md", "registry=http://x.example"],
  ])("%s with %j is nobody's business", (path, text) => {
    expect(kinds(path, text)).toEqual([]);
  });
});
