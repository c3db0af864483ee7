// Lockfiles of every client: what they pin, and what changed between two of them.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LockEntry } from "../../src/supply/locks/lock-entry.ts";
import { lockfileDrift } from "../../src/supply/locks/lockfile-drift.ts";
import { plainJson } from "../../src/supply/locks/plain-json.ts";
import { lockKinds, readLockfile } from "../../src/supply/locks/read-lockfile.ts";
import { readRequirements } from "../../src/supply/locks/requirements-file.ts";
import { manifestRequirements } from "../../src/supply/manifest-requirements.ts";

function entries(name: string, text: string): readonly LockEntry[] {
  const reading = readLockfile(name, text);
  return reading?.kind === "read" ? reading.entries : [];
}

const brief = (all: readonly LockEntry[]): readonly string[] =>
  all.map(({ name, version, source, host, integrity, scripts }) =>
    [name, version ?? "-", source, host ?? "-", integrity ?? "-", ...(scripts ? ["scripts"] : [])].join(" "),
  );

const texts: Readonly<Record<string, readonly [text: string, ...expected: string[]]>> = {
  "package-lock.json": [
    JSON.stringify({
      lockfileVersion: 3,
      packages: {
        "": { name: "app", dependencies: { a: "^1" } },
        "node_modules/a": {
          version: "1.2.3",
          resolved: "https://registry.example.org/a/-/a-1.2.3.tgz",
          integrity: "sha512-A",
          hasInstallScript: true,
        },
        "node_modules/a/node_modules/@s/b": {
          version: "2.0.0",
          resolved: "https://registry.example.org/@s/b/-/b-2.0.0.tgz",
          integrity: "sha512-B",
        },
        "node_modules/c": {
          name: "real",
          version: "1.0.0",
          resolved: "https://registry.example.org/real/-/real-1.0.0.tgz",
          integrity: "sha512-C",
        },
        "node_modules/d": { version: "1.0.0", resolved: "git+ssh://git@example.com/o/d.git#abc" },
        "node_modules/member": { resolved: "packages/member", link: true },
        "packages/member": { version: "0.0.0" },
        "node_modules/bundled": { version: "1.0.0", inBundle: true },
      },
    }),
    "a 1.2.3 registry registry.example.org sha512-A scripts",
    "@s/b 2.0.0 registry registry.example.org sha512-B",
    "real 1.0.0 registry registry.example.org sha512-C",
    "d 1.0.0 git example.com -",
    "member - workspace - -",
    "bundled 1.0.0 registry - bundled",
  ],
  "npm-shrinkwrap.json": [
    JSON.stringify({
      lockfileVersion: 1,
      dependencies: {
        a: {
          version: "1.0.0",
          resolved: "https://registry.example.org/a.tgz",
          integrity: "sha512-A",
          dependencies: { b: { version: "npm:real@2.0.0" } },
        },
        g: { version: "git+https://example.com/g.git#abc" },
      },
    }),
    "a 1.0.0 registry registry.example.org sha512-A",
    "real 2.0.0 registry - -",
    "g - git example.com -",
  ],
  "pnpm-lock.yaml": [
    "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      a:\n        specifier: ^1\n        version: 1.0.0\n\npackages:\n\n  '@s/b@2.0.0':\n    resolution: {integrity: sha512-B}\n    engines: {node: '>=6'}\n\n  a@1.0.0:\n    resolution: {integrity: sha512-A}\n    requiresBuild: true\n    deprecated: gone\n\n  c@https://example.com/c.tgz:\n    resolution: {tarball: https://example.com/c.tgz}\n\nsnapshots:\n\n  a@1.0.0:\n    dependencies: {}\n",
    "@s/b 2.0.0 registry - sha512-B",
    "a 1.0.0 registry - sha512-A scripts",
    "c - url example.com -",
  ],
  "yarn.lock": [
    '# yarn lockfile v1\n\n\n"@s/b@^2.0.0":\n  version "2.0.1"\n  resolved "https://registry.example.org/@s/b/-/b-2.0.1.tgz#0123456789012345678901234567890123456789"\n  integrity sha512-B==\n\na@^1, a@~1.0:\n  version "1.0.0"\n  resolved "https://registry.example.org/a/-/a-1.0.0.tgz#0123456789012345678901234567890123456789"\n\n"x@npm:real@^1":\n  version "1.1.0"\n  resolved "git+https://example.com/x.git#abc"\n',
    "@s/b 2.0.1 registry registry.example.org sha512-B==",
    "a 1.0.0 registry registry.example.org 0123456789012345678901234567890123456789",
    "real 1.1.0 git example.com -",
  ],
  "bun.lock": [
    '{\n  "lockfileVersion": 1, // note\n  "packages": {\n    "a": ["a@1.0.0", "", {}, "sha512-A"],\n    "@s/b": ["@s/b@2.0.0", "https://registry.example.org/", {}, "sha512-B"],\n    "g": ["g@github:o/g#abc", {}, "o-g-abc"],\n    "m": ["m@workspace:packages/m"],\n  },\n}\n',
    "a 1.0.0 registry - sha512-A",
    "@s/b 2.0.0 registry registry.example.org sha512-B",
    "g - git - -",
    "m - workspace - -",
  ],
  "uv.lock": [
    'version = 1\n\n[[package]]\nname = "app"\nversion = "0.1.0"\nsource = { editable = "." }\n\n[[package]]\nname = "requests"\nversion = "2.32.3"\nsource = { registry = "https://index.example.org/simple" }\nsdist = { url = "https://files.example.org/r.tar.gz", hash = "sha256:aa", size = 1 }\nwheels = [\n    { url = "https://files.example.org/r.whl", hash = "sha256:bb", size = 1 },\n]\n\n[[package]]\nname = "g"\nversion = "1.0"\nsource = { git = "https://example.com/g.git?rev=1#abc" }\n',
    "app 0.1.0 workspace - -",
    "requests 2.32.3 registry index.example.org sha256:aa sha256:bb",
    "g 1.0 git example.com -",
  ],
  "poetry.lock": [
    '[[package]]\nname = "a"\nversion = "1.0"\noptional = false\nfiles = [\n    {file = "a.whl", hash = "sha256:aa"},\n]\n\n[package.dependencies]\nb = "*"\n\n[[package]]\nname = "g"\nversion = "2.0"\nfiles = []\n\n[package.source]\ntype = "git"\nurl = "https://example.com/g.git"\nreference = "main"\n\n[metadata]\nlock-version = "2.0"\n',
    "a 1.0 registry - sha256:aa",
    "g 2.0 git example.com -",
  ],
  "Cargo.lock": [
    'version = 3\n\n[[package]]\nname = "app"\nversion = "0.1.0"\n\n[[package]]\nname = "serde"\nversion = "1.0.0"\nsource = "registry+https://index.example.org/crates"\nchecksum = "aa"\n\n[[package]]\nname = "g"\nversion = "0.1.0"\nsource = "git+https://example.com/g?rev=1#abc"\n',
    "app 0.1.0 workspace - -",
    "serde 1.0.0 registry index.example.org aa",
    "g 0.1.0 git example.com -",
  ],
  "go.sum": [
    "example.com/a v1.0.0 h1:aa=\nexample.com/a v1.0.0/go.mod h1:bb=\n",
    "example.com/a v1.0.0 registry - h1:aa=",
  ],
  "Gemfile.lock": [
    "GIT\n  remote: https://example.com/g.git\n  revision: abc\n  specs:\n    g (1.0)\n\nGEM\n  remote: https://gems.example.org/\n  specs:\n    rake (13.0.6)\n    rails (7.0.0)\n      rake (>= 1)\n\nDEPENDENCIES\n  rails\n\nCHECKSUMS\n  rake (13.0.6) sha256=aa\n",
    "g 1.0 git example.com -",
    "rake 13.0.6 registry gems.example.org sha256=aa",
    "rails 7.0.0 registry gems.example.org -",
  ],
  "composer.lock": [
    JSON.stringify({
      packages: [
        {
          name: "a/b",
          version: "1.0.0",
          dist: { type: "zip", url: "https://api.example.org/a/b/zip", reference: "abc", shasum: "" },
        },
      ],
      "packages-dev": [],
    }),
    "a/b 1.0.0 registry api.example.org abc",
  ],
  "requirements.txt": [
    "# pinned\nrequests==2.32.3 \\\n    --hash=sha256:aa\nurllib3>=1 ; python_version < '4'\ngit+https://example.com/g.git@main\n-r more.txt\n",
    "requests 2.32.3 registry - sha256:aa",
    "urllib3 - registry - -",
    "git+https://example.com/g.git@main - git - -",
  ],
};

