import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rememberFacts } from "../src/remembered.ts";
import { readUserConfig } from "../src/user-config.ts";
import { remove, scratch } from "./folder.ts";

let folder: string;
beforeEach(() => {
  folder = scratch();
});
afterEach(() => remove(folder));
const file = () => join(folder, "config.yaml");
const read = (text: string) => {
  writeFileSync(file(), text, { mode: 0o600 });
  return readUserConfig(file());
};
const messageOf = (text: string): string => {
  try {
    read(text);
    return "taken";
  } catch (error) {
    return error instanceof Error ? error.message.replace(folder, "") : String(error);
  }
};

describe("readUserConfig", () => {
  it("takes what is documented", () => {
    expect(readUserConfig(file())).toEqual({});
    expect(read("")).toEqual({});
    const text = `# mine
default_runtime: claude
upstreams:
  - vendor: anthropic
    origin: https://proxy.example.com
    key_file: /home/ada/.keys/proxy
  - { vendor: openai, origin: "http://127.0.0.1:8080", key: sk-test }
models: { claude: some-model }
roster:
  - { runtime: codex, model: other-model }
binaries: { codex: /opt/codex/bin/codex }
`;
    expect(read(text)).toEqual({
      default_runtime: "claude",
      upstreams: [
        { vendor: "anthropic", origin: "https://proxy.example.com", key_file: "/home/ada/.keys/proxy" },
        { vendor: "openai", origin: "http://127.0.0.1:8080", key: "sk-test" },
      ],
      models: { claude: "some-model" },
      roster: [{ runtime: "codex", model: "other-model" }],
      binaries: { codex: "/opt/codex/bin/codex" },
    });
  });

  it("names file, line and setting, and never a value", () => {
    expect(messageOf("default_runtime: claude\nunknown: sk-secret\n")).toBe(
      "/config.yaml:2: `unknown` is not a setting",
    );
    expect(messageOf("upstreams:\n  - vendor: anthropic\n    origin: http://evil.example\n    key: sk-secret\n")).toBe(
      "/config.yaml:3: `upstreams.0.origin`: must be an https origin such as https://api.example.com (http only to loopback)",
    );
    expect(
      messageOf("upstreams:\n  - vendor: anthropic\n    origin: https://a.example\n    tokne: sk-secret\n    key: k\n"),
    ).toBe("/config.yaml:4: `upstreams.0.tokne` is not a setting");
    for (const bad of [
      "a: [1",
      "x: 1\nx: 2",
      "default_runtime: &a claude\nmodels: *a",
      "a: !!js/function 'x'",
      "- 1",
      "default_runtime: replay",
    ])
      expect(messageOf(bad)).toMatch(/^\/config\.yaml:\d+: /);
    expect(messageOf("models: &m {claude: a}\nroster: [*m, *m, *m]")).not.toBe("taken");
  });

  it.each([
    "https://a.example/v1",
    "https://user@a.example",
    "https://a.example?x",
    "http://localhost.evil.example",
    "ftp://a.example",
    "a.example",
    "https://A.example",
  ])("does not take `%s` for an origin", (origin) =>
    expect(messageOf(`upstreams: [{vendor: openai, origin: "${origin}", key: k}]`)).toMatch("origin"),
  );

  it("must be ours alone", () => {
    read("default_runtime: codex");
    chmodSync(file(), 0o644);
    expect(() => readUserConfig(file())).toThrow(expect.objectContaining({ code: "STATE_UNSAFE" }));
  });
});

describe("rememberFacts", () => {
  it("tells what changed since the last run, once", () => {
    expect(rememberFacts(folder, { "binary.claude": "/usr/bin/claude sha256:1", state: "/s" })).toEqual([]);
    expect(rememberFacts(folder, { "binary.claude": "/usr/bin/claude sha256:2", upstream: "https://a" })).toEqual([
      { name: "binary.claude", before: "/usr/bin/claude sha256:1", now: "/usr/bin/claude sha256:2" },
      { name: "state", before: "/s", now: null },
      { name: "upstream", before: null, now: "https://a" },
    ]);
    expect(rememberFacts(folder, { "binary.claude": "/usr/bin/claude sha256:2", upstream: "https://a" })).toEqual([]);
  });
});