describe("readLockfile", () => {
  it.each(Object.entries(texts))("reads %s", (name, [text, ...expected]) => {
    expect(brief(entries(name, text))).toEqual(expected);
  });

  it.each(["package-lock.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock", "composer.lock", "go.sum", "Gemfile.lock"])(
    "says that %s cannot be read when it is something else",
    (name) => {
      expect(readLockfile(name, "<html>not found</html>")?.kind).toBe("unreadable");
    },
  );

  it("a name that every object has is a package's name", () => {
    expect(
      brief(
        entries(
          "package-lock.json",
          '{"packages":{"node_modules/__proto__":{"version":"1.0.0","integrity":"sha512-x"}}}',
        ),
      ),
    ).toEqual(["__proto__ 1.0.0 registry - sha512-x"]);
  });

  it("takes any text, and hostile text at once", () => {
    const hostile = [
      "[[package]]\n".repeat(20_000),
      `"${'\\"'.repeat(50_000)}`,
      "a@".repeat(50_000),
      "  '".repeat(50_000),
      `# yarn lockfile v1\n${"a@b,".repeat(50_000)}`,
    ];
    for (const { read } of lockKinds) for (const text of hostile) read(text);
    fc.assert(
      fc.property(fc.constantFrom(...lockKinds), fc.string({ maxLength: 200 }), ({ read }, text) => void read(text)),
    );
  });

  it("plainJson drops comments and last commas, and nothing inside strings", () => {
    expect(JSON.parse(plainJson('{"a": "x, } // no \\" ,]", /* c */ "b": [1, 2, /* d */ ], // e\n}'))).toEqual({
      a: 'x, } // no " ,]',
      b: [1, 2],
    });
  });
});

describe("readRequirements", () => {
  it("tells options, further files and missing hashes", () => {
    const file = readRequirements(
      "--index-url https://index.example.org\n-r other.txt\n-e ../lib\na==1 --hash=sha256:aa\nb==2\n",
    );
    expect(file?.options).toEqual(["--index-url https://index.example.org"]);
    expect(file?.includes).toEqual(["other.txt"]);
    expect(file?.requirements.map(({ name, source }) => [name, source.kind])).toEqual([
      [null, "file"],
      ["a", "registry"],
      ["b", "registry"],
    ]);
    expect([file?.hashed, readRequirements("a==1 --hash=sha256:aa")?.hashed]).toEqual([false, true]);
  });
});

describe("lockfileDrift", () => {
  const lock = (version: string, integrity: string | null, host = "registry.example.org"): string =>
    JSON.stringify({
      packages: {
        "node_modules/a": { version, ...(integrity === null ? {} : { integrity }), resolved: `https://${host}/a.tgz` },
      },
    });
  const drift = (before: string, after: string): readonly string[] =>
    lockfileDrift(entries("package-lock.json", before), entries("package-lock.json", after)).map(
      ({ kind, name }) => `${kind} ${name}`,
    );

  it.each([
    ["nothing", lock("1.0.0", "sha512-A"), lock("1.0.0", "sha512-A"), []],
    ["another hash for the same version", lock("1.0.0", "sha512-A"), lock("1.0.0", "sha512-B"), ["rehashed a"]],
    ["a hash that is gone", lock("1.0.0", "sha512-A"), lock("1.0.0", null), ["unhashed a"]],
    ["another version", lock("1.0.0", "sha512-A"), lock("1.0.1", "sha512-B"), ["bumped a"]],
    ["another host", lock("1.0.0", "sha512-A"), lock("1.0.0", "sha512-A", "evil.example.net"), ["moved a"]],
    ["a new package", '{"packages":{}}', lock("1.0.0", "sha512-A"), ["added a"]],
    ["one less", lock("1.0.0", "sha512-A"), '{"packages":{}}', ["removed a"]],
  ])("sees %s", (_what, before, after, expected) => {
    expect(drift(before, after)).toEqual(expected);
  });
});

describe("manifestRequirements", () => {
  it.each([
    [
      "package.json",
      '{"dependencies":{"a":"^1","b":"npm:c@2.0.0","w":"workspace:*"},"devDependencies":{"d":"o/r"}}',
      ["a registry", "c alias", "w workspace", "d git"],
    ],
    [
      "pyproject.toml",
      '[project]\nname = "x"\nkeywords = ["no"]\ndependencies = [\n  "requests[socks]>=2",\n  "g @ git+https://example.com/g",\n]\n[dependency-groups]\ndev = ["pytest"]\n[tool.poetry.dependencies]\npython = "^3"\nflask = "^2"\n',
      ["requests registry", "g git", "pytest registry", "flask registry"],
    ],
    [
      "Cargo.toml",
      '[package]\nname = "x"\n[dependencies]\nserde = "1"\nt = { version = "1", features = ["x"] }\ng = { git = "https://example.com/g" }\nl = { path = "../l" }\n',
      ["serde registry", "t registry", "g git"],
    ],
    [
      "go.mod",
      "module example.com/x\n\ngo 1.22\n\nrequire (\n\texample.com/a v1.0.0\n\texample.com/b v2.0.0 // indirect\n)\n",
      ["example.com/a registry", "example.com/b registry"],
    ],
    [
      "Gemfile",
      'source "https://gems.example.org"\ngem "rails", "~> 7"\ngem \'g\', git: "https://example.com/g"\n',
      ["rails registry", "g git"],
    ],
    ["composer.json", '{"require":{"php":">=8","a/b":"^1"}}', ["a/b registry"]],
  ])("reads %s", (name, text, expected) => {
    const found = manifestRequirements(name, text)?.map((one) => `${one.name} ${one.source.kind}`);
    expect(found).toEqual(expected);
  });
});
